"""What time it is: the real time, or the time of the story that the demo is telling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

#: The moment of the story, and its date here, which is asked for more often.
_told: ContextVar[tuple[datetime, date] | None] = ContextVar("told", default=None)
#: What was typed with no network may come late; a clock that is further out than this is not believed.
LATEST = timedelta(days=30)


def now() -> datetime:
    """This moment, with its time zone."""
    told = _told.get()
    return told[0] if told else timezone.now()


def today() -> date:
    """The date here, where people work."""
    told = _told.get()
    return told[1] if told else timezone.localdate()


def believed(moment: datetime | None) -> datetime | None:
    """When something was typed, as the device that it was typed on tells; None where its clock is plainly wrong."""
    return moment if moment and now() - LATEST < moment <= now() else None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within it, now is that moment: for loading history through the same actions that people use."""
    before = _told.set((moment, timezone.localdate(moment)))
    try:
        yield
    finally:
        _told.reset(before)
