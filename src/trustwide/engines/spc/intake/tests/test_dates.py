"""Dates as people write them."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc.intake.dates import DateColumn, parse_date
from trustwide.engines.spc.intake.problems import CellError

DAYS = st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31))
FORMS = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.000", "%Y-%m-%dT%H:%M:%SZ",
    "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%d %b %Y", "%d %B %Y", "%d-%b-%y", "%d-%b-%Y", " %d %B %Y ",
]  # fmt: skip
MONTH_FORMS = ["%b-%y", "%b %Y", "%B %Y", "%Y-%m", "%m/%Y", "%B-%y"]


def day_of(cell: Any) -> datetime.date:
    return np.datetime64(parse_date(cell), "s").item().date()


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_any_day_comes_back_from_any_form(day: datetime.date, form: str) -> None:
    assert day_of(day.strftime(form)) == day


@given(day=DAYS)
def test_leading_zeros_may_be_left_out(day: datetime.date) -> None:
    assert day_of(f"{day.day}/{day.month}/{day.year}") == day


@given(day=DAYS, form=st.sampled_from(MONTH_FORMS))
def test_a_month_is_its_first_day(day: datetime.date, form: str) -> None:
    assert day_of(day.strftime(form)) == day.replace(day=1)


@given(day=st.dates(datetime.date(1905, 12, 31), datetime.date(2199, 12, 31)))
def test_spreadsheet_day_numbers_count_from_1900(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    for cell in (serial, float(serial), str(serial), f"{serial}.0"):
        assert day_of(cell) == day


@pytest.mark.parametrize(("serial", "said"), [(1899, "1905-03-13"), (2101, "1905-10-01"), (61, "1900-03-01")])
def test_a_day_number_that_is_no_year_is_a_day(serial: int, said: str) -> None:
    assert day_of(serial) == datetime.date.fromisoformat(said)


def test_times_of_day_are_kept() -> None:
    moment = datetime.datetime(2018, 4, 1, 18, 30, tzinfo=datetime.UTC)
    seconds = int(moment.timestamp())
    cells = ["2018-04-01 18:30", "1/4/2018 18:30:00", 43191 + 18.5 / 24, moment, "2018-04-01T18:30:00+01:00"]
    assert [parse_date(cell) for cell in cells] == [seconds] * 5
    assert day_of(datetime.date(2018, 4, 1)) == datetime.date(2018, 4, 1)


def test_the_day_that_never_was_in_1900() -> None:
    assert [day_of(number) for number in (1, 59, 61)] == [
        datetime.date(1900, 1, 1), datetime.date(1900, 2, 28), datetime.date(1900, 3, 1),
    ]  # fmt: skip
    with pytest.raises(CellError):
        parse_date("60")


WRITE = "Write dates such as 01/04/2018 or 2018-04-01."
CHECK = "Check the day and the month; write day/month/year."


@pytest.mark.parametrize(
    ("cell", "message", "cure"),
    [
        ("31/02/2018", "“31/02/2018” is not a date: there is no 31 February 2018.", CHECK),
        ("2018-13-01", "“2018-13-01” is not a date: there is no month 13.", "Write day/month/year: 13/01/2018."),
        ("04/13/2018", "“04/13/2018” is not a date: there is no month 13.", "Write day/month/year: 13/04/2018."),
        ("2018-00-10", "“2018-00-10” is not a date: there is no month 0.", CHECK),
        ("2018-04-00", "“2018-04-00” is not a date: there is no 0 April 2018.", CHECK),
        ("2018-13", "“2018-13” is not a date: there is no month 13.", CHECK),
        ("2018/19", "“2018/19” is a financial year, not a day.", "Write its first day: 01/04/2018."),
        ("13/2012", "“13/2012” is not a date: there is no month 13.", CHECK),
        ("29 Feb 2019", "“29 Feb 2019” is not a date: there is no 29 February 2019.", CHECK),
        ("2018-04-01 25:00", "“2018-04-01 25:00” is not a date and time.", WRITE),
        ("Q1 2018", "“Q1 2018” is not a date.", WRITE),
        ("Foo 2018", "“Foo 2018” is not a date.", WRITE),
        ("0000-01-01", "“0000-01-01” is not a date and time.", WRITE),
        ("202404", "“202404” is not a date.", WRITE),
        ("0", "“0” is not a date.", WRITE),
        ("-5", "“-5” is not a date.", WRITE),
        (True, "“True” is not a date.", WRITE),
        ("", "The date is missing.", "Write the date, or take out the row."),
        ("n/a", "The date is missing.", "Write the date, or take out the row."),
    ],
)
def test_what_is_no_date_is_refused_with_a_cure(cell: Any, message: str, cure: str) -> None:
    with pytest.raises(CellError) as error:
        parse_date(cell)
    assert (error.value.message, error.value.cure) == (message, cure)
    assert list(DateColumn().read(["1/4/2018", cell])[1]) == [1]


@given(text=st.text(max_size=12) | st.text("0123456789/-. ", max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        parse_date(text)
    except CellError:
        return


def test_a_column_forgets_rather_than_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DateColumn, "MOST", 3)
    column = DateColumn()
    for year in range(1990, 2000):
        column.read([f"{year}-01-01", f"{year}-02-01"])
    assert len(column) <= 5
