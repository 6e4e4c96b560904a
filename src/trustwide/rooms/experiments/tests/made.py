"""A trust with safe limits, and experiments inside and outside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.experiments.actions import set_limits
from trustwide.rooms.experiments.models import DESKS, TICKS, Experiment
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

LIMITS = {"cost": 500, "people": 30, "weeks": 6}
CONTACTS = {name: f"extension 44{place}" for place, name in enumerate(DESKS)}
INSIDE: dict[str, Any] = {
    "title": "Order tablets the evening before",
    "what": "The night team orders what goes home.",
    "expect": "8 of 10 will be ready by 11",
    "scope": "Two side bays",
    "cost": 40,
    "people": 12,
    "weeks": 3,
    "reversible": "yes",
    "risk": "no",
    **dict.fromkeys(TICKS, "no"),
    "stop_signs": "A tablet goes to nobody",
    "must_know": "The site manager",
}


@dataclass
class Trying:
    trust: Place
    ward: Place
    chief: Person
    leader: Person
    nurse: Person


def trying(name: str = "St Bride's") -> Trying:
    trust = make_organisation(name)
    ward = make_team(trust)
    of = "" if name == "St Bride's" else f" of {name}"
    people = (("Chief", "executive", trust), ("Ruby", "team-leader", ward), ("Sam", "staff", ward))
    made = Trying(trust, ward, *(make_person(f"{who}{of}", role, at) for who, role, at in people))
    set_limits(by=made.chief, organisation=trust, number=0, limits=LIMITS, contacts=CONTACTS)
    return made


def plan(by: Person, place: Place, **other: Any) -> Experiment:
    kind = KINDS[Experiment._meta.label_lower]
    return again(add_record(by=by, kind=kind, place=place, fields={**INSIDE, **other}))


def again(number: Any) -> Experiment:
    whole = Experiment.objects.select_related("place__organisation", "organisation", "owner", "limits")
    return whole.get(pk=getattr(number, "pk", number))
