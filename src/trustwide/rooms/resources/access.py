"""Who may do what in this room, where commons does not say it already. Predicates only."""

from __future__ import annotations

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.resources.models import Case, Draw, Pot


def can_set_pot(person: Person, place: Place) -> bool:
    """The board's members, and executives of the whole organisation for it; who leads a part sets no pot for it."""
    return place.closed_on is None and reach_of(person).may(May.TRUST, place.organisation)


def can_draw(person: Person, pot: Pot, team: Place) -> bool:
    """Whoever works in a team of the place that the pot is for."""
    return team.closed_on is None and pot.place.holds(team) and reach_of(person).may(May.ADD, team)


def can_say_what_came(person: Person, draw: Draw) -> bool:
    return reach_of(person).may(May.ADD, draw.team)


def can_blank_draw(person: Person, draw: Draw) -> bool:
    return reach_of(person).may(May.REDACT, draw.team)


def can_agree(person: Person, case: Case) -> bool:
    """The one who was asked to, and nobody for them."""
    return case.partner_id == person.pk
