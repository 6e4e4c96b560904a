"""Every write of this room that commons does not do by itself: starting a drawing about something."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from trustwide.rooms.commons.actions import add_record, link_records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.models import Record
from trustwide.rooms.commons.together import added
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.tools.models import Drawing


@transaction.atomic
def start_drawing(
    *, by: Person, place: Place, fields: dict[str, Any], about: Record | None = None, key: UUID | None = None
) -> UUID:
    """A new drawing, joined to what it came from; its id. The same `key` again gives the same id and adds nothing."""
    number = add_record(by=by, kind=KINDS[Drawing._meta.label_lower], place=place, fields=fields, key=key)
    if about is not None:
        link_records(by=by, start=added(Drawing, number, "place"), meaning=CAME_FROM, end=about)
    return number
