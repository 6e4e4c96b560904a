"""A team's own pages of its huddles: what was held and what was not, and the sheet for paper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trustwide.rooms.boards import queries
from trustwide.rooms.boards.models import SHIFTS, WHY_NOT, Huddle
from trustwide.rooms.boards.sheet_form import DAYS, letters, monday_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.places.models import Place

WEEKS = 4


@dataclass(frozen=True)
class Day:
    """One day: what was written of each shift's huddle. Nothing is a blank, and no guess."""

    day: date
    told: list[tuple[Any, list[Huddle]]]
    expected: bool  # the team huddles on such a day

    @property
    def differs(self) -> bool:
        """Whether two people wrote different things of one huddle."""
        return any(len({(each.held, each.why_not) for each in told}) > 1 for _shift, told in self.told)


def days_of(team: Place, weeks: int = WEEKS) -> list[Day]:
    """The days of the last weeks, the latest first."""
    last = today()
    first = monday_of(last) - timedelta(weeks=weeks - 1)
    told: dict[date, dict[str, list[Huddle]]] = defaultdict(lambda: defaultdict(list))
    for huddle in queries.huddles_between(team, first, last):
        told[huddle.day][huddle.shift].append(huddle)
    at_all = range(7 if queries.board_of(team).weekends else 5)
    days = [last - timedelta(days=each) for each in range((last - first).days + 1)]
    return [
        Day(
            day,
            [(SHIFTS[each], told[day][each]) for each in SHIFTS if each in told[day]],
            day.weekday() in at_all,
        )
        for day in days
    ]


def why_not(huddle: Huddle) -> Any:
    return WHY_NOT[huddle.why_not]


def sheet(team: Place, week: str) -> dict[str, Any]:
    """What stands on the paper sheet of a week: this one, unless another Monday is asked for."""
    try:
        first = monday_of(date.fromisoformat(week))
    except ValueError:
        first = monday_of(today())
    first = min(max(first, date(2000, 1, 3)), date(2100, 1, 4))
    days = [first + timedelta(days=each) for each in range(DAYS)]
    return {"days": days, "letters": letters(), "next": first + timedelta(days=7), "board": queries.board_of(team)}
