"""What this room puts on front pages: an owner whose measure changed, once its notice was read."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.front_lines import NEEDS, FrontPart, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.gains.queries import signals_for_owner
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

SHOWN = 2


def changed_for_the_worse(person: Person, place: Place) -> Iterable[Line]:
    asks = _("Its measure changed for the worse. Is it still working?")
    return [Line(each.gain.title, address_of(each.gain), asks) for each in signals_for_owner(person)[:SHOWN]]


register_front(FrontPart("gains-changed", NEEDS, 30, changed_for_the_worse))
