"""How far a person reaches: where they hold roles today, what they may read, and what they may do there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.signals import post_delete, post_save

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May, Reads
from trustwide.rooms.places.models import GROUP, PartnershipMember, Place, RoleHeld
from trustwide.rooms.places.rule import Lists, texted

TEAM_SHARED, ORGANISATION_SHARED, GROUP_SHARED, PARTNERS_SHARED, PUBLIC = SHARINGS = (
    "team", "organisation", "group", "partners", "public",
)  # fmt: skip


def holds_on(day: date) -> Q:
    """The roles, or memberships, that run on that day."""
    return Q(starts__lte=day) & not_over(day)


def not_over(day: date) -> Q:
    """Those that run on that day, and those that begin later."""
    return Q(ends=None) | Q(ends__gte=day)


def shown_on_wall(team: Place) -> Q:
    """What of the records a screen on a team's wall may show: what its staff read, but nothing that is kept to a team.

    Anybody may stand before it, so it is not told who looks.
    """
    anyone = RoleHeld(place=team, role="staff")
    return Reach(Person(), today(), (anyone,)).reads() & ~Q(sharing=TEAM_SHARED)


def _is_for_board(held: RoleHeld, what: May, place: Place) -> bool:
    """Whether it is the board's to do, at a place of the organisation on whose board that role is held."""
    at_board = held.place.kind == "board" and held.place.organisation_id == place.organisation_id
    return what is May.TRUST and at_board


@dataclass(frozen=True)
class Reach:
    """The roles of one person on one day. Made anew for each request, so a role that ends is gone on the next."""

    person: Person
    day: date
    roles: tuple[RoleHeld, ...]

    @classmethod
    def of(cls, person: Person, day: date | None = None) -> Reach:
        """One query. A person who is disabled reaches nothing, and a visitor who is not signed in holds no role."""
        day = day or today()
        if not person.is_authenticated:
            return cls(person, day, ())
        return cls(person, day, tuple(_held().filter(holds_on(day), person=person)))

    def may(self, what: May, place: Place) -> bool:
        """Whether a role held at that place or above lets the person do it; on a board, for all its organisation."""
        return any(
            what in ROLES[each.role].may and (each.place.holds(place) or _is_for_board(each, what, place))
            for each in self.roles
        )

    def belongs_to(self, organisation: Place) -> bool:
        """Whether the person reads the organisation as one of its own: no guest, no neighbour, no partner."""
        return organisation.pk in self.organisations

    def knows_people_of(self, organisation: Place) -> bool:
        """Whether the person may see who works there: its own people, and whoever looks after them."""
        return self.belongs_to(organisation) or self.may(May.PEOPLE, organisation)

    def looks_after(self, person: Person) -> bool:
        """Whether the person may look after the whole account of another: every role it holds, now or later, is
        within their reach. Somebody who works elsewhere too is for both administrators, each for the roles at home.
        """
        roles = RoleHeld.objects.filter(person=person).select_related("place")
        theirs = [(each, self.may(May.PEOPLE, each.place)) for each in roles]
        running = [mine for each, mine in theirs if each.ends is None or each.ends >= today()]
        return any(mine for _each, mine in theirs) and all(running)

    def may_anywhere(self, what: May) -> bool:
        return any(what in ROLES[each.role].may for each in self.roles)

    @cached_property
    def organisations(self) -> list[UUID]:
        """The organisations (or groups) that the person reads as one of its own."""
        return sorted({each.place.organisation_id for each in self._insiders()})

    @cached_property
    def groups(self) -> list[UUID]:
        """The groups whose shared work the person reads: their own, and those of their organisations."""
        homes = [each.place.organisation for each in self._insiders()]
        above = {home.parent_id for home in homes if home.parent_id}
        return sorted(above | {home.pk for home in homes if home.level == GROUP})

    def _insiders(self) -> list[RoleHeld]:
        return [each for each in self.roles if ROLES[each.role].reads is Reads.ORGANISATION]

    def reads(self) -> Q:
        """What of the records the person may read, for a queryset of records."""
        return self._reads

    @cached_property
    def _reads(self) -> Q:
        """The one rule.

        Team things go to those with a role there or above; the rest to the organisation, its group or its partners.
        A guest, or a service-user partner, reads only what belongs to the place they were asked to; of teams' own
        things those of that very team, and none of teams below.
        Places are subqueries, which a database answers once; joined, it would look two of them up for each record.
        """
        wide = Q(sharing=PUBLIC)
        wide |= Q(organisation__in=self.organisations) & ~Q(sharing=TEAM_SHARED)
        if self.groups:
            below = _of_groups(tuple(self.groups))
            in_group = Q(organisation__in=self.groups) | Q(organisation__in=below)
            wide |= in_group & Q(sharing__in=(GROUP_SHARED, PARTNERS_SHARED))
        if self.organisations:
            wide |= Q(organisation__in=_partners_of(tuple(self.organisations), self.day), sharing=PARTNERS_SHARED)
        for each in {(held.place_id, held.role): held for held in self.roles}.values():
            wide |= Q(place__in=_below(each.place.path)) & self._at_own_place(each)
        return wide

    def _at_own_place(self, held: RoleHeld) -> Q:
        """A role at a group does not open the teams' own things below it, nor does that of somebody asked in."""
        if held.place.level == GROUP:
            return Q(organisation_id=held.place_id)
        if ROLES[held.role].reads is Reads.ORGANISATION:
            return Q()
        return ~Q(sharing=TEAM_SHARED) | Q(place=held.place_id)

    def can_read_place(self, place: Place) -> bool:
        """Whether the person may open the pages of a place: its organisation's own, its group's, and its partners'."""
        if place.organisation_id in self.organisations or place.organisation.parent_id in self.groups:
            return True
        if place.organisation_id in self.groups or any(each.place.holds(place) for each in self.roles):
            return True
        return bool(self.organisations) and self._is_partner(place.organisation_id)

    def _is_partner(self, organisation: UUID) -> bool:
        return _partners(tuple(self.organisations), self.day).filter(organisation=organisation).exists()


#: The spelling of subqueries, kept: what they find is asked for each time.
KEPT = 1024


@lru_cache(KEPT)
def _below(path: str) -> RawSQL:
    return texted(Place.objects.filter(path__startswith=path).order_by().values("pk"))


@lru_cache(KEPT)
def _of_groups(groups: tuple[UUID, ...]) -> RawSQL:
    return texted(Place.objects.filter(parent__in=groups).order_by().values("pk"))


@lru_cache(KEPT)
def _partners_of(organisations: tuple[UUID, ...], day: date) -> RawSQL:
    return texted(_partners(organisations, day))


def _partners(organisations: tuple[UUID, ...], day: date):  # type: ignore[no-untyped-def]
    """The organisations in a partnership with one of those, both having agreed, as a subquery."""
    running = PartnershipMember.objects.filter(holds_on(day), accepted_on__lte=day)
    shared = running.filter(organisation__in=organisations).values("partnership")
    return running.filter(partnership__in=shared).values("organisation")


def _held() -> QuerySet[RoleHeld]:
    """Every role of those who may sign in, at places that are open, whenever it runs."""
    held = RoleHeld.objects.filter(person__is_active=True, place__closed_on=None)
    return held.select_related("place", "place__organisation").order_by("starts", "pk")


class _Kept:
    """What was read, and the reaches that were made of it: of each person one for each set of roles that run.

    Their day is the first that was asked for of those on which the same memberships of partnerships run.
    """

    def __init__(self) -> None:
        self.roles: dict[UUID, list[RoleHeld]] = {}
        self.memberships: list[PartnershipMember] | None = None
        self.days: dict[tuple[int, ...], date] = {}
        self.reaches: dict[tuple[Any, ...], Reach] = {}
        self.lists: Lists = {}

    def reach(self, person: Person) -> Reach:
        day = today()
        if not self.roles:
            for each in _held():
                self.roles.setdefault(each.person_id, []).append(each)
        if person.pk not in self.roles:
            self.roles[person.pk] = list(_held().filter(person=person))
        held = tuple(each for each in self.roles[person.pk] if each.runs_on(day))
        key = (person.pk, self._first(day), held)
        if key not in self.reaches:
            self.reaches[key] = Reach(person, key[1], held)
        return self.reaches[key]

    def _first(self, day: date) -> date:
        if self.memberships is None:
            self.memberships = list(PartnershipMember.objects.order_by("pk"))
        return self.days.setdefault(tuple(each.pk for each in self.memberships if each.runs_on(day)), day)

    def forget(self, sender: Any, instance: Any, **_what: Any) -> None:
        """The roles of one person, where it is their role that changed; else all."""
        if sender is RoleHeld:
            self.roles.pop(instance.person_id, None)
        else:
            self.__init__()  # type: ignore[misc]


_kept: ContextVar[_Kept | None] = ContextVar("reaches kept", default=None)


def reach_of(person: Person) -> Reach:
    """The reach of a person for this request: worked out once, kept on the request's own person."""
    kept = _kept.get()
    if kept is not None:
        return kept.reach(person)
    found = getattr(person, "_reach", None)
    if found is None or found.day != today():
        found = person._reach = Reach.of(person)  # type: ignore[attr-defined]
    return found


def kept_lists() -> Lists:
    """What was read of the places and partners that rules name, where reaches are kept."""
    kept = _kept.get()
    return {} if kept is None else kept.lists


@contextmanager
def kept_reaches() -> Iterator[None]:
    """Within it, a reach is worked out once, whichever copy of the person and on whichever day it is asked of.

    For one process that loads much, alone: all are worked out anew once it changes a role, a place or a membership.
    """
    kept, kinds = _Kept(), (RoleHeld, Place, PartnershipMember)
    token, changed = _kept.set(kept), [(signal, of) for signal in (post_save, post_delete) for of in kinds]
    for signal, sender in changed:
        signal.connect(kept.forget, sender=sender)
    try:
        yield
    finally:
        for signal, sender in changed:
            signal.disconnect(kept.forget, sender=sender)
        _kept.reset(token)
