"""Much at once: what each act adds beside its record waits, and is written in a few statements at the end.

For a load that is undone whole if any of it fails, such as the demo's. The acts are those that people use, with their
checks; what waits is read by nobody in between: versions, words for search, notices. What is loaded so is history, so
no channel of a team is told of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from trustwide.rooms.commons import threads
from trustwide.rooms.commons.models import Notice, Version
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of

AT_ONCE = 500
READABLE = "SELECT 1 FROM commons_record asked WHERE asked.id = %s AND {seen}"


@dataclass
class Waiting:
    """What is to be written: versions, notices of those who may read it then, and whose words to keep."""

    versions: list[Version] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    worded: set[UUID] = field(default_factory=set)
    #: what one of those with the same roles may read, and who it is, in SQL: that takes longer to put than to ask
    readable: dict[tuple[Any, ...], tuple[Any, str, tuple[Any, ...]]] = field(default_factory=dict)

    def lets_read(self, person: Person, record: UUID | None) -> bool:
        """Whether the person may read the record of that id now."""
        reach, me = reach_of(person), threads.prepared(person.pk)
        roles = (reach.day, *((each.role, each.place_id) for each in reach.roles))
        if roles not in self.readable:
            self.readable[roles] = (me, *threads.seen(person, "asked.id"))
        other, seen, within = self.readable[roles]
        asked = [threads.prepared(record), *(me if each == other else each for each in within)]
        with connection.cursor() as cursor:
            cursor.execute(READABLE.format(seen=seen), asked)
            return cursor.fetchone() is not None


_waiting: ContextVar[Waiting | None] = ContextVar("what waits to be written together", default=None)


def waiting() -> Waiting | None:
    """Where things wait; None where each is written as it happens."""
    return _waiting.get()


@contextmanager
def records_together() -> Iterator[None]:
    """Within it, versions, notices and words for search wait, and are written in the same transaction."""
    kept = Waiting()
    with transaction.atomic(), garbage_left():
        token = _waiting.set(kept)
        try:
            yield
        finally:
            _waiting.reset(token)
        insert_all(kept.versions)
        insert_all([each for each in kept.notices if kept.lets_read(each.person, each.record_id)])
        _keep_words(kept.worded)


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
