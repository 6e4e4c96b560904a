"""Working days in England: answers are owed on them, and nobody is late on a bank holiday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.utils.timezone import get_current_timezone, localtime

if TYPE_CHECKING:
    from holidays import HolidayBase

OPENS, CLOSES = time(9), time(17)


def is_working_day(day: date) -> bool:
    """Monday to Friday, bank holidays aside.

    >>> is_working_day(date(2026, 12, 24)), is_working_day(date(2026, 12, 28)), is_working_day(date(2026, 12, 29))
    (True, False, True)
    """
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def bank_holidays() -> HolidayBase:
    """Those of England. The package knows every country and takes long to import: not until it is asked."""
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG")


def working_day_after(day: date, count: int) -> date:
    """The day that many working days later; 0 is that day, or the next working day where it is none.

    >>> working_day_after(date(2026, 12, 24), 1), working_day_after(date(2026, 12, 26), 0)
    (datetime.date(2026, 12, 29), datetime.date(2026, 12, 29))
    """
    while not is_working_day(day):
        day += timedelta(days=1)
    for _each in range(count):
        day = working_day_after(day + timedelta(days=1), 0)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 where `end` is no later.

    >>> working_days_between(date(2026, 12, 24), date(2026, 12, 30))
    2
    """
    days = (start + timedelta(days=each) for each in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))


def working_moment_after(moment: datetime, hours: float) -> datetime:
    """The moment that many working hours later: nine to five on working days, as the clock on the wall says.

    >>> from datetime import UTC
    >>> working_moment_after(datetime(2026, 12, 24, 16, tzinfo=UTC), 2).isoformat()
    '2026-12-29T10:00:00+00:00'
    """
    at, left = localtime(moment), timedelta(hours=hours)
    while True:
        opens, closes = _hours_of(at.date())
        if is_working_day(at.date()) and at < closes:
            at = max(at, opens)
            if left <= closes - at:
                return at + left
            left -= closes - at
        at = _hours_of(at.date() + timedelta(days=1))[0]


def _hours_of(day: date) -> tuple[datetime, datetime]:
    zone = get_current_timezone()
    return datetime.combine(day, OPENS, zone), datetime.combine(day, CLOSES, zone)
