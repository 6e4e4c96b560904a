"""What rooms put on the front pages of people: lines, each registered by the room that knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from trustwide.rooms.commons.read_together import read_together
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

NEEDS, CHANGED, WELL = AREAS = ("needs", "changed", "well")


@dataclass(frozen=True)
class Line:
    """One line of a front page: what to read, where it leads, a quiet word beside it, its area if not its part's."""

    words: Any
    address: str
    beside: Any = ""
    area: str = ""


@dataclass(frozen=True)
class FrontPart:
    """Lines of one area of a front page, for a person and the place that their page is about.

    At most one question to the database each, and few lines: what an owner owes by a day stands there by itself
    (`next_review`, with the kind's `due` words), and so does what they were told of (notices). What tells of records
    is `FrontRecords`, which costs no question.
    """

    key: str
    area: str
    order: int  # within its area, from the top
    lines: Callable[[Person, Place], Iterable[Line]]


@dataclass(frozen=True)
class FrontRecords:
    """Lines of one area of a front page that each tell of a record: which ones, in their order, and what to say of one.

    What all such parts ask for is read at once, and of it only what the person may read, so that a front page asks as
    often however many there are. A record comes whole, with its places (`read_together`).
    """

    key: str
    area: str
    order: int
    most: int  # lines
    asks: Callable[[Person, Place], QuerySet[Any] | None]  # None: it has nothing to say to them
    says: Callable[[Any, Person, Place], Line]
    looks_up: Callable[[list[Any]], None] | None = None  # what else to say of all of those found, in one query


PARTS: dict[str, FrontPart | FrontRecords] = {}


def register_front(part: FrontPart | FrontRecords) -> None:
    """Called once by each part's room, as it is loaded. ValueError where the key is taken or no such area is there."""
    if part.key in PARTS or part.area not in AREAS:
        raise ValueError(f"{part.key} is registered already, or there is no area {part.area}")
    PARTS[part.key] = part


def lines_for(person: Person, place: Place) -> dict[str, list[Line]]:
    """What the rooms say to a person, by area, in order."""
    records = _records(person, place)
    said: dict[str, list[Line]] = {area: [] for area in AREAS}
    for part in sorted(PARTS.values(), key=lambda each: each.order):
        if isinstance(part, FrontPart):
            for each in part.lines(person, place):
                said[each.area or part.area].append(each)
        else:
            said[part.area] += [part.says(each, person, place) for each in records.get(part.key, ())]
    return said


def _records(person: Person, place: Place) -> dict[str, list[Any]]:
    """What each of the parts that tell of records finds, of what the person may read."""
    asked: dict[str, Any] = {}
    for part in PARTS.values():
        if isinstance(part, FrontRecords) and (rows := part.asks(person, place)) is not None:
            asked[part.key] = rows.visible_to(person)[: part.most]  # type: ignore[attr-defined]
    found = read_together(asked)
    for part in PARTS.values():
        if isinstance(part, FrontRecords) and part.looks_up and found.get(part.key):
            part.looks_up(found[part.key])
    return found
