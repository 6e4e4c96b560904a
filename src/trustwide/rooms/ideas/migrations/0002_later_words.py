import django.db.models.deletion
import trustwide.rooms.people.ids
from django.db import migrations, models


def number_words(apps, schema_editor):
    """Whoever supported an idea supports its words as they stand; one that became part of it named none."""
    apps.get_model("ideas", "Support").objects.exclude(worded=0).update(words=[1])
    apps.get_model("ideas", "Idea").objects.update(worded=1)


class Migration(migrations.Migration):

    dependencies = [
        ("commons", "0004_meaning"),
        ("ideas", "0001_initial"),
    ]

    operations = [
        migrations.AddField("support", "words", models.JSONField(default=list)),
        migrations.RunPython(number_words, migrations.RunPython.noop),
        migrations.RemoveField("idea", "wording"),
        migrations.RemoveField("support", "worded"),
        migrations.CreateModel(
            name="LaterWords",
            fields=[
                ("id", models.UUIDField(default=trustwide.rooms.people.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("comment", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="later_words", to="commons.comment")),
                ("idea", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="later_words", to="ideas.idea")),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("idea", "number"), name="one_number_a_wording")],
            },
        ),
    ]
