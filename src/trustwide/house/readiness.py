"""Whether this installation can start: its database answers and has its tables. If not, what to type."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from trustwide.house.variables import said

NO_DRIVER = "PostgreSQL needs one package more. Type: .venv/bin/uv pip install 'psycopg[binary]'"
SERVER_CURE = "Is the server running, and does TRUSTWIDE_DATABASE name it, its database and who may use it?"
FILE_CURE = (
    "Is the disk full, or the file not yours? If the file is damaged, move it away and start again: "
    "the open data comes back by itself, your reports come back from a copy."
)


@contextmanager
def database_cures() -> Iterator[None]:
    """Say what the database refused, and what to do, in place of a traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    try:
        yield
    except ImproperlyConfigured as error:
        if "psycopg" not in str(error):
            raise
        raise SystemExit(NO_DRIVER) from None
    except Error as error:
        raise SystemExit(f"The database cannot be used: {first_line(error)}. {_cure()}") from None


def _cure() -> str:
    from django.conf import settings

    if said("TRUSTWIDE_DATABASE"):
        return SERVER_CURE
    return f"{FILE_CURE} The file: {settings.DATABASES['default']['NAME']}"


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def must_have_tables() -> None:
    """Stop with the command to type unless every migration has been applied."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with database_cures():
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise SystemExit(f"The database is not ready yet. Type: trustwide prepare --data '{settings.DATA}'")
