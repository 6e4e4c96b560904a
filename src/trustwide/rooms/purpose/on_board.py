"""What a team's board shows of this room: the latest message to all staff."""

from __future__ import annotations

from typing import Any

from trustwide.rooms.commons.board_records import ask_for_boards, records_on_board
from trustwide.rooms.devices.parts import BoardPart, register_part
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import queries


def message_part(team: Place, person: Person | None) -> dict[str, Any]:
    return {"message": next(iter(records_on_board(team, person, "message")), None)}


ask_for_boards("message", 1, queries.messages_for_board)
register_part(BoardPart("message", 20, "purpose/board-message.jinja", message_part))
