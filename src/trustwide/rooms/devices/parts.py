"""What a board is made of, and what can be added at one: each registered by the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@dataclass(frozen=True)
class BoardPart:
    """A part of every team's board. `shows` is given the team and who looks: nobody, for a screen on the wall.

    Its template is given the answer as `shown`. An answer with a `stale` sentence is told at the top of the board.
    """

    key: str
    order: int  # on the board, from the top
    template: str
    shows: Callable[[Place, Person | None], dict[str, Any]]


@dataclass(frozen=True)
class Addition:
    """Something that people add at a board, where `open_to` says that they may.

    `form` is given who adds, the team, and what was sent (None: nothing yet). `save` does it, by the room's own action:
    the thing that it was done to, or None where it told the form what is wrong.
    """

    key: str  # in addresses: /st-brides/board/ward-7/add/number/
    words: Any  # the button: "Add a number"
    open_to: Callable[[Person, Place], bool]
    form: Callable[[Person, Place, Any], forms.Form]
    save: Callable[[Person, Place, Any], Any]


PARTS: dict[str, BoardPart] = {}
ADDITIONS: dict[str, Addition] = {}


def register_part(part: BoardPart) -> None:
    """Called once by each part's room, as it is loaded. ValueError where the key is taken."""
    _register(PARTS, part)


def register_addition(addition: Addition) -> None:
    """Called once by each addition's room, as it is loaded. ValueError where the key is taken."""
    _register(ADDITIONS, addition)


def _register(there: dict[str, Any], new: BoardPart | Addition) -> None:
    if new.key in there:
        raise ValueError(f"{new.key} is registered already")
    there[new.key] = new


def parts() -> list[BoardPart]:
    return sorted(PARTS.values(), key=lambda each: each.order)


def additions_for(person: Person, team: Place) -> list[Addition]:
    """What a person may add at a team's board."""
    return [each for each in ADDITIONS.values() if team.closed_on is None and each.open_to(person, team)]
