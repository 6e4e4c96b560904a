"""What Trustwide counts of answers by itself: by place and month, never by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.escalation.models import (
    ANSWER,
    ARRIVALS,
    BACK,
    KNOW,
    LATE,
    MORE_HELP,
    PASSED,
    RAISED,
    ROSE,
    SEEN,
    Step,
)
from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.people.working_time import working_days_between
from trustwide.rooms.places.models import DIRECTORATE, ORGANISATION, SERVICE, Place

LEAVES = (ROSE, MORE_HELP, PASSED, ANSWER, SEEN, BACK)
MEASURED = (*ARRIVALS, *LEAVES, LATE)
COUNTED_TIERS = 4
working_days = cache(working_days_between)


@dataclass
class Spans:
    """What was counted in each month: working days, one by one, and answers that came in time, of how many."""

    days: dict[date, list[int]] = field(default_factory=dict)
    in_time: dict[date, list[bool]] = field(default_factory=dict)

    def numbers(self, day: date) -> Iterator[Number]:
        """The average of each whole month in which there was anything."""
        for month in months_to(day):
            if found := self.days.get(month):
                yield Number(month, value=round(sum(found) / len(found), 1))

    def shares(self, day: date) -> Iterator[Number]:
        for month in months_to(day):
            if found := self.in_time.get(month):
                seen_to, every = float(sum(found)), float(len(found))
                yield Number(month, value=seen_to / every, numerator=seen_to, size=every)


def _steps(place: Place) -> Iterator[tuple[Any, str, int, date, bool]]:
    """Each step below a place that counts, in the order of its item: one query, however many items there are."""
    found = Step.objects.filter(item__place__path__startswith=place.path, what__in=MEASURED).exclude(item__sort=KNOW)
    rows = found.order_by("item_id", "at", "pk").values_list("item_id", "what", "tier", "at", "due_at")
    for item, what, tier, at, due in rows.iterator():
        yield item, what, tier, _day(at), due is not None


def _day(moment: datetime) -> date:
    return localtime(moment).date()


def days_to_answer(place: Place, day: date) -> Iterator[Number]:
    """From when something was raised to its first answer."""
    spans, raised, answered = Spans(), {}, set()
    for item, what, _tier, on, _due in _steps(place):
        if what == RAISED:
            raised[item] = on
        elif what == ANSWER and item in raised and item not in answered:
            answered.add(item)
            spans.days.setdefault(on.replace(day=1), []).append(working_days(raised[item], on))
    return spans.numbers(day)


def answered_in_time(place: Place, day: date) -> Iterator[Number]:
    """Of all that was answered, passed up or went up by itself in a month, what a person saw to before its time.

    What had no day to be answered by, as before there were tiers, is left out.
    """
    spans, timed = Spans(), set()
    for item, what, _tier, on, due in _steps(place):
        if what == RAISED and due:
            timed.add(item)
        if what in (ANSWER, MORE_HELP, ROSE, LATE) and item in timed:
            spans.in_time.setdefault(on.replace(day=1), []).append(what in (ANSWER, MORE_HELP))
    return spans.shares(day)


def days_at_tier(number: int, place: Place, day: date) -> Iterator[Number]:
    """From when something came to a tier until it left it, by the month in which it did."""
    spans, since = Spans(), {}
    for item, what, tier, on, _due in _steps(place):
        if what in LEAVES and item in since:
            spans.days.setdefault(on.replace(day=1), []).append(working_days(since.pop(item), on))
        if what in (*ARRIVALS, PASSED) and tier == number:
            since[item] = on
    return spans.numbers(day)


LEVELS = (ORGANISATION, DIRECTORATE, SERVICE)
WHY = _("People who raise something and hear nothing stop raising things.")
register_computed(
    Computed(
        key="days-to-answer",
        title=_("Working days until an answer"),
        why=WHY,
        definition=_(
            "Of what people raised and was first answered in the month: the average of working days from raising it "
            "to that answer. What was told for information is left out."
        ),
        numbers=days_to_answer,
        settings={"chart": "xmr", "improvement": "decrease", "floor_zero": True},
        levels=LEVELS,
    )
)
register_computed(
    Computed(
        key="answered-in-time",
        title=_("Seen to by a person before its time"),
        why=WHY,
        definition=_(
            "Of what was answered, passed up or went up by itself in the month: the share that a person answered or "
            "passed up. The rest went up by itself, or was late at the top."
        ),
        numbers=answered_in_time,
        settings={"chart": "p", "improvement": "increase", "unit": "%", "multiply": 100},
        levels=LEVELS,
    )
)
for _number in range(1, COUNTED_TIERS + 1):
    register_computed(
        Computed(
            key=f"days-at-tier-{_number}",
            title=[
                _("Working days at the first tier"),
                _("Working days at the second tier"),
                _("Working days at the third tier"),
                _("Working days at the fourth tier"),
            ][_number - 1],
            why=_("It shows where things wait, so that help can come there."),
            definition=_("The average of working days for which what left the tier in the month had been there."),
            numbers=partial(days_at_tier, _number),
            settings={"chart": "xmr", "improvement": "decrease", "floor_zero": True},
            levels=LEVELS,
        )
    )
