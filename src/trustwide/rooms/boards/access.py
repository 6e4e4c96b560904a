"""Who may do what at a team's board. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import TEAM, Place
from trustwide.rooms.places.reach import reach_of


def _is_open(team: Place) -> bool:
    return team.level == TEAM and team.closed_on is None


def can_arrange(person: Person, team: Place) -> bool:
    """Whether the person may say what stands on the board, and where."""
    return _is_open(team) and reach_of(person).may(May.CHANGE, team)


def can_write(person: Person, team: Place) -> bool:
    """Whether the person may write the team's plan and its huddles."""
    return _is_open(team) and reach_of(person).may(May.ADD, team)


def can_thank(person: Person, team: Place) -> bool:
    return _is_open(team) and reach_of(person).may(May.COMMENT, team)
