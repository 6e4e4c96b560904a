"""A restore into PostgreSQL that was killed: its old tables stand aside, and come back before anything else is done."""

from __future__ import annotations

from typing import Any

from trustwide.house.archive import connected

ASIDE = "replaced"  # the schema in which the old tables stand until the new ones are counted
LOCK = 7_305_011  # of the server's own: held while a restore runs, given up when its connection ends, however it ends
RUNNING = "Another restore is running. Wait until it ends. Nothing was changed."
LEFT = (
    "A restore is running, or was cut short: the tables stand aside. Nothing was changed. Wait until it ends, or type "
    "it again; without --replace it only puts back what was there."
)
BOTH = (
    "An earlier restore was cut short once its tables were there, and the old ones stand in the schema 'replaced'. "
    "Nothing was changed. Look with psql at what is right. To keep what is there now, type: DROP SCHEMA replaced "
    "CASCADE; To have the old ones back: DROP SCHEMA public CASCADE; ALTER SCHEMA replaced RENAME TO public;"
)
BACK = "An earlier restore was cut short. What was there before it is back."


def hold(cursor: Any) -> None:
    """Have this be the only restore; SystemExit where another runs."""
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
    if not cursor.fetchone()[0]:
        raise SystemExit(RUNNING)


def stand_aside(cursor: Any) -> bool:
    """Whether old tables of ours do."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{ASIDE}.django_migrations"])
    return bool(cursor.fetchone()[0])


def put_aside(cursor: Any) -> None:
    """One statement each, so that whoever is killed leaves it done or not begun."""
    cursor.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}; CREATE SCHEMA public")


def put_back(database: dict[str, Any]) -> bool:
    """Whether old tables stood aside, which are back now; SystemExit where there are others in their place."""
    from django.db import DatabaseError

    with connected({**database, "OPTIONS": {}}) as connection, connection.cursor() as cursor:
        hold(cursor)
        if not stand_aside(cursor):
            return False
        if connection.introspection.table_names(cursor):
            raise SystemExit(BOTH)
        try:  # no CASCADE: what an orphaned pg_restore has just made stays
            cursor.execute(f"DROP SCHEMA IF EXISTS public; ALTER SCHEMA {ASIDE} RENAME TO public")
        except DatabaseError:
            raise SystemExit(BOTH) from None
        return True


def refuse_to_begin(connection: Any) -> None:
    """SystemExit where tables stand aside: new ones in their place would look like an empty installation."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            if stand_aside(cursor) and not connection.introspection.table_names(cursor):
                raise SystemExit(LEFT)
