"""Who may do what in this room. Predicates only."""

from __future__ import annotations

from trustwide.rooms.decisions.models import OPEN, Booking, Decision
from trustwide.rooms.decisions.scheme import BOARD, FALLBACK, running_lines
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.deputies import answers_for
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


def can_decide(person: Person, decision: Decision) -> bool:
    """Its owner, whoever holds the same role at the same place, and whoever answers for the owner today."""
    if decision.owner is None:
        return False
    if decision.owner_id == person.pk or _shares_the_role(person, decision):
        return True
    return answers_for(decision.owner, today(), decision.organisation) == person


def _shares_the_role(person: Person, decision: Decision) -> bool:
    roles = (FALLBACK, BOARD) if decision.role == BOARD else (decision.role,)  # an executive may still be quicker
    held = [each for each in reach_of(person).roles if each.role in roles]
    return any(each.place.level == decision.level and each.place.holds(decision.place) for each in held)


def can_take_back(decision: Decision) -> bool:
    """While it is open; after that it is decided, and a new question can be asked."""
    return decision.stage in OPEN


def can_put_off(decision: Decision) -> bool:
    """ "Not yet" counts once."""
    return not decision.put_off


def can_join(person: Person, decision: Decision) -> bool:
    """Whoever works here and may comment, while it is open."""
    reach = reach_of(person)
    works_here = reach.belongs_to(decision.organisation) and reach.may_anywhere(May.COMMENT)
    return decision.stage in OPEN and works_here


def can_offer(person: Person, organisation: Place) -> bool:
    """Whoever holds a role here in which the scheme lets somebody decide."""
    held = {each.role for each in reach_of(person).roles if each.place.organisation_id == organisation.pk}
    return bool(held & {FALLBACK, *running_lines(organisation).values_list("role", flat=True)})


def can_blank(person: Person, booking: Booking) -> bool:
    """Whoever booked a drop-in, whoever offers it, and whoever may blank out words."""
    both = (booking.person_id, booking.slot.person_id)
    return person.pk in both or reach_of(person).may(May.REDACT, booking.slot.organisation)


def can_set_scheme(person: Person, organisation: Place) -> bool:
    return reach_of(person).may(May.SCHEME, organisation)
