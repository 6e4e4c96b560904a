"""What this room puts on front pages: an owner whose measure changed, once its notice was read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.front_lines import NEEDS, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.gains.models import Gain
from trustwide.rooms.gains.queries import gains_changed
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

SHOWN = 2


def changed_for_the_worse(gain: Gain, person: Person, place: Place) -> Line:
    return Line(gain.title, address_of(gain), _("Its measure changed for the worse. Is it still working?"))


register_front(
    FrontRecords("gains-changed", NEEDS, 30, SHOWN, lambda person, place: gains_changed(person), changed_for_the_worse)
)
