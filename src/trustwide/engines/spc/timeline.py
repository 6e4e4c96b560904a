"""The date axis of a chart: where dates stand, how they are said, and which of them are labelled."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from trustwide.engines.spc.model import Dates, Floats

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY = 86_400
#: Timelines of more dates than this are not kept for the next series.
MOST_KEPT = 200
#: Months between labels, in order of trial; six-month labels fall on April and October, as NHS years do.
MONTH_STEPS = ((1, 0), (3, 0), (6, 3), (12, 0), (24, 0), (60, 0), (120, 0), (240, 0), (600, 0), (1200, 0))


class DateLabel(NamedTuple):
    """A label under the axis at point number `at`: `below` is its second line, said once until it changes."""

    at: int
    words: str
    below: str


class Timeline:
    """The dates of one series: `places` run from 0 to 1 along the axis, by calendar where dates are regular.

    Dates are regular when no gap is much shorter than the usual one and gaps take up no more than half of the axis.
    Others, such as the days between rare events, stand one step apart in their order.
    """

    def __init__(self, dates: Dates) -> None:
        self._moments = dates.astype("datetime64[s]")
        seconds = self._moments.astype(np.int64)
        self.when: list[datetime] = self._moments.tolist()
        count = len(seconds)
        gaps = np.sort(seconds[1:] - seconds[:-1])
        self.gap = float(gaps[(count - 1) // 2]) / DAY if count > 1 else 0.0
        span = float(seconds[-1] - seconds[0]) if count > 1 else 0.0
        self.is_regular = count > 1 and gaps[0] >= 0.8 * self.gap * DAY > 0 and span <= 2 * (count - 1) * self.gap * DAY
        if self.is_regular:
            self.places: Floats = (seconds - seconds[0]) / span
        else:
            self.places = np.arange(count) / (count - 1) if count > 1 else np.full(count, 0.5)
        self.is_monthly = self.gap >= 28 and self._whole_months()
        self._labels: dict[tuple[float, float], list[DateLabel]] = {}

    def _whole_months(self) -> bool:
        """Whether each date stands for its month: always the same day, or always the month's last."""
        days = {each.day for each in self.when}
        return len(days) <= 2 or (min(days) >= 28 and all(_is_month_end(each) for each in self.when))

    def say(self, place: int) -> str:
        """A date as precisely as its series needs: 2018, April 2018, 4 April 2018, or with its time."""
        return self._said([self.when[place]])[0]

    @cached_property
    def said(self) -> list[str]:
        """Every date of the series, in words."""
        return self._said(self.when)

    def _said(self, dates: list[datetime]) -> list[str]:
        if self.is_monthly and self.gap > 364:
            return [f"{date.year}" for date in dates]
        if self.is_monthly:
            return [f"{MONTHS[date.month - 1]} {date.year}" for date in dates]
        times = [f", {date.hour:02}:{date.minute:02}" if date.hour or date.minute else "" for date in dates]
        return [
            f"{date.day} {MONTHS[date.month - 1]} {date.year}{time}" for date, time in zip(dates, times, strict=True)
        ]

    def labels(self, room: float, size: float) -> list[DateLabel]:
        """Labels that fit side by side in this room, at text of this size, first to last; kept for the next series."""
        if (room, size) not in self._labels:
            self._labels = {(room, size): self._labels_for(room, size)}
        return self._labels[room, size]

    def _labels_for(self, room: float, size: float) -> list[DateLabel]:
        if not self.when:
            return []
        months = (self.when[-1].year - self.when[0].year) * 12 + self.when[-1].month - self.when[0].month
        if not self.is_regular or (self.gap < 28 and months <= 5):
            return self._labels_of_points(max(1, int(room / (size * (4.2 if self.gap >= 1 or not self.gap else 3.8)))))
        if self.is_monthly and self.gap > 364:
            return self._labels_of_points(max(1, int(room / (size * 3.2))))
        most = room / (size * 2.9)
        step, offset = next((each for each in MONTH_STEPS if months / each[0] <= most), MONTH_STEPS[-1])
        found = self._labels_of_months(step, offset)
        return found if len(found) > 1 else self._labels_of_points(2)

    def _labels_of_points(self, most: int) -> list[DateLabel]:
        """Every so many points, each with its own date."""
        count = len(self.when)
        stride = max(1, -(-count // most))
        if stride > 4 and 0.9 < self.gap < 1.1:
            stride = -(-stride // 7) * 7  # the same weekday each time
        found, said = [], ""
        for at in range(0, count, stride):
            date = self.when[at]
            if self.is_monthly:
                words = f"{date.year}" if self.gap > 364 else MONTHS[date.month - 1][:3]
                below = "" if self.gap > 364 else f"{date.year}"
            elif 0 < self.gap < 0.9:
                words, below = f"{date.hour:02}:{date.minute:02}", f"{date.day} {MONTHS[date.month - 1][:3]}"
            else:
                words, below = f"{date.day} {MONTHS[date.month - 1][:3]}", f"{date.year}"
            found.append(DateLabel(at, words, "" if below == said else below))
            said = below
        return found

    def _labels_of_months(self, step: int, offset: int) -> list[DateLabel]:
        """The first point in each span of so many months, named by its own month or, from a year up, its year."""
        months = self._moments.astype("datetime64[M]").astype(np.int64) - offset
        spans = months // step
        starts = ((spans[1:] != spans[:-1]).nonzero()[0] + 1).tolist()
        if months[0] % step == 0 and (self.is_monthly or self.when[0].day <= self.gap):
            starts.insert(0, 0)
        if step >= 12:
            return [DateLabel(at, f"{self.when[at].year}", "") for at in starts]
        found, said = [], 0
        for at in starts:
            date = self.when[at]
            found.append(DateLabel(at, MONTHS[date.month - 1][:3], "" if date.year == said else f"{date.year}"))
            said = date.year
        return found


def timeline_of(dates: Dates) -> Timeline:
    """The timeline of these dates, kept for the next series: the measures of one report share theirs."""
    if len(dates) > MOST_KEPT:
        return Timeline(dates)
    return _kept(dates.astype("datetime64[s]").tobytes())


@lru_cache(maxsize=128)
def _kept(seconds: bytes) -> Timeline:
    return Timeline(np.frombuffer(seconds, "datetime64[s]"))


def _is_month_end(date: datetime) -> bool:
    following = np.datetime64(date, "D") + np.timedelta64(1, "D")
    return bool(following == following.astype("datetime64[M]"))
