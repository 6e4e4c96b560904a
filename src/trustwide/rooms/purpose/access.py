"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.commons import access
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose.agreement import side_of
from trustwide.rooms.purpose.models import DocumentCheck, Objective
from trustwide.rooms.purpose.queries import upper_of


def can_answer(person: Person, objective: Objective) -> bool:
    """Whoever may speak for one of the two sides; while there is no upper one, nobody need."""
    upper = upper_of(objective)
    return upper is not None and bool(side_of(person, objective, upper))


def can_check_again(person: Person, check: DocumentCheck) -> bool:
    """Whoever may add a check at its place."""
    return access.can_add(person, kind_of(check), check.place)
