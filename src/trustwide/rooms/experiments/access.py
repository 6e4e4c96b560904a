"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


def can_set_limits(person: Person, organisation: Place) -> bool:
    """Those who speak for the board there."""
    return reach_of(person).may(May.SPEAK, organisation)
