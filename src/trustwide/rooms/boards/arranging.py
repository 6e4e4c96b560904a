"""The page on which a team arranges its board: the columns with their cards, and what was just done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.boards import queries
from trustwide.rooms.boards.models import MOST_CARDS, Board, Card
from trustwide.rooms.places.models import Place


def context(team: Place, board: Board, moved: str) -> dict[str, Any]:
    cards = list(queries.cards_to_arrange(team))
    columns = [(name, [card for card in cards if card.column == number]) for number, name in enumerate(board.columns)]
    first, last = (cards[0], cards[-1]) if cards else (None, None)
    return {
        "team": team,
        "columns": columns,
        "full": len(cards) >= MOST_CARDS,
        "top": first.pk if first and first.column == 0 else None,
        "foot": last.pk if last and last.column == len(board.columns) - 1 else None,
        "said": said(columns, moved),
    }


def said(columns: list[tuple[Any, list[Card]]], moved: str) -> str:
    """Where a card stands now, in words: what a screen reader says after a move."""
    if moved == "off":
        return _("It is taken off the board. The measure itself stays.")
    if moved == "set-up":
        return _("It is saved. The board is set up like that now.")
    for name, cards in columns:
        for place, card in enumerate(cards, start=1):
            if str(card.pk) == moved:
                told = {"title": card.measure.title, "place": place, "count": len(cards), "column": name}
                return _("%(title)s is now number %(place)s of %(count)s in %(column)s.") % told
    return ""
