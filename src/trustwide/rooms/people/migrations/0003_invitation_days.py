"""An invitation may say from when to when the role will be held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_audit_stands")]
    operations = [
        migrations.AddField("invitation", "starts", models.DateField(blank=True, null=True)),
        migrations.AddField("invitation", "ends", models.DateField(blank=True, null=True)),
    ]
