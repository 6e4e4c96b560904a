"""Between tests that commit, the tables are emptied; the audit refuses that, so it looks away for that moment alone."""

from __future__ import annotations

from typing import Any

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_stands%'"


def let_tests_empty_the_audit() -> None:
    """On SQLite, which empties a table row by row. PostgreSQL truncates, and its triggers are of rows."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    plainly = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            guards = cursor.execute(TRIGGERS).fetchall()
        lifted = [f"DROP TRIGGER {name}" for name, _sql in guards]
        return [*lifted, *plainly(self, *arguments, **options), *(sql for _name, sql in guards)]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]
