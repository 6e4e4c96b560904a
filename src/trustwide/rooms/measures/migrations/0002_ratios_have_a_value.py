"""Ratios that were typed have their value too, which charts are drawn of."""

from django.db import migrations
from django.db.models import F


def divide(apps, schema_editor):
    numbers = apps.get_model("measures", "Observation").objects.filter(value=None, numerator__isnull=False, size__gt=0)
    numbers.update(value=F("numerator") / F("size"))


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [migrations.RunPython(divide, migrations.RunPython.noop)]
