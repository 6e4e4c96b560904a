"""Much at once: what each act adds beside its record waits, and is written in a few statements at the end.

For a load that is undone whole if any of it fails, such as the demo's. The acts are those that people use, with their
checks; what waits is read by nobody in between: versions, words for search, notices. What is loaded so is history, so
no channel of a team is told of it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from trustwide.rooms.commons.models import Notice, Record, Version, readable_by
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import kept_lists
from trustwide.rooms.places.rule import holds

AT_ONCE = 500


@dataclass
class Waiting:
    """What is to be written: versions, notices of those who may read it then, and whose words to keep.

    `made` are records that were just added; `last` is what else is to be done at the end, once of all things.
    """

    versions: list[Version] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    worded: set[UUID] = field(default_factory=set)
    made: dict[UUID, Any] = field(default_factory=dict)
    last: dict[Callable[[list[Any]], None], dict[Any, Any]] = field(default_factory=dict)

    def write(self) -> None:
        insert_all(self.versions)
        told = Record.objects.in_bulk({each.record_id for each in self.notices if each.record_id})
        insert_all([each for each in self.notices if may_read(each.person, told[each.record_id])])
        _keep_words(self.worded)


_waiting: ContextVar[Waiting | None] = ContextVar("what waits to be written together", default=None)


def waiting() -> Waiting | None:
    """Where things wait; None where each is written as it happens."""
    return _waiting.get()


@contextmanager
def records_together() -> Iterator[None]:
    """Within it, versions, notices and words for search wait, and are written in the same transaction."""
    kept = Waiting()
    with transaction.atomic(), one_undoing(), garbage_left():
        token = _waiting.set(kept)
        try:
            yield
            catch_up()
        finally:
            _waiting.reset(token)
        kept.write()


def may_read(person: Person, record: Record) -> bool:
    """Whether the person may read the record as it is at hand. A database would take longer to say."""
    return holds(readable_by(person), record, kept_lists())


def at_the_end(act: Callable[[list[Any]], None], things: list[Any]) -> bool:
    """Have something done of all things together at the end; False where nothing waits, and it is to be done now."""
    later = waiting()
    if later is not None:
        later.last.setdefault(act, {}).update({each.pk: each for each in things})
    return later is not None


def catch_up() -> None:
    """Do now what was left for the end, for whoever reads what comes of it."""
    later = waiting()
    while later is not None and later.last:
        act, things = later.last.popitem()
        act(list(things.values()))


def added(model: Any, number: UUID, *related: str) -> Any:
    """The record that was just added under that id: the one at hand where things wait, else as it is read."""
    later = waiting()
    if later is not None and number in later.made:
        return later.made[number]
    return model.objects.select_related(*related).get(pk=number)


@contextmanager
def one_undoing() -> Iterator[None]:
    """Within it, no act marks where it began: if any of them fails, all is undone."""
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = before


@contextmanager
def garbage_left() -> Iterator[None]:
    """Within it, Python seldom looks for garbage, through all that is made and kept."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _keep_words(ids: set[UUID]) -> None:
    from trustwide.rooms.commons import search  # which asks this module whether things wait

    numbers = sorted(ids)
    for start in range(0, len(numbers), AT_ONCE):
        search.keep_words_of(numbers[start : start + AT_ONCE])
