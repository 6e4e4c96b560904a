"""Who answers for somebody who is away. Nothing waits for a person on leave, and nothing goes round in a circle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May, Reads
from trustwide.rooms.places.models import Deputy, Place, RoleHeld
from trustwide.rooms.places.reach import holds_on, reach_of

MOST_STEPS = 3  # a deputy who is away too has a deputy, and so on
LEADING = ("team-leader", "manager", "executive")
#: The roles of an organisation's own people: a guest answers for nobody.
OWN = sorted(key for key, role in ROLES.items() if role.reads is Reads.ORGANISATION)


def answers_for(person: Person, day: date, organisation: Place | None = None) -> Person:
    """Who answers for a person on that day: themselves, or their deputy, or the deputy's own, three steps at most.

    With an `organisation`, only a deputy who holds a role in it answers there.
    """
    return answering([person], day, organisation)[person.pk]


def answering(people: Iterable[Person], day: date, organisation: Place | None = None) -> dict[UUID, Person]:
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


def _deputies(people: set[UUID], day: date, organisation: Place | None) -> dict[UUID, Person]:
    running = _good(day, organisation).filter(person__in=people).select_related("deputy")
    return {each.person_id: each.deputy for each in running}


def _good(day: date, organisation: Place | None) -> QuerySet[Deputy]:
    """Those of that day who still work in the same organisation, and whose account is open."""
    running: Any = Deputy.objects.filter(holds_on(day), deputy__is_active=True)
    theirs = _roles(day).filter(person=OuterRef(OuterRef("person"))).values("place__organisation")
    where = Q(place__organisation=organisation) if organisation else Q(place__organisation__in=theirs)
    found: QuerySet[Deputy] = running.filter(Exists(_roles(day).filter(where, person=OuterRef("deputy"))))
    return found


def _roles(day: date) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.filter(holds_on(day), role__in=OWN, place__closed_on=None)


def may_name_for(by: Person, person: Person) -> bool:
    """Each for themselves; for somebody off sick, who leads where they work, and who looks after people there."""
    if by == person:
        return True
    reach, works_at = reach_of(by), _roles(today()).filter(person=person).select_related("place__organisation")
    leads = [each.place for each in reach.roles if each.role in LEADING]
    return any(
        reach.may(May.PEOPLE, each.place.organisation) or any(place.holds(each.place) for place in leads)
        for each in works_at
    )


def stands_in_for(person: Person, day: date) -> list[Deputy]:
    """Those for whom a person is named to answer on that day, by name."""
    found = _good(day, None).filter(deputy=person, person__is_active=True).select_related("person")
    return list(found.order_by("person__name", "pk"))


def deputies_of(person: Person) -> list[Deputy]:
    """Whom a person named, for today or days to come."""
    return list(Deputy.objects.filter(person=person, ends__gte=today()).select_related("deputy", "person"))


def deputy_of(person: Person, number: UUID) -> Deputy | None:
    """One of these."""
    return Deputy.objects.filter(person=person, ends__gte=today(), pk=number).select_related("deputy", "person").first()


def colleagues_called(person: Person, words: str) -> list[Person]:
    """The people of that name, or of that e-mail address, who work in an organisation of the person's: two at most."""
    homes = _roles(today()).filter(person=person).values("place__organisation")
    beside = Exists(_roles(today()).filter(person=OuterRef("pk"), place__organisation__in=homes))
    called = Q(name__iexact=words) | Q(email__iexact=words)
    return list(Person.objects.filter(called, beside, is_active=True).exclude(pk=person.pk).order_by("pk")[:2])
