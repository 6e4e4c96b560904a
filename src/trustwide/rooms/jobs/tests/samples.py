"""Jobs for tests: each leaves a row, which says that it was done."""

from __future__ import annotations

from trustwide.rooms.jobs.queue import job
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import OnceKey, Person


class Killed(BaseException):
    """The power goes: nothing after this line is done by anybody."""


faults: list[BaseException] = []  # the next runs raise these, one each, after what they do


def _do(person: str) -> None:
    OnceKey.objects.create(person=Person.objects.get(pk=person), key=uuid7(), answer="done")
    if faults:
        raise faults.pop(0)


@job(words="do the whole sample")
def whole(person: str) -> None:
    _do(person)


@job(words="do the outside sample", outside=True)
def outside(person: str) -> None:
    _do(person)
