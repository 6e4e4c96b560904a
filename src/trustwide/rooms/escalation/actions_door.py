"""What people with no account do, and who lets them: the QR code of a team, and the answer to a code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from trustwide.rooms.commons.actions import add_record, comment_on
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.escalation import access
from trustwide.rooms.escalation.codes import is_somebody
from trustwide.rooms.escalation.models import Door, Item
from trustwide.rooms.escalation.writing import note_helped, take
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@transaction.atomic
def set_door(*, by: Person, team: Place, is_open: bool, renew: bool = False) -> Door:
    """Open or close a team to people with no account; `renew` makes a new QR code, and the old one opens nothing."""
    if not access.can_set_door(by, team):
        raise NotAllowed
    door, is_new = Door.objects.get_or_create(team=team, defaults={"is_open": is_open})
    door = Door.objects.select_for_update().get(team=team)
    door.is_open, door.turn = is_open, door.turn + (renew and not is_new)
    door.save()
    record_act(
        by=by, verb="set-door", thing=door, organisation=team.organisation_id, fields=["is_open"], related=team.pk
    )
    return door


def raise_without_account(*, by: Person, team: Place, fields: dict[str, Any], key: UUID | None = None) -> UUID:
    """Raise something at a team whose door is open; its id. `by` is whoever has no account. The same `key` is once."""
    if not is_somebody(by):
        raise NotAllowed
    return add_record(by=by, kind=KINDS[Item._meta.label_lower], place=team, fields=fields, key=key)


@transaction.atomic
def say_by_code(*, by: Person, item: Item, helped: bool, words: str = "") -> None:
    """Whoever has the code of an item says whether the answer helped, and what is still wrong."""
    mine = take(item)
    if not access.has_code(by, mine):
        raise NotAllowed
    said = comment_on(by=by, record=mine, text=words, may=access.has_code) if words else None
    note_helped(by, mine, helped=helped, comment=said)
