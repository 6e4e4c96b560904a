"""The demo's first chapter: its people. All of them are made up."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from trustwide.rooms.people import clock
from trustwide.rooms.people.models import Person

YEARS = 2
NAMES = tomllib.loads((Path(__file__).parent / "demo-names.toml").read_text(encoding="utf-8"))
FIRST_NAMES, LAST_NAMES = NAMES["first"].split(), NAMES["last"].split()


@dataclass
class Story:
    """What the chapters share: the day on which the story ends, the dice, the places and the people in it.

    The same seed, day and scale tell the same story.
    """

    today: date
    scale: int = 1
    dice: random.Random = field(default_factory=lambda: random.Random(1948))  # noqa: S311 (a story, not a secret)
    places: dict[str, Any] = field(default_factory=dict)
    cast: dict[str, Person] = field(default_factory=dict)  # the personas that a visitor can be
    met: int = 0

    @property
    def start(self) -> date:
        return self.today.replace(year=self.today.year - YEARS, day=min(self.today.day, 28))

    @contextmanager
    def on(self, day: date, hour: int = 9) -> Iterator[None]:
        """Within it, things happen on that day."""
        with clock.at(datetime.combine(day, time(hour, self.dice.randrange(60)), UTC)):
            yield

    def ago(self, **span: int) -> date:
        return self.today - timedelta(**span)

    def person(self, name: str = "") -> Person:
        """Someone new. Addresses are of example.org, which nobody can own."""
        met = self._meet(name)
        met.save(force_insert=True)
        return met

    def people(self, count: int) -> list[Person]:
        """So many new people."""
        return Person.objects.bulk_create([self._meet() for _each in range(count)])

    def _meet(self, name: str = "") -> Person:
        self.met += 1
        if not name:
            first, last = self.met * 31 % len(FIRST_NAMES), self.met * 17 % len(LAST_NAMES)
            name = f"{FIRST_NAMES[first]} {LAST_NAMES[last]}"
        met = Person(email=f"{name.lower().replace(' ', '.')}.{self.met}@example.org", name=name)
        met.set_unusable_password()
        return met
