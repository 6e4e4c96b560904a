"""PostgreSQL refuses to empty the audit too: TRUNCATE passes by triggers that are of rows. SQLite has no such word."""

from django.db import migrations

STATEMENTS = (
    "CREATE TRIGGER audit_stands_whole BEFORE TRUNCATE ON people_auditrow "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_stands()",
    "DROP TRIGGER audit_stands_whole ON people_auditrow",
)


def on_postgresql(statement):
    def work(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return work


class Migration(migrations.Migration):
    dependencies = [("people", "0004_saml_sign_in")]
    operations = [migrations.RunPython(*map(on_postgresql, STATEMENTS))]
