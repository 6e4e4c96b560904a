"""Dates as people write them in the United Kingdom, in ISO form, and as spreadsheets count them."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.sheets import Column
from trustwide.engines.spc.intake.numbers import is_blank, quoted
from trustwide.engines.spc.intake.problems import CellError

CLOCK = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
FORMS = [
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<year>\d{{4}})(?P<part>[-/.])(?P<month>\d{{1,2}})(?P=part)(?P<day>\d{{1,2}}){CLOCK}",
        rf"(?P<day>\d{{1,2}})(?P<part>[-/.])(?P<month>\d{{1,2}})(?P=part)(?P<year>\d{{4}}|\d{{2}}){CLOCK}",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4})",
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ /-]*)?(?P<word>[A-Za-z]{3,9})\.?[ /,'-]*(?P<year>\d{4}|\d{2})" + CLOCK,
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    )
]
SERIAL = re.compile(r"\d{1,6}(\.\d*)?", re.ASCII)
LAST_SERIAL = 109_575  # the end of 2199: a larger number is something else, such as 202404
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a number between them is a year: as a count of days it would be one of 1905
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  dates here have no time zone: they are what the clock there said
NO_DATE = int(np.iinfo(np.int64).min)  # NaT
YEAR_1, YEAR_10000 = (int(np.datetime64(year, "s").astype(np.int64)) for year in ("0001", "10000"))
DOUBTFUL = int((datetime(1950, 1, 1) - EPOCH).total_seconds())  # noqa: DTZ001
WRITE_DATE = "Write dates such as 01/04/2018 or 2018-04-01."
CHECK_DATE = "Check the day and the month; write day/month/year."


def parse_date(cell: Any) -> int:
    """Seconds since 1970 of the date in a cell. Raises CellError, with the cure, for a blank or impossible one.

    Days come before months, two-digit years run from 1970 to 2069, a month alone means its first day, a number is
    a spreadsheet's count of days from 1900, and an offset from UTC is dropped: the time stays what the clock said.

    >>> [parse_date(text) // 86400 for text in ("1/4/18", "2018-04-01", "Apr-18", "1st April 2018", "43191")]
    [17622, 17622, 17622, 17622, 17622]
    """
    if isinstance(cell, datetime):
        return _seconds(cell.replace(tzinfo=None))
    if isinstance(cell, date):
        return _seconds(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
    if is_blank(cell):
        raise CellError("The date is missing.", "Write the date, or take out the row.")
    text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
    if not isinstance(cell, bool) and SERIAL.fullmatch(text):
        return _from_serial(text)
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            return _from_parts(text, match.groupdict())
    raise CellError(f"{quoted(cell)} is not a date.", WRITE_DATE)


def is_serial(cell: Any) -> bool:
    return not isinstance(cell, bool) and SERIAL.fullmatch(str(cell).strip()) is not None


def _seconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(seconds=1)


def _from_serial(text: str) -> int:
    """The 1900 date system, which counts a 29 February 1900 that never was as day 60."""
    days = float(text)
    if FIRST_YEAR <= days <= LAST_YEAR:
        raise CellError(f"{quoted(text)} is a year, not a day.", f"Write its first day: 01/01/{text[:4]}.")
    if not 1 <= days <= LAST_SERIAL or 60 <= days < 61:
        raise CellError(f"{quoted(text)} is not a date.", WRITE_DATE)
    start = datetime(1899, 12, 30 + (days < 60))  # noqa: DTZ001
    return _seconds(start) + round(days * 86_400)


def _from_parts(text: str, parts: dict[str, str | None]) -> int:
    word = parts.get("word")
    month = MONTHS.get(word.lower(), 0) if word else int(parts.get("month") or 0)
    if word and not month:
        raise CellError(f"{quoted(text)} is not a date.", WRITE_DATE)
    day = int(parts.get("day") or 1)
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:
        year += 2000 if year < 70 else 1900
    if not 1 <= month <= 12:
        raise _no_month(text, year, month, parts.get("day"))
    try:
        hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
        return _seconds(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001
    except ValueError as error:
        what = f"{day} {calendar.month_name[month]} {year}"
        if year and not 1 <= day <= calendar.monthrange(year, month)[1]:
            raise CellError(f"{quoted(text)} is not a date: there is no {what}.", CHECK_DATE) from error
        raise CellError(f"{quoted(text)} is not a date and time.", WRITE_DATE) from error


def _no_month(text: str, year: int, month: int, day: str | None) -> CellError:
    if not day and month == (year + 1) % 100 and text.startswith(str(year)):
        return CellError(f"{quoted(text)} is a financial year, not a day.", f"Write its first day: 01/04/{year}.")
    message = f"{quoted(text)} is not a date: there is no month {month}."
    if day and 1 <= int(day) <= 12 < month <= calendar.monthrange(max(year, 1), int(day))[1]:
        return CellError(message, f"Write day/month/year: {month:02}/{int(day):02}/{year}.")
    return CellError(message, CHECK_DATE)


class DateColumn(dict[Any, int]):
    """Reads one column of dates, each way of writing one only once."""

    MOST = 500_000  # forget rather than fill the memory, where every row has a time of its own

    def __init__(self) -> None:
        super().__init__()
        self.faults: dict[Any, CellError] = {}
        self.doubtful: Any = None

    def __missing__(self, cell: Any) -> int:
        try:
            seconds = parse_date(cell)
        except CellError as fault:
            self.faults[cell] = fault
            seconds = NO_DATE
        else:
            if seconds < DOUBTFUL and self.doubtful is None and is_serial(cell):
                self.doubtful = cell
        self[cell] = seconds
        return seconds

    def read(self, cells: Column) -> tuple[NDArray[np.int64], dict[int, CellError]]:
        """Seconds since 1970 (NO_DATE where there is none), and by place in the chunk what is wrong."""
        if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
            seconds = cells.astype("datetime64[s]").astype(np.int64)
            missing = CellError("The date is missing.", "Write the date, or take out the row.")
            faults = {int(at): missing for at in np.flatnonzero(seconds == NO_DATE)}
            beyond = CellError("The date is not of the years 1 to 9999.", WRITE_DATE)
            strange = np.flatnonzero(((seconds < YEAR_1) | (seconds >= YEAR_10000)) & (seconds != NO_DATE))
            seconds[strange] = NO_DATE
            return seconds, faults | {int(at): beyond for at in strange}
        if isinstance(cells, np.ndarray):
            cells = ["" if np.isnan(cell) else cell for cell in cells.tolist()]
        if len(self) > self.MOST:
            self.clear()
        seconds = np.fromiter(map(self.__getitem__, cells), np.int64, len(cells))
        return seconds, {at: self.faults[cells[at]] for at in np.flatnonzero(seconds == NO_DATE).tolist()}
