"""Measures that nobody types: a room registers how each is worked out, and it is worked out again each day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trustwide.rooms.places.models import Place


@dataclass(frozen=True)
class Number:
    """One number of a measure: of the period that starts on a day. A ratio has a numerator and a size, and its value
    is the one over the other.
    """

    period: date
    value: float | None = None
    numerator: float | None = None
    size: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.value is None and self.numerator is not None and self.size:
            object.__setattr__(self, "value", self.numerator / self.size)


@dataclass(frozen=True)
class Computed:
    """How a room works one measure out for a place and all below it: whole periods only, up to the day given."""

    key: str
    title: Any
    why: Any
    definition: Any
    numbers: Callable[[Place, date], Iterable[Number]]
    every: str = "month"
    settings: dict[str, Any] = field(default_factory=dict)  # chart, improvement and the like
    levels: tuple[str, ...] = ()


COMPUTED: dict[str, Computed] = {}


def register_computed(computed: Computed) -> None:
    """Called once for each, as its room is loaded. ValueError where the key is taken."""
    if computed.key in COMPUTED:
        raise ValueError(f"{computed.key} is registered already")
    COMPUTED[computed.key] = computed


def months_to(day: date, count: int = 24) -> list[date]:
    """The first days of the whole months before `day`, oldest first."""
    last = day.year * 12 + day.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - count, last)]
