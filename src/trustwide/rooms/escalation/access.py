"""Who may do what with an item. Predicates only."""

from __future__ import annotations

from trustwide.rooms.escalation.codes import is_somebody
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.tiers import tiers_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.deputies import answers_for
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


def can_answer(person: Person, item: Item) -> bool:
    """Who has it, who answers for them today, and who may change things at the place of the tier where it stands."""
    if person.pk == item.owner_id or any(reach_of(person).may(May.CHANGE, each) for each in _place_of_tier(item)):
        return True
    return item.owner is not None and answers_for(item.owner, today(), item.organisation).pk == person.pk


def _place_of_tier(item: Item) -> list[Place]:
    tiers = tiers_of(item.organisation)  # which may be fewer than when it was raised: then the top has it
    levels = [each.level for each in tiers if each.number == item.tier] or [tiers[-1].level]
    return list(Place.objects.above(item.place).filter(level__in=levels).select_related("organisation"))


def raised_it(person: Person, item: Item) -> bool:
    """Who raised it says whether an answer helped, and whether a later day will do."""
    return person.pk == item.created_by_id


def has_code(person: Person, item: Item) -> bool:
    """Whoever has no account speaks of what they raised; the page asks for its code first."""
    return is_somebody(person) and item.by_code


def can_set_tiers(person: Person, organisation: Place) -> bool:
    return reach_of(person).may(May.TIERS, organisation)


def can_set_door(person: Person, team: Place) -> bool:
    return reach_of(person).may(May.CHANGE, team)
