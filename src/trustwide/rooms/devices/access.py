"""Who may do what with shared devices. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import GROUP, TEAM, Place
from trustwide.rooms.places.reach import reach_of


def can_keep_devices(person: Person, team: Place) -> bool:
    """Whether the person may add shared devices at a team, rename them and end them."""
    return team.level == TEAM and team.closed_on is None and reach_of(person).may(May.DEVICES, team)


def reads_wall(person: Person | None, team: Place) -> bool:
    """Whether whoever looks reads what stands on a team's wall and is no record, such as its plan of the day.

    Who stands before it (None) does, its organisation's people, and who is asked in there. Partners and the group read
    the records that are shared with them.
    """
    if person is None:
        return True
    reach = reach_of(person)
    asked_in = any(each.place.level != GROUP and each.place.holds(team) for each in reach.roles)
    return asked_in or reach.belongs_to(team.organisation)


def works_at(person: Person, team: Place) -> bool:
    """Whether the person holds a role at a team today, or above it. A disabled person holds none."""
    return any(each.place.holds(team) for each in reach_of(person).roles)
