"""Many new rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_all(rows: Sequence[models.Model]) -> None:
    """As `bulk_create` does, in half the time, and into both tables of kinds of record.

    The database is told no more of a row than its values, and those that stand in the row before are taken from there.
    A number that the database gives is not told to the row.
    """
    if not rows:
        return
    for parent, link in rows[0]._meta.parents.items():
        _insert(parent, rows)
        for each in rows:
            setattr(each, link.attname, getattr(each, parent._meta.pk.attname))
    _insert(type(rows[0]), rows)
    for each in rows:
        each._state.adding = False


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    meta, quote = model._meta, connection.ops.quote_name
    fields = [each for each in meta.local_concrete_fields if each is not meta.auto_field]
    columns, places = ", ".join(quote(str(each.column)) for each in fields), ", ".join(["%s"] * len(fields))
    before: list[tuple[Any, Any]] = [(None, None)] * len(fields)

    def values(row: models.Model) -> list[Any]:
        for number, each in enumerate(fields):
            value = each.pre_save(row, True)
            if value is not before[number][0]:
                before[number] = (value, each.get_db_prep_save(value, connection))
        return [prepared for _value, prepared in before]

    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 (our own names)
        cursor.executemany(sql, [values(each) for each in rows])
