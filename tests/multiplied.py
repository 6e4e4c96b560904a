"""Every row that a database holds, many times over, in bulk: as more of everything, and as more that hangs on the same.

For SQLite: what a rule of the database refuses, such as a second of what there is one of, is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models

from bench.copies import Rows

#: Left as they are: what is asked of the framework, what there is one of for each process, and what is never listed.
LEFT = {"ContentType", "Permission", "Session", "Migration", "AuditRow"}

#: Of which nobody has more: somebody reads by each role that they hold, and roles are held high up, not a thousand low.
AT_MOST = {"RoleHeld": 100}


class Multiplied:
    """`kept` are the ids that all copies share: of the organisation, of those above it, of whoever looks."""

    def __init__(self, kept: set[UUID]) -> None:
        self.tables = [Copied(model, {}) for model in all_tables()]
        self.ids = {each for table in self.tables for each in table.ids} - kept
        self.number = 1

    def grow_to(self, size: int) -> dict[str, int]:
        """Until there are so many copies of each row; how many rows there are then, by table."""
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for number in range(self.number, size):
                new = {each: uuid4() for each in self.ids}
                for table in self.tables:
                    table.write(new, number)
                hung = {each: uuid4() for table in self.tables if not table.is_base for each in table.ids}
                for table in self.tables:
                    table.write_hung(hung, new, number)
            take_away_strays(cursor)
            cursor.execute("ANALYZE")
        self.number = size
        return {table.name: table.model._base_manager.count() for table in self.tables}


def take_away_strays(cursor: Any) -> None:
    """Rows that lead to one that was passed over, and then what leads to those."""
    while strays := cursor.execute("PRAGMA foreign_key_check").fetchall():
        for table in {stray[0] for stray in strays}:
            rows = [[stray[1]] for stray in strays if stray[0] == table]
            cursor.executemany(f"DELETE FROM {connection.ops.quote_name(table)} WHERE rowid = %s", rows)  # noqa: S608


def all_tables() -> Iterator[type[models.Model]]:
    """Those that have rows, what others are a kind of first."""
    found = [each for each in apps.get_models() if each._meta.managed and each.__name__ not in LEFT]
    for each in sorted(found, key=lambda model: len(model._meta.parents)):
        if each._base_manager.exists():
            yield each


class Copied(Rows):
    """The rows of one table, and how a copy of one differs from it."""

    def __init__(self, model: Any, kept: dict[str, Any]) -> None:
        super().__init__(model, kept)
        self.model = model
        self.insert = self.insert.replace("INSERT INTO", "INSERT OR IGNORE INTO", 1)
        together = [set(getattr(each, "fields", ())) for each in model._meta.constraints]
        named = {name for each in together for name in each}
        self.unlike = {each.attname for each in self.fields if each.unique or (each.name in named and varies(each))}
        #: Where one of two things may stand beside another once, a copy that hangs on the same stands beside a new one.
        pairs = [[each for each in self.fields if each.is_relation and each.name in names] for names in together]
        self.beside = {each[-1].attname for each in pairs if len(each) > 1}
        self.own = next((n for n, each in enumerate(self.fields) if each.primary_key), None)
        self.ids = [row[self.own] for row in self.rows if self.own is not None and isinstance(row[self.own], UUID)]
        #: Places, people and records: what others hang on, so that one more of them hangs on nothing by itself.
        self.is_base = self.name in ("Place", "Person")

    def write(self, new: dict[UUID, UUID], number: int) -> None:
        """One more of each row: as it is, and where a rule of the database does not let it stand so, a little unlike.

        The second is passed over where the first stands: both have one id.
        """
        if self.is_enough(number):
            return
        super().write(new, 0)
        if self.unlike:
            super().write(new, number)

    def write_hung(self, own: dict[UUID, UUID], others: dict[UUID, UUID], number: int) -> None:
        """One more of each row that hangs on the same record, place or person."""
        if self.is_base or self.is_enough(number):
            return
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, [self._hung(each, own, others, number) for each in self.rows])

    def is_enough(self, number: int) -> bool:
        return number > AT_MOST.get(self.name, number)

    def _hung(self, row: tuple[Any, ...], own: dict[UUID, UUID], others: dict[UUID, UUID], number: int) -> list[Any]:
        new = {row[self.own]: own[row[self.own]]} if self.own is not None and row[self.own] in own else {}
        for field, value in zip(self.fields, row, strict=True):
            if field.attname in self.beside and value in others:
                new[value] = others[value]
        return self._row(row, new, {}, number + 100_000)

    def _row(self, row: tuple[Any, ...], new: dict[UUID, UUID], paths: dict[str, str], number: int) -> list[Any]:
        found = []
        for field, value in zip(self.fields, row, strict=True):
            if isinstance(value, UUID):
                value = new.get(value) or (uuid4() if self._stands_alone(field) else value)
            elif paths and field.attname == "path":
                value = "/".join(paths.get(part, part) for part in value.split("/"))
            elif number and field.attname in self.unlike:
                value = another(value, number, field.max_length)
            found.append(field.get_db_prep_save(value, connection))
        return found

    def _stands_alone(self, field: Any) -> bool:
        return bool(field.primary_key or field.unique) and not field.is_relation


def varies(field: Any) -> bool:
    """Whether it may say anything: most short texts that are unique together with others are words of a list."""
    return not isinstance(field, models.CharField) or field.name in ("slug", "name", "email")


def another(value: Any, number: int, longest: int | None) -> Any:
    """A value of the same sort that no other row has."""
    if isinstance(value, str):
        return f"{number}-{value}"[:longest]
    if isinstance(value, datetime | date):
        return value - timedelta(days=number)
    return value + 100 * number if isinstance(value, int) and not isinstance(value, bool) else value
