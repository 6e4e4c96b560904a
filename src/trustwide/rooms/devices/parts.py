"""What a board is made of, and what can be added at one: each registered by the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

TODAY, COLUMNS, ROW = AREAS = ("today", "columns", "row")


@dataclass(frozen=True)
class BoardPart:
    """A part of every team's board. `shows` is given the team and who looks: nobody, for a screen on the wall and for
    all of the organisation, who see the same there; a person only where it is a guest or a partner. Of them it asks:
    of records by `on_wall`, of all else by `access.reads_wall`.

    Its template is given the answer as `shown`. It writes titles by `open_page` of `devices/links.jinja`: links for
    people who are signed in, plain words on a wall. An answer with a `stale` sentence is told at the top of the board.
    A board has a line for the day at the top, its columns, and a row of parts beneath them: short ones, since a wall
    does not scroll. Three or four lines, then "and 2 more".
    """

    key: str
    order: int  # within its area, from the top or from the left
    template: str
    shows: Callable[[Place, Person | None], dict[str, Any]]
    area: str = ROW


@dataclass(frozen=True)
class Addition:
    """Something that people add at a board, where `open_to` says that they may.

    `form` is given who adds, the team, and what was sent (None: nothing yet). `save` does it, by the room's own action:
    the thing that it was done to, or None where it told the form what is wrong.
    """

    key: str  # in addresses: /st-brides/board/ward-7/add/number/
    words: Any  # the button: "Add a number"
    open_to: Callable[[Person, Place], bool]
    form: Callable[[Any, Place, Any], forms.Form]
    save: Callable[[Person, Place, Any], Any]
    fields: str = ""  # template of its fields; "" is one beneath the other
    #: Its form needs nobody (it is made with no person too), so it can be typed with no network and sent later. It has
    #: a hidden `key`, which makes a second sending harmless, and may have `happened_at`.
    offline: bool = False
    order: int = 50  # among the buttons, from the top


@dataclass(frozen=True)
class BoardLink:
    """A page beneath the board that is opened from its foot, for those to whom it is open."""

    address: str  # after the board's own
    words: Any
    open_to: Callable[[Person, Place], bool]


PARTS: dict[str, BoardPart] = {}
ADDITIONS: dict[str, Addition] = {}
LINKS: list[BoardLink] = []


def register_part(part: BoardPart) -> None:
    """Called once by each part's room, as it is loaded. ValueError where the key is taken."""
    _register(PARTS, part)


def register_addition(addition: Addition) -> None:
    """Called once by each addition's room, as it is loaded. ValueError where the key is taken."""
    _register(ADDITIONS, addition)


def register_link(link: BoardLink) -> None:
    """Called once by each page's room, as it is loaded."""
    LINKS.append(link)


def _register(there: dict[str, Any], new: BoardPart | Addition) -> None:
    if new.key in there:
        raise ValueError(f"{new.key} is registered already")
    there[new.key] = new


def parts() -> list[BoardPart]:
    return sorted(PARTS.values(), key=lambda each: each.order)


def links_for(person: Person | None, team: Place) -> list[BoardLink]:
    """The pages beneath a team's board that a person may open."""
    return [each for each in LINKS if person is not None and each.open_to(person, team)]


def additions_for(person: Person, team: Place) -> list[Addition]:
    """What a person may add at a team's board."""
    open_ones = [each for each in ADDITIONS.values() if team.closed_on is None and each.open_to(person, team)]
    return sorted(open_ones, key=lambda each: each.order)


def offline_additions() -> list[Addition]:
    """What can be written with no network."""
    return sorted((each for each in ADDITIONS.values() if each.offline), key=lambda each: each.order)
