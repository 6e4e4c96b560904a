"""What a team's board shows of this room: its open items, the QR code to raise one, and the form for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.access import can_add
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.board_records import ask_for_boards, records_on_board
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.devices.access import reads_wall
from trustwide.rooms.devices.parts import (
    Addition,
    BoardLink,
    BoardPart,
    register_addition,
    register_link,
    register_part,
)
from trustwide.rooms.escalation import access, queries
from trustwide.rooms.escalation.codes import address_of_door, picture_of
from trustwide.rooms.escalation.forms import OpenForm
from trustwide.rooms.escalation.models import ON_WALL, Item
from trustwide.rooms.escalation.when import short_when
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

SHOWN, READ = 3, 41


def items_part(team: Place, person: Person | None) -> dict[str, Any]:
    """At most three open items with who has them and by when, and the way to raise one with no account."""
    items, door = records_on_board(team, person, "items"), queries.door_on_wall(team, person)
    shown = [(each, ON_WALL[each.sort], short_when(each.due_at) if each.due_at else "") for each in items[:SHOWN]]
    return {
        "items": shown,
        "more": len(items) - len(shown),
        "told": door.told if door else None,
        "answer": door.answer if door else None,
        "code": picture_of(address_of_door(door)) if door and door.is_open and reads_wall(person, team) else "",
    }


def may_raise(person: Person, team: Place) -> bool:
    return can_add(person, KINDS[Item._meta.label_lower], team)


def save(person: Person, team: Place, form: Any) -> Any:
    kind = KINDS[Item._meta.label_lower]
    number = add_record(by=person, kind=kind, place=team, fields=form.typed(), key=form.cleaned_data["key"])
    return queries.item_numbered(number)


ask_for_boards("items", READ, queries.waiting_at)
register_part(BoardPart("items", 12, "escalation/board-items.jinja", items_part))
register_addition(Addition("item", _("Raise something"), may_raise, OpenForm, save, offline=True, order=5))
register_link(BoardLink("raise-code/", _("QR code to raise something"), access.can_set_door))
