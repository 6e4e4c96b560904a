"""The records that boards tell of, each kind asked for by its own room: all of a board's are read at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from trustwide.rooms.commons.read_together import read_together
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

ASKED: dict[str, tuple[int, Callable[[Place], QuerySet[Any]]]] = {}


def ask_for_boards(key: str, most: int, asks: Callable[[Place], QuerySet[Any]]) -> None:
    """Called once by a room for what it tells of, as it is loaded: at most so many, in an order.

    A board shows of them only what it may (`on_wall`). ValueError where the key is taken.
    """
    if key in ASKED:
        raise ValueError(f"{key} is asked for already")
    ASKED[key] = most, asks


def records_on_board(team: Place, person: Person | None, key: str) -> list[Any]:
    """What is asked for under a key: whole, as whoever looks may see it. All keys are read with the first of them.

    They are kept on the team as it was read from the database for this look.
    """
    found = getattr(team, "_records_on_board", None)
    if found is None or found[0] != person:
        asked: dict[str, Any] = {each: asks(team) for each, (_most, asks) in ASKED.items()}
        shown = {each: rows.on_wall(team, person)[: ASKED[each][0]] for each, rows in asked.items()}
        found = team._records_on_board = person, read_together(shown)  # type: ignore[attr-defined]
    return found[1][key]  # type: ignore[no-any-return]
