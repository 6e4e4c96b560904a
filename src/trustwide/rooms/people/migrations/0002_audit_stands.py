"""The database itself refuses to change or remove an audit row."""

from django.db import migrations

REFUSAL = "audit rows are never changed or removed"
SQLITE = [
    f"CREATE TRIGGER audit_stands_{act} BEFORE {act.upper()} ON people_auditrow "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("update", "delete")
]
POSTGRESQL = [
    "CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON people_auditrow "
    "FOR EACH ROW EXECUTE FUNCTION audit_stands()",
]


def stand(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(stand, migrations.RunPython.noop)]
