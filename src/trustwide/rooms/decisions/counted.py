"""What Trustwide counts of decisions by itself: how many days they take, by level, and never by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.decisions import queries
from trustwide.rooms.measures.computed import Computed, Number, months_to, register_computed
from trustwide.rooms.people.working_time import working_days_between
from trustwide.rooms.places.models import DIRECTORATE, ORGANISATION, SERVICE, TEAM, Place

TITLES: dict[str, Any] = {
    TEAM: _("Working days to decide, where teams decide"),
    SERVICE: _("Working days to decide, where services decide"),
    DIRECTORATE: _("Working days to decide, where directorates decide"),
    ORGANISATION: _("Working days to decide, where the whole organisation decides"),
}
KEYS = {level: f"days-to-decide-{level}" for level in TITLES}


def median_by_month(level: str) -> Callable[[Place, date], Iterator[Number]]:
    def numbers(place: Place, day: date) -> Iterator[Number]:
        months = months_to(day)
        took: dict[date, list[int]] = defaultdict(list)
        for asked, decided in queries.days_of_decided(place, level, months[0]):
            took[decided.replace(day=1)].append(working_days_between(asked, decided))
        for month in months:
            if month in took:
                yield Number(month, value=float(median(took[month])), note="")

    return numbers


for _level, _title in TITLES.items():
    register_computed(
        Computed(
            key=KEYS[_level],
            title=_title,
            why=_("A question that waits keeps a team waiting. Days to decide show whether we let choices be made."),
            definition=_(
                "The median of working days from asking to the first yes or no, of what was decided in the month at "
                "that level. A month in which nothing was decided has no point."
            ),
            numbers=median_by_month(_level),
            settings={"improvement": "decrease", "floor_zero": True},
            levels=(ORGANISATION,),
        )
    )
