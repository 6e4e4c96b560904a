"""What several ask for, read at once: two queries, however many ask and of whatever kinds their records are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from trustwide.rooms.commons.models import Record

#: SQLite puts no answers together that are in an order or cut short, and Django's `union` refuses them there: so each
#: stands in a query of its own, which counts its lines, since together they are in no order.
ONE = "SELECT {number}, ROW_NUMBER() OVER (), one.found FROM ({asked}) AS one"
PLACES = ("place", "organisation")
PEOPLE = ("owner", "created_by", "updated_by")


def read_together(asked: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """What each of some querysets of records asks for, in its order: whole records, each with its places, and with
    what else the queryset says (`select_related`).

    The first query asks all of them which records there are, the second reads those, each once. Every queryset is of
    what the reader may see, is in an order, and has an end.
    """
    numbers = _numbers(list(asked.values()))
    related = {each for rows, found in zip(asked.values(), numbers, strict=True) if found for each in _related(rows)}
    whole = _whole({each for found in numbers for each in found}, related)
    return {
        key: [_as(rows.model, whole[each]) for each in found if each in whole]
        for (key, rows), found in zip(asked.items(), numbers, strict=True)
    }


def _numbers(asked: list[QuerySet[Any]]) -> list[list[UUID]]:
    """The ids that each asks for, in its order."""
    lines, values = [], []
    for number, rows in enumerate(asked):
        try:
            line, told = rows.values(found=F("pk")).query.sql_with_params()
        except EmptyResultSet:
            continue
        lines.append(ONE.format(number=number, asked=line))
        values += told
    found: list[list[UUID]] = [[] for _each in asked]
    if lines:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(lines), values)
            for number, _place, each in sorted(cursor.fetchall()):
                found[number].append(each if isinstance(each, UUID) else UUID(each))
    return found


def _whole(ids: set[UUID], related: set[str]) -> dict[UUID, Record]:
    """The records of some ids, each with its places and what else is named."""
    if not ids:
        return {}
    return Record.objects.select_related(*PLACES, *related).in_bulk(ids)  # type: ignore[no-any-return]


def _related(rows: QuerySet[Any]) -> list[str]:
    """What is read with the records of a queryset: what it says, and what their kind adds to them."""
    more = rows.query.select_related if isinstance(rows.query.select_related, dict) else {}
    kind = [] if rows.model is Record else [_name(rows.model)]
    return [*kind, *(each if each in PEOPLE else f"{kind[0]}__{each}" for each in more)]


def _name(model: type[Record]) -> str:
    """What a record calls that which a kind adds to it."""
    return model._meta.get_ancestor_link(Record).remote_field.name  # type: ignore[no-any-return,union-attr]


def _as(model: type[Record], record: Record) -> Any:
    """The same record as its own kind has it, joined to the same places and people."""
    if model is Record:
        return record
    whole = getattr(record, _name(model))
    for each in (*PLACES, *PEOPLE):
        if each in record._state.fields_cache:
            setattr(whole, each, getattr(record, each))
    return whole
