"""Between tests that commit, the tables are emptied; the audit refuses that, so it looks away for that moment alone."""

from __future__ import annotations

from typing import Any

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_stands%'"
GUARD = "ALTER TABLE people_auditrow {} TRIGGER audit_stands_whole"


def let_tests_empty_the_audit() -> None:
    from django.db import connection

    operations = type(connection.ops)
    plainly = operations.sql_flush

    def sql_flush(self: Any, *arguments: Any, **options: Any) -> list[str]:
        lifted, put_back = guards(self.connection)
        return [*lifted, *plainly(self, *arguments, **options), *put_back]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]


def guards(connection: Any) -> tuple[list[str], list[str]]:
    """What lifts those that would refuse, and what puts them back: PostgreSQL truncates, SQLite goes row by row."""
    if connection.vendor == "postgresql":
        return [GUARD.format("DISABLE")], [GUARD.format("ENABLE")]
    with connection.cursor() as cursor:
        found = cursor.execute(TRIGGERS).fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in found], [sql for _name, sql in found]
