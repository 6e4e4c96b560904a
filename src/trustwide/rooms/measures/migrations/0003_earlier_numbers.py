"""What numbers said before they were put right or taken away."""

import django.db.models.deletion
import trustwide.rooms.people.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0002_ratios_have_a_value'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.DateTimeField()),
                ('value', models.FloatField(null=True)),
                ('numerator', models.FloatField(null=True)),
                ('size', models.FloatField(null=True)),
                ('at', models.DateTimeField(default=trustwide.rooms.people.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_numbers', to='measures.measure')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
    ]
