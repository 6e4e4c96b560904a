"""Who answers for somebody who is away. Nothing waits for a person on leave, and nothing goes round in a circle.

A deputy answers in one organisation: whoever works in two names one in each.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May, Reads
from trustwide.rooms.places.models import Deputy, Place, RoleHeld
from trustwide.rooms.places.reach import holds_on, not_over, reach_of

MOST_STEPS = 3  # a deputy who is away too has a deputy, and so on
LEADING = ("team-leader", "manager", "executive")
#: The roles of an organisation's own people: a guest answers for nobody.
OWN = sorted(key for key, role in ROLES.items() if role.reads is Reads.ORGANISATION)


def answers_for(person: Person, day: date, organisation: Place) -> Person:
    """Who answers there for a person that day: themselves, their deputy, or the deputy's own; three steps at most."""
    return answering([person], day, organisation)[person.pk]


def answering(people: Iterable[Person], day: date, organisation: Place) -> dict[UUID, Person]:
    """The same of many at once, by their ids: three queries at most, one where nobody is away."""
    answer = {each.pk: each for each in people}
    met = {number: {number} for number in answer}
    for _step in range(MOST_STEPS):
        named = _deputies({each.pk for each in answer.values()}, day, organisation)
        new = {number: named[each.pk] for number, each in answer.items() if each.pk in named}
        new = {number: deputy for number, deputy in new.items() if deputy.pk not in met[number]}
        if not new:
            break
        answer |= new
        for number, deputy in new.items():
            met[number].add(deputy.pk)
    return answer


def _deputies(people: set[UUID], day: date, organisation: Place) -> dict[UUID, Person]:
    running = running_on(day).filter(person__in=people, organisation=organisation).select_related("deputy")
    return {each.person_id: each.deputy for each in running}


def running_on(day: date) -> QuerySet[Deputy]:
    """Those of that day whose deputy still works in its organisation, and whose account is open."""
    works_there = Exists(_roles(day).filter(person=OuterRef("deputy"), place__organisation=OuterRef("organisation")))
    return Deputy.objects.filter(holds_on(day), works_there, deputy__is_active=True)


def _roles(day: date) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(holds_on(day), role__in=OWN, place__closed_on=None)


def may_name_for(by: Person, person: Person, organisation: Place) -> bool:
    """Each for themselves; for somebody off sick, who looks after people there, and who leads all that they do there.

    One role within reach is not enough: a ward's leader would say who answers for an executive with a shift there.
    """
    if by == person:
        return True
    at = [each.place for each in _held_in(organisation, person)]
    reach = reach_of(by)
    leads = [each.place for each in reach.roles if each.role in LEADING]
    led = all(any(place.holds(each) for place in leads) for each in at)
    return bool(at) and (reach.may(May.PEOPLE, organisation) or led)


def _held_in(organisation: Place, person: Person) -> QuerySet[RoleHeld]:
    """Every role of theirs there, now or later."""
    held = RoleHeld.objects.filter(not_over(today()), person=person, place__organisation=organisation)
    return held.select_related("place")


def works_in(person: Person) -> list[Place]:
    """The organisations where a person works today, by name: in each they may name somebody."""
    homes = _roles(today()).filter(person=person).values("place__organisation")
    return list(Place.objects.filter(pk__in=homes).order_by("name", "pk"))


def stands_in_for(person: Person, day: date, organisation: Place | None = None) -> list[Deputy]:
    """Those for whom a person is named to answer on that day, by name; in one organisation, or in all."""
    found = _within(running_on(day), organisation).filter(deputy=person, person__is_active=True)
    return list(found.select_related("person", "organisation").order_by("person__name", "pk"))


def deputies_of(person: Person, organisation: Place | None = None) -> list[Deputy]:
    """Whom a person named, for today or days to come; in one organisation, or in all."""
    return list(_of(person, organisation))


def deputy_of(person: Person, number: UUID, organisation: Place | None = None) -> Deputy | None:
    """One of these."""
    return _of(person, organisation).filter(pk=number).first()


def _of(person: Person, organisation: Place | None) -> QuerySet[Deputy]:
    found = _within(Deputy.objects.filter(person=person, ends__gte=today()), organisation)
    return found.select_related("deputy", "person", "organisation")


def _within(found: QuerySet[Deputy], organisation: Place | None) -> QuerySet[Deputy]:
    return found if organisation is None else found.filter(organisation=organisation)


def colleagues_called(person: Person, words: str, organisation: Place) -> list[Person]:
    """The people of that name, or of that e-mail address, who work there as the person does: two at most."""
    there = _roles(today()).filter(place__organisation=organisation)
    beside = Exists(there.filter(person=OuterRef("pk"))) & Exists(there.filter(person=person))
    called = Q(name__iexact=words) | Q(email__iexact=words)
    return list(Person.objects.filter(called, beside, is_active=True).exclude(pk=person.pk).order_by("pk")[:2])
