"""Every read of who works in an organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Invitation, Person
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import holds_on, not_over


@dataclass(frozen=True)
class Asked:
    """What the page of people is asked for; what makes no sense asks for nothing."""

    words: tuple[str, ...] = ()
    place: Place | None = None
    role: str = ""
    everyone: bool = False  # those who left, or have yet to begin, too
    by_email: bool = False


@dataclass
class Worker:
    """One line of the page: a person and the roles they hold here."""

    person: Person
    roles: list[RoleHeld] = field(default_factory=list)


def roles_at(organisation: Place) -> QuerySet[RoleHeld]:
    """Every role that was, is or will be held in an organisation."""
    return RoleHeld.objects.filter(place__organisation=organisation)


def _running() -> Q:
    return holds_on(today()) & Q(place__closed_on=None)


def workers(organisation: Place, asked: Asked) -> QuerySet[Person]:
    """The people of an organisation, by name."""
    roles = roles_at(organisation).filter(person=OuterRef("pk"))
    if not asked.everyone:
        roles = roles.filter(_running())
    if asked.place:
        roles = roles.filter(place__path__startswith=asked.place.path)
    if asked.role:
        roles = roles.filter(role=asked.role)
    people = Person.objects.filter(Exists(roles)) if asked.everyone else _open().filter(Exists(roles))
    for word in asked.words:
        here = Q(name__icontains=word)
        people = people.filter(here | Q(email__icontains=word) if asked.by_email else here)
    return people.order_by("name", "pk")


def _open() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True)


def with_roles(organisation: Place, people: list[Person]) -> list[Worker]:
    """The people of one page, each with the roles that they hold here today: one query."""
    found = {each.pk: Worker(each) for each in people}
    held = roles_at(organisation).filter(_running(), person__in=list(found)).select_related("place__organisation")
    for each in held.order_by("place__name", "role"):
        found[each.person_id].roles.append(each)
    return list(found.values())


def worker(organisation: Place, number: UUID, *, closed: bool) -> Person | None:
    """A person with a role here, now or at another time; whose account is `closed` only where that may be seen."""
    people = Person.objects.all() if closed else _open()
    return people.filter(Exists(roles_at(organisation).filter(person=OuterRef("pk")))).filter(pk=number).first()


@dataclass(frozen=True)
class Roles:
    """The roles of one person here: those that run, those to come, and those that are over."""

    now: list[RoleHeld]
    later: list[RoleHeld]
    before: list[RoleHeld]


def left_before(day: date) -> QuerySet[Person]:
    """Those whose last role, of all they held anywhere, was over before a day: each `last` it was held.

    Not who never held one, nor who is asked in anew. Whose account is closed already is no more among them.
    """
    held = RoleHeld.objects.filter(person=OuterRef("pk"))
    asked = Invitation.objects.filter(email__iexact=OuterRef("email"), used_at=None, ends_at__gt=timezone.now())
    over = _open().annotate(last=Max("roles__ends")).filter(last__lt=day)
    return over.exclude(Exists(held.filter(ends=None))).exclude(Exists(asked)).order_by("pk")


def holds_nothing(person: Person) -> bool:
    """Whether every role that they held anywhere is over."""
    return not RoleHeld.objects.filter(not_over(today()), person=person).exists()


def roles_of(organisation: Place, person: Person) -> Roles:
    held = roles_at(organisation).filter(person=person).select_related("place__organisation")
    found: dict[str, list[RoleHeld]] = {"now": [], "later": [], "before": []}
    for each in held.order_by("-starts", "place__name"):
        over = each.place.closed_on is not None or (each.ends is not None and each.ends < today())
        found["before" if over else "now" if each.starts <= today() else "later"].append(each)
    return Roles(**found)


def role_of(organisation: Place, person: Person, number: UUID) -> RoleHeld | None:
    """A role that the person holds here, today or from a day to come on."""
    held: Any = roles_at(organisation).filter(Q(ends=None) | Q(ends__gte=today()), person=person, pk=number)
    found: RoleHeld | None = held.select_related("place__organisation", "person").first()
    return found
