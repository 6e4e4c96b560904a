"""What is so already when a file of people comes in: a few queries, whatever the size of the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import IdentityProvider, Person
from trustwide.rooms.people.queries import identity_providers, open_invitations
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import ORGANISATION, Place, RoleHeld
from trustwide.rooms.places.people_queries import roles_at
from trustwide.rooms.places.place_sheet import Names
from trustwide.rooms.places.reach import reach_of

A_LOOK = 500  # addresses or people in one query


class Known:
    """The people of an organisation, their roles that run or are to come, and its places."""

    def __init__(self, organisation: Place, by: Person | None) -> None:
        self.organisation, self.by, self.names = organisation, by, Names(organisation)
        every = list(roles_at(organisation).select_related("person", "place__organisation"))
        self.workers = {each.person.email.lower(): each.person for each in every}
        not_over = Q(ends=None) | Q(ends__gte=today())
        self.held = [each for each in every if not each.place.closed_on and (not each.ends or each.ends >= today())]
        self.held_by: dict[Any, list[RoleHeld]] = defaultdict(list)
        for each in self.held:
            self.held_by[each.person_id].append(each)
        roles = RoleHeld.objects.filter(not_over, ~Q(place__organisation=organisation)).select_related("place")
        here = sorted({each.person_id for each in every})  # named, so that no planner has to guess how many they are
        some = (here[first : first + A_LOOK] for first in range(0, len(here), A_LOOK))
        theirs = (each for people in some for each in roles.filter(person__in=people))
        self.elsewhere = {each.person_id for each in theirs if by and not reach_of(by).may(May.PEOPLE, each.place)}
        plain = [(each.name.casefold(), each) for each in self.names.places if not each.closed_on]
        count = Counter(name for name, _place in plain)
        self.by_name = {name: place for name, place in plain if count[name] == 1}
        self.outsiders: dict[str, Person] = {}
        self.waiting = {(each.email.lower(), each.role, each.place) for each in open_invitations(organisation)}

    @cached_property
    def alone(self) -> bool:
        """Whether no other organisation is there, whose people somebody might take."""
        others = Place.objects.open().filter(level=ORGANISATION).exclude(path__startswith=self.organisation.path)
        return not others.exists()

    @cached_property
    def sign_ins(self) -> list[IdentityProvider]:
        """The ways of signing in of its own, and of its group."""
        ours = (self.organisation.pk, self.organisation.parent_id)
        return [each for each in identity_providers() if each.organisation in ours]

    def may_open(self, email: str) -> bool:
        """Whether an account may be opened for an address before anybody asked its owner. The address may be of
        somebody of another organisation, who would find an account of theirs looked after, and closed, from here.
        """
        return self.alone or any(each.speaks_for(email) for each in self.sign_ins)

    def look_up(self, emails: set[str]) -> None:
        """Which of the addresses that nobody here has belong to accounts all the same."""
        unknown = sorted(email for email in emails if email and email not in self.workers)
        for first in range(0, len(unknown), A_LOOK):
            people = Person.objects.annotate(small=Lower("email"))
            for each in people.filter(small__in=unknown[first : first + A_LOOK]):
                self.outsiders[each.email.lower()] = each

    @property
    def outside(self) -> set[Any]:
        return {each.pk for each in self.outsiders.values()}

    def worker(self, email: str) -> Person | None:
        """Who has the address; a file's guard of a formula may have stood before it."""
        return self.workers.get(email.lower()) or self.workers.get(f"'{email.lower()}")

    def roles_of(self, person: Person, role: str, place: Place | None) -> list[RoleHeld]:
        """The roles of a person that are not over: of that name and place, where they are named."""
        held = [each for each in self.held_by[person.pk] if not role or each.role == role]
        return [each for each in held if place is None or each.place_id == place.pk]

    def place(self, words: str) -> Place | None:
        """A place by its names from the organisation down, by its own where no other has it, or by its address."""
        return self.names.find(words) or self.by_name.get(words.casefold())

    def looks_after(self, person: Person) -> bool:
        return person.pk not in self.elsewhere

    def invited(self, email: str, held: RoleHeld) -> bool:
        """Whether an invitation to just this waits to be used."""
        return (email, held.role, held.place_id) in self.waiting
