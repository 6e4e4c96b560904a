"""A deputy answers in one organisation."""

from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models

from trustwide.rooms.people.clock import today

ASKED_IN = ("partner-guest", "service-user-partner")  # who answers for nobody


def give_organisations(apps, schema_editor):
    """Each stands where both have worked in its days; one for each such organisation. What fits none is ended."""
    deputy, role = apps.get_model("places", "Deputy"), apps.get_model("places", "RoleHeld")
    for row in deputy.objects.order_by("pk"):
        his, hers = (_worked_in(role, row, each) for each in (row.person_id, row.deputy_id))
        both = sorted(his & hers) or _ended(row, his)
        for organisation in both[1:]:
            days = {"starts": row.starts, "ends": row.ends}
            deputy.objects.create(
                organisation_id=organisation, person_id=row.person_id, deputy_id=row.deputy_id, **days
            )
        if both:
            row.organisation_id = both[0]
            row.save(update_fields=["organisation_id", "ends"])
        else:
            row.delete()
    schema_editor.connection.check_constraints()  # PostgreSQL changes no table while it has rows to look at


def _worked_in(role, row, person):
    held = role.objects.filter(models.Q(ends=None) | models.Q(ends__gte=row.starts), person=person)
    held = held.filter(starts__lte=row.ends).exclude(role__in=ASKED_IN)
    return set(held.values_list("place__organisation", flat=True))


def _ended(row, homes):
    """Kept for what it was, where the person worked; none where it never began or they worked nowhere."""
    yesterday = today() - timedelta(days=1)
    if row.starts > yesterday:
        return []
    row.ends = min(row.ends, yesterday)
    return sorted(homes)[:1]


class Migration(migrations.Migration):
    dependencies = [("places", "0002_deputies")]
    operations = [
        migrations.AddField(
            "deputy",
            "organisation",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
            ),
        ),
        migrations.RunPython(give_organisations, migrations.RunPython.noop),
        migrations.AlterField(
            "deputy",
            "organisation",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
        ),
    ]
