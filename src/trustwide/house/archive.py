"""What a backup is: a tar of the database, the attached files and the key, with a list of what must be in it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
MANIFEST, KEY, FILES = "manifest.json", "secret-key", "files"
LAST_BACKUP = "last-backup"  # an empty file: when it was touched, the last whole backup was made
#: The only names that a backup may hold: nothing in it can lead out of its folder.
KNOWN = re.compile(r"manifest\.json|secret-key|database\.(sqlite3|dump)|files/[0-9a-f]{2}/[0-9a-f]{64}")
NO_TOOL = "{tool} is not on this machine. Type: sudo apt-get install postgresql-client"
REFUSED = "{tool} could not do it: {why}. It must be as new as the server, and be let in by TRUSTWIDE_DATABASE."


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def connected(database: dict[str, Any]) -> Iterator[Any]:
    """A connection of its own to the database of those settings; Trustwide's own settings need not be read."""
    import django
    from django.conf import settings
    from django.db.utils import ConnectionHandler

    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure()
        django.setup()
    connection = ConnectionHandler({"default": {**database}})["default"]
    try:
        yield connection
    finally:
        connection.close()


def row_counts(connection: Any) -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: _count(cursor, connection.ops.quote_name(name)) for name in sorted(names)}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 (a name from the database's own list)
    return int(cursor.fetchone()[0])


def run_postgres(tool: str, database: dict[str, Any], *options: str) -> None:
    """pg_dump or pg_restore on that database; the password goes by the environment, where no process list shows it."""
    program = shutil.which(tool)
    if program is None:
        raise SystemExit(NO_TOOL.format(tool=tool))
    where = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    said = {name: str(database[key]) for name, key in where.items() if database.get(key)}
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's own, with words of ours)
        [program, *options], env={**os.environ, **said}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(REFUSED.format(tool=tool, why=(done.stderr.strip().splitlines() or ["no reason given"])[-1]))
