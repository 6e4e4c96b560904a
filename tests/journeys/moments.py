"""Moments at which calendars go wrong. A full run tells each story at each; `test_moments.py` is told in every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from tests.shares import WHOLE

SUMMER_NIGHT, YEAR_ENDS = "after midnight in summer", "as the year ends"
ZONES = ("UTC", "Europe/London")  # of the machine that serves and of the browser; the house itself is in London
#: In UTC. A story that begins three seconds before the hour goes over it.
MOMENTS = {
    "the evening before the clocks go forward": datetime(2027, 3, 27, 23, 30, tzinfo=UTC),
    "as the clocks go forward": datetime(2027, 3, 28, 0, 59, 57, tzinfo=UTC),
    SUMMER_NIGHT: datetime(2027, 6, 30, 23, 30, tzinfo=UTC),  # another day in London than in UTC
    "as the clocks go back": datetime(2027, 10, 31, 0, 59, 57, tzinfo=UTC),
    YEAR_ENDS: datetime(2027, 12, 31, 23, 59, 57, tzinfo=UTC),
    "29 February": datetime(2028, 2, 29, 9, 30, tzinfo=UTC),
}
#: Stories that cannot be told at a moment, and why.
NOT_THEN = {
    ("test_a_porters_idea_becomes_a_test_in_two_weeks", YEAR_ENDS): "it says which day of a test it is",
    **{
        ("test_somebody_comes_in_with_their_trust", each): "its provider is another program, by the machine's own clock"
        for each in MOMENTS
    },
}


@dataclass(frozen=True)
class Moment:
    """When and where a story is told."""

    name: str
    at: datetime
    zone: str

    def __str__(self) -> str:
        return f"{self.name}, {self.zone}"

    @property
    def there(self) -> datetime:
        """With its zone, by which a machine's own is set."""
        return self.at.astimezone(ZoneInfo(self.zone))


def moments_of(story: str) -> list[Moment | None]:
    """When a story is told: as it is now, and in a full run at these, zones in turn: story and moment meet both."""
    if not WHOLE:
        return [None]
    first = crc32(story.encode())
    found = [Moment(name, at, ZONES[(first + place) % len(ZONES)]) for place, (name, at) in enumerate(MOMENTS.items())]
    return [None, *(each for each in found if (story, each.name) not in NOT_THEN)]
