"""When a gain is looked at: after 3, 6 and 12 months its people answer, and each verdict says when to ask again."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from trustwide.rooms.gains.models import ROUNDS, Gain
from trustwide.rooms.people.clock import today
from trustwide.rooms.resources.dates import months_after


def day_of(gain: Gain, months: int) -> date:
    return months_after(localdate(gain.created_at), months)


def round_now(gain: Gain) -> int | None:
    """The latest round whose day has come; None before the first."""
    due = [months for months in ROUNDS if day_of(gain, months) <= today()]
    return due[-1] if due else None


def next_day(gain: Gain) -> date:
    """When it is looked at next: at the next round, then each year."""
    coming = [day for months in ROUNDS if (day := day_of(gain, months)) > today()]
    return coming[0] if coming else months_after(today(), 12)


def begin(gain: Gain) -> None:
    """A new one that nobody gave a day is looked at when its first round comes."""
    if gain.next_review is None:
        gain.next_review = day_of(gain, ROUNDS[0])
