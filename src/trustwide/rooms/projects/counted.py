"""What Trustwide counts in this room by itself: how soon leaders thank a team that told of a failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from statistics import median

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.places.models import GROUP, ORGANISATION, Place
from trustwide.rooms.projects.models import FabulousFailure


def days_to_thank(place: Place, day: date) -> Iterator[Number]:
    """The middle value of each month; one that nobody has thanked yet counts the days until now."""
    days: dict[date, list[int]] = defaultdict(list)
    told = FabulousFailure.objects.filter(place__path__startswith=place.path, published_at__isnull=False)
    for published, thanked in told.values_list("published_at", "thanked_at"):
        first = localtime(published).date()
        last = localtime(thanked).date() if thanked else day
        days[first.replace(day=1)].append((last - first).days)
    for month in months_to(day):
        if days[month]:
            yield Number(month, value=float(median(days[month])))


register_computed(
    Computed(
        key="days-to-thank",
        title=_("Days until a team is thanked for telling of a failure"),
        why=_("People tell of what failed where those who lead thank them for it, and soon."),
        definition=_(
            "Of the fabulous failures published in the month, the middle number of days until a leader thanked them."
        ),
        numbers=days_to_thank,
        settings={"chart": "run", "improvement": "decrease", "target": 7.0, "floor_zero": True},
        levels=(GROUP, ORGANISATION),
    )
)
