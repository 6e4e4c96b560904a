"""Every read of this room that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import DIRECTORATE, ORGANISATION, TEAM, Place
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.resources.access import can_draw, can_set_pot
from trustwide.rooms.resources.models import SORTS, Benefit, Case, Draw, Pot

POTS, TEAMS, PEOPLE = 30, 200, 300


def pots_of(organisation: Place) -> list[Pot]:
    """The pots of an organisation, those that are open first: as many as a page shows. One query."""
    found = Pot.objects.filter(organisation=organisation).select_related("place").order_by("-ends", "place__path", "pk")
    return sorted(found[:POTS], key=lambda pot: not pot.is_open)


def draws_of(organisation: Place, pot: Pot | None = None) -> QuerySet[Draw]:
    """What teams took, the newest first: from all pots of an organisation, or from one."""
    found = Draw.objects.filter(pot__organisation=organisation).select_related("team", "pot__place")
    return (found.filter(pot=pot) if pot else found).order_by("-at", "-pk")


def pot_in(organisation: Place, number: UUID) -> Pot | None:
    return Pot.objects.filter(organisation=organisation, pk=number).select_related("place__organisation", "by").first()


def draw_in(organisation: Place, number: UUID) -> Draw | None:
    found = Draw.objects.filter(pot__organisation=organisation, pk=number)
    return found.select_related("team__organisation", "pot__place").first()


def teams_to_draw_for(person: Person, pot: Pot) -> list[Place]:
    """The teams of the place that a pot is for, in which the person works. One query."""
    teams = Place.objects.open().within(pot.place).within_any(each.place for each in reach_of(person).roles)
    teams = teams.filter(level=TEAM).select_related("organisation")
    return [each for each in teams.order_by("name")[:TEAMS] if can_draw(person, pot, each)]


def places_to_set_for(person: Person, organisation: Place) -> list[Place]:
    """Where the person may set a pot: the organisation and its directorates, or nowhere. One query."""
    levels = (ORGANISATION, DIRECTORATE, organisation.level)
    found = Place.objects.open().filter(organisation=organisation, level__in=levels).select_related("organisation")
    return [each for each in found.order_by("path") if can_set_pot(person, each)]


def draws_to_ask(place: Place) -> QuerySet[Draw]:
    """What a team took three months ago or more, of which nobody has said what came of it."""
    open_ = Draw.objects.filter(team=place, ask_on__lte=today(), came="", given_back=False)
    return open_.order_by("ask_on", "pk")


def benefits_of(case: Case) -> list[Benefit]:
    """Those of a case with what was seen of each: in the order of their kinds, patients first. Two queries."""
    return in_order(case.benefits.prefetch_related("seen"))


def in_order(benefits: Iterable[Benefit]) -> list[Benefit]:
    places = list(SORTS)
    return sorted(benefits, key=lambda each: (places.index(each.sort), each.at, each.pk))


def benefit_of(case: Case, number: UUID) -> Benefit | None:
    return case.benefits.filter(pk=number).first()


def partners_to_choose(case: Case, person: Person) -> QuerySet[Person]:
    """Who can be asked to agree the numbers: those with a role in its organisation who did not write them."""
    there = Person.objects.filter(is_active=True, roles__place__organisation=case.organisation_id)
    own = [case.owner_id, case.created_by_id, person.pk]
    return there.exclude(pk__in=[each for each in own if each]).distinct().order_by("name")
