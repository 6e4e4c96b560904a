"""Records that are a local need, and what search reads: the words that are known, and each database's own index of words, which it keeps by itself."""

from django.db import migrations, models

INDEX = "commons_searchtext_fts"
OLD = "'delete', old.id, old.title, old.text"
SQLITE = [
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(title, text, content='commons_searchtext', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER searchtext_added AFTER INSERT ON commons_searchtext BEGIN "
    f"INSERT INTO {INDEX}(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    f"CREATE TRIGGER searchtext_removed AFTER DELETE ON commons_searchtext BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, title, text) VALUES ({OLD}); END",
    f"CREATE TRIGGER searchtext_changed AFTER UPDATE ON commons_searchtext BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, title, text) VALUES ({OLD}); "
    f"INSERT INTO {INDEX}(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
]
#: To PostgreSQL "patient/carer" is a file, "-7" a number and, in the C locale, "“ward”" one word: these part words.
PARTING = "/<>@.:&#=+~|_-\\\"''‘’“”‹›«»–—…·•£€\u00a0"
SPACES = " " * len(PARTING.replace("''", "'"))
POSTGRESQL = [
    "ALTER TABLE commons_searchtext ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    f"setweight(to_tsvector('english', translate(title, '{PARTING}', '{SPACES}')), 'A') || "
    f"setweight(to_tsvector('english', translate(left(text, 200000), '{PARTING}', '{SPACES}')), 'B')) STORED",
    "CREATE INDEX words_of_records ON commons_searchtext USING gin (words)",
]


def build(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("commons", "0001_initial")]
    operations = [
        migrations.AddField("record", "local_need", models.BooleanField(default=False, editable=False)),
        migrations.CreateModel(
            name="KnownWord",
            fields=[("word", models.CharField(max_length=30, primary_key=True, serialize=False))],
        ),
        migrations.RunPython(build, migrations.RunPython.noop),
    ]
