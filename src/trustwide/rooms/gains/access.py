"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.gains.models import Gain
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.reach import reach_of


def can_answer(person: Person, gain: Gain) -> bool:
    """Whoever works at its place: those who do it know whether it lasts."""
    return reach_of(person).may(May.ADD, gain.place)
