"""Months later, by the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day that many months later, or the last of a month that is shorter.

    >>> months_after(date(2026, 8, 31), 6), months_after(date(2026, 1, 15), 12)
    (datetime.date(2027, 2, 28), datetime.date(2027, 1, 15))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
