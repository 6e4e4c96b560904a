"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


def can_set_limits(person: Person, organisation: Place) -> bool:
    """The board's members, and executives of the whole organisation for it."""
    return reach_of(person).may(May.TRUST, organisation)
