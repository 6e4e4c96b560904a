"""What is asked of numbers that people type, before any is saved: days that can be, and one number a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from trustwide.engines.spc.model import Problem
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today

YEARS_BACK = 100  # no measure of the NHS is older
#: Which period a day is of; rare events come when they come.
PERIODS: dict[str, Callable[[date], tuple[int, ...]]] = {
    "day": lambda day: (day.toordinal(),),
    "week": lambda day: day.isocalendar()[:2],
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
}


def problems_of(measure: Measure, numbers: Iterable[Number]) -> list[Problem]:
    """Every day that cannot be, and every period that would have two numbers."""
    numbers = list(numbers)
    return [*_impossible(numbers), *_two_in_one(measure, numbers)]


def _impossible(numbers: Iterable[Number]) -> Iterator[Problem]:
    this_day = today()
    for day in (each.period for each in numbers):
        if day > this_day:
            yield Problem(_("%(day)s is still to come.") % {"day": said(day)}, cure=_("Put its year and month right."))
        elif day.year < this_day.year - YEARS_BACK:
            yield Problem(_("%(day)s is too long ago.") % {"day": said(day)}, cure=_("Put its year right."))


def _two_in_one(measure: Measure, numbers: list[Number]) -> Iterator[Problem]:
    period_of = PERIODS.get(measure.every)
    if period_of is None:
        return
    there = measure.observations.filter(value__isnull=False).values_list("period", flat=True)
    first = {period_of(each.date()): each.date() for each in there}
    for day in (each.period for each in numbers if each.value is not None):
        other = first.setdefault(period_of(day), day)
        if other != day:
            words = {"other": said(other), "day": said(day)}
            yield Problem(
                _("%(other)s and %(day)s are of one %(period)s.")
                % {**words, "period": measure.get_every_display().lower()},
                cure=_("Keep one of them. A number that is there already can be taken away below."),
            )


def said(day: date) -> str:
    return f"{day:%-d %B %Y}"
