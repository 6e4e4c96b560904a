"""What Trustwide counts of ideas by itself: what was tried, and how long people waited. By place, never by person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.ideas import queries
from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.places.models import DIRECTORATE, GROUP, ORGANISATION, Place

#: A team has one leader, so that its own number would be a person's.
LEVELS = (GROUP, ORGANISATION, DIRECTORATE)


def tried_by_month(place: Place, day: date) -> Iterator[Number]:
    counts = queries.tried_by_month(place)
    for month in months_to(day):
        yield Number(month, value=float(counts.get(month, 0)))


def days_by_month(place: Place, day: date) -> Iterator[Number]:
    """Months in which nobody had a reply are left out: nothing was waited for."""
    taken = queries.days_to_reply_by_month(place)
    for month in months_to(day):
        if taken.get(month):
            yield Number(month, value=float(median(taken[month])))


register_computed(
    Computed(
        key="ideas-tried",
        title=_("Ideas tried each month"),
        why=_("An idea counts once somebody has tried it, whatever came of it."),
        definition=_("Ideas that were first tried in the calendar month, at the place and all places below it."),
        numbers=tried_by_month,
        settings={"chart": "c", "improvement": "increase"},
        levels=LEVELS,
    )
)
register_computed(
    Computed(
        key="idea-reply-days",
        title=_("Working days until an idea has a reply"),
        why=_("People who give an idea should soon hear what came of it."),
        definition=_("The middle one of the working days that first replies took, of those given in the month."),
        numbers=days_by_month,
        settings={"chart": "run", "improvement": "decrease", "unit": "days"},
        levels=LEVELS,
    )
)
