"""What the tests of copies share: an empty database of their own, and all that stands in one."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from trustwide.house import archive
from trustwide.house.installation import database

RESTORE = [sys.executable, "-W", "error", "-m", "trustwide.house.command_line", "restore"]


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it; '' on SQLite."""
    if connection.vendor == "sqlite":
        yield ""
        return
    about = connection.settings_dict
    name = f"{about['NAME']}_{name}"  # each worker of the tests has its own
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    who = ":".join(quote(about[key], safe="") for key in ("USER", "PASSWORD") if about[key])
    yield f"postgresql://{who}@{about['HOST']}:{about['PORT']}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def contents(told: Any) -> dict[str, tuple[int, str]]:
    """Each table's count of rows, and a hash of all that stands in them, whatever their order."""
    found = {}
    with told.cursor() as cursor:
        for name in sorted(told.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {told.ops.quote_name(name)}")  # noqa: S608
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def different(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def restored(folder: Path) -> dict[str, tuple[int, str]]:
    with archive.connected(database(folder)) as told:
        return contents(told)


def bare() -> dict[str, str]:
    """The environment of somebody who restores: no settings of Django's, and the database alone."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(("TRUSTWIDE_", "DJANGO_"))}
    return told | {"TRUSTWIDE_DATABASE": os.environ.get("TRUSTWIDE_DATABASE", "")}
