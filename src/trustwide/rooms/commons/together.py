"""Much at once: what each act adds beside its record waits, and is written in a few statements at the end.

For a load that is undone whole if any of it fails, such as the demo's. The acts are those that people use, with their
checks; what waits is read by nobody in between: versions, words for search, notices. What is loaded so is history, so
no channel of a team is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from trustwide.rooms.commons.models import Notice, Record, Version
from trustwide.rooms.people.models import Person

AT_ONCE = 500


@dataclass
class Waiting:
    """What is to be written: versions, notices of those who may read it then, and whose words to keep."""

    versions: list[Version] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    worded: set[UUID] = field(default_factory=set)


_waiting: ContextVar[Waiting | None] = ContextVar("what waits to be written together", default=None)


def waiting() -> Waiting | None:
    """Where things wait; None where each is written as it happens."""
    return _waiting.get()


@contextmanager
def records_together() -> Iterator[None]:
    """Within it, versions, notices and words for search wait, and are written in the same transaction."""
    kept = Waiting()
    with transaction.atomic():
        token = _waiting.set(kept)
        try:
            yield
        finally:
            _waiting.reset(token)
        Version.objects.bulk_create(kept.versions, AT_ONCE)
        Notice.objects.bulk_create(_of_readers(kept.notices), AT_ONCE)
        _keep_words(kept.worded)


def _of_readers(notices: list[Notice]) -> list[Notice]:
    """Those whose reader may read what they are about: a question for each reader, not for each notice."""
    of: dict[Person, list[Notice]] = {}
    for each in notices:
        of.setdefault(each.person, []).append(each)
    found = []
    for person, theirs in of.items():
        about = {each.record_id for each in theirs}
        readable = set(Record.objects.visible_to(person).filter(pk__in=about).values_list("pk", flat=True))
        found += [each for each in theirs if each.record_id in readable]
    return sorted(found, key=lambda each: each.at)


def _keep_words(ids: set[UUID]) -> None:
    from trustwide.rooms.commons import search  # which asks this module whether things wait

    numbers = sorted(ids)
    for start in range(0, len(numbers), AT_ONCE):
        search.keep_words_of(numbers[start : start + AT_ONCE])
