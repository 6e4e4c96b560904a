"""What rooms put on the front pages of people: lines, each registered by the room that knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

NEEDS, CHANGED, WELL = AREAS = ("needs", "changed", "well")


@dataclass(frozen=True)
class Line:
    """One line of a front page: what to read, where it leads, and a quiet word beside it."""

    words: Any
    address: str
    beside: Any = ""


@dataclass(frozen=True)
class FrontPart:
    """Lines of one area of a front page, for a person and the place that their page is about.

    At most one question to the database each, and few lines: what an owner owes by a day stands there by itself
    (`next_review`, with the kind's `due` words), and so does what they were told of (notices).
    """

    key: str
    area: str
    order: int  # within its area, from the top
    lines: Callable[[Person, Place], Iterable[Line]]


PARTS: dict[str, FrontPart] = {}


def register_front(part: FrontPart) -> None:
    """Called once by each part's room, as it is loaded. ValueError where the key is taken or no such area is there."""
    if part.key in PARTS or part.area not in AREAS:
        raise ValueError(f"{part.key} is registered already, or there is no area {part.area}")
    PARTS[part.key] = part


def lines_of(area: str, person: Person, place: Place) -> list[Line]:
    """What the rooms say in one area, in order."""
    parts = sorted((each for each in PARTS.values() if each.area == area), key=lambda each: each.order)
    return [line for part in parts for line in part.lines(person, place)]
