"""A small trust with a strategy, and objectives whose two sides are known people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.makers import make_directorate, make_organisation, make_person
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective, Strategy, Value


def add(model: Any, by: Person, place: Place, title: str, stage: str = "live", helps: Any = None, **more: Any) -> Any:
    """A record of this room, with the least that it needs."""
    least = {Objective: {"experience": "People feel safe"}, Value: {"behaviours": "We listen"}}.get(model, {})
    fields = {"title": title, **least, **more}
    kind = KINDS[model._meta.label_lower]
    number = add_record(by=by, kind=kind, place=place, fields=fields, stage=stage, helps=helps)
    return again(model, number)


def again(model: Any, number: Any) -> Any:
    """As it stands now."""
    whole = model.objects.select_related("place__organisation", "organisation", "owner")
    return whole.get(pk=getattr(number, "pk", number))


@dataclass
class Sides:
    """A director with an objective of medicine, and a ward leader with one of Ward 7 that helps it."""

    trust: Place
    medicine: Place
    ward: Place
    chief: Person
    director: Person
    leader: Person
    strategy: Strategy
    upper: Objective
    lower: Objective


def two_sides(group: Place | None = None, name: str = "St Bride's") -> Sides:
    trust = make_organisation(name, group)
    medicine = make_directorate(trust)
    ward = add_place(by=None, level="team", name="Ward 7", parent=medicine, kind="clinical")
    of = "" if name == "St Bride's" else f" of {name}"
    chief, director = make_person(f"Chief{of}", "executive", trust), make_person(f"Helen{of}", "manager", medicine)
    leader = make_person(f"Ruby{of}", "team-leader", ward)
    strategy = add(Strategy, chief, trust, "Home sooner", colleagues="To help", method="We try small things")
    upper = add(Objective, director, medicine, "Nobody waits another night", helps=None)
    lower = add(Objective, leader, ward, "Ready by 11", stage="proposed", helps=upper)
    return Sides(trust, medicine, ward, chief, director, leader, strategy, upper, lower)
