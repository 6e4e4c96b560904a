"""Who may do what with shared devices. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import TEAM, Place
from trustwide.rooms.places.reach import reach_of


def can_keep_devices(person: Person, team: Place) -> bool:
    """Whether the person may add shared devices at a team, rename them and end them."""
    return team.level == TEAM and team.closed_on is None and reach_of(person).may(May.DEVICES, team)


def works_at(person: Person, team: Place) -> bool:
    """Whether the person holds a role at a team today, or above it. A disabled person holds none."""
    return any(each.place.holds(team) for each in reach_of(person).roles)
