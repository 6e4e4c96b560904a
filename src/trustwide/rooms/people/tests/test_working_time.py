"""Working days and hours: no answer is due on a bank holiday, and no hour of the night counts."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.rooms.people import working_time
from trustwide.rooms.people.working_time import (
    is_working_day,
    working_day_after,
    working_days_between,
    working_moment_after,
)

pytestmark = pytest.mark.seen_once  # no database

DAYS = st.dates(date(2020, 1, 1), date(2034, 12, 31))


def test_the_examples_hold() -> None:
    found = doctest.testmod(working_time)
    assert found.attempted >= 5
    assert found.failed == 0


@given(DAYS, st.integers(0, 30))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    start = working_day_after(day, 0)
    end = working_day_after(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count


@given(DAYS, st.times(timezones=st.just(UTC)), st.floats(0, 200))
def test_hours_end_within_opening_hours_and_never_go_back(day: date, clock: time, hours: float) -> None:
    moment = datetime.combine(day, clock)
    found = working_moment_after(moment, hours)
    assert is_working_day(found.date())
    assert 9 <= found.hour <= 17
    assert found - moment >= timedelta(hours=hours)
    assert working_moment_after(moment, hours + 1) > found
