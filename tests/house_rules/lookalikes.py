"""A world of look-alike trusts: two of one group and one outside, each with a ward, every role and every kind."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.text import slugify

from tests.makers import make_group, make_organisation, make_record, make_team
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May, Reads
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place

#: The roles that people hold at a ward; the others are held at the organisation.
AT_WARD = {"staff", "team-leader"} | {key for key, role in ROLES.items() if role.reads is Reads.PLACE}


@dataclass
class Trust:
    """One organisation: `people` by role, `records` by the key of their kind."""

    organisation: Place
    ward: Place
    people: dict[str, Person] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)

    def place_for(self, kind: Kind) -> Place:
        """The lowest of its places at which a record of that kind may stand."""
        places = (self.ward, self.organisation)
        return next(each for each in places if not kind.levels or each.level in kind.levels)

    def who_may(self, what: May) -> Person:
        """Somebody who may do that everywhere in the trust, and as little else as can be."""
        able = [role for key, role in ROLES.items() if what in role.may and key not in AT_WARD]
        return self.people[min(able, key=lambda role: len(role.may)).key]

    def who_may_change(self, kind: Kind) -> Person:
        """Somebody who may add that kind there, and change what others added."""
        able = [key for key, role in ROLES.items() if {kind.add, May.CHANGE} <= role.may and key not in AT_WARD]
        return self.people[able[0]]


@dataclass(frozen=True)
class Trusts:
    """`ours` and `sister` stand in one group; `other` looks like them and stands outside."""

    group: Place
    ours: Trust
    sister: Trust
    other: Trust

    def all(self) -> list[Trust]:
        return [self.ours, self.sister, self.other]


def make_trust(name: str = "St Bride's", group: Place | None = None, *, canary: bool = False) -> Trust:
    """A trust with a ward, a person for each role, and a record of each kind, all alike but for the name."""
    organisation = make_organisation(name, group)
    trust = Trust(organisation, make_team(organisation))
    for key in ROLES:
        address = f"{key}@{slugify(name)}.example.org"
        trust.people[key] = Person.objects.create_user(address, f"{key.title()} of {name}")
        give_role(by=None, person=trust.people[key], role=key, place=trust.ward if key in AT_WARD else organisation)
    for key, kind in KINDS.items():
        trust.records[key] = make_record(kind, trust.who_may_change(kind), trust.place_for(kind), canary=canary)
    return trust


def make_trusts() -> Trusts:
    """Every text of the outsider's is a canary."""
    group = make_group()
    ours, sister = make_trust("St Bride's", group), make_trust("St Bride's East", group)
    return Trusts(group, ours, sister, make_trust("Riverside", canary=True))
