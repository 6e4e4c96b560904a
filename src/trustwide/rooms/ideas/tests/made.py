"""A small trust in which people frame problems and have ideas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.makers import make_directorate, make_organisation, make_person
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.ideas.actions import add_angle
from trustwide.rooms.ideas.models import Idea, Problem
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.models import Place

KNOWN = {
    "happens": "Discharge lounge", "touches": "People who go home", "since": "Since the winter",
    "known_by": "We counted 14 in a week",
}  # fmt: skip


@dataclass
class House:
    """A trust with wards and porters, and somebody of each sort."""

    trust: Place
    medicine: Place
    ward: Place
    porters: Place
    board: Place
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        if name not in self.people:
            raise AttributeError(name)
        return again(Person, self.people[name])

    def problem(self, by: str = "nurse", title: str = "People wait hours for a lift home", **fields: Any) -> Any:
        person = getattr(self, by)
        place = fields.pop("place", person.roles.get().place)
        return add(Problem, person, place, title=title, **fields)

    def framed(self, **fields: Any) -> Any:
        """One that says all it must, from two sides."""
        problem = self.problem(**{**KNOWN, **fields})
        add_angle(by=self.nurse, problem=problem, role="clinical", said="We ring and ring")
        add_angle(by=self.porter, problem=problem, role="support", said="We wait for the chair")
        return again(Problem, problem)

    def idea(self, by: str = "porter", title: str = "Keep a spare chair at each lift", **fields: Any) -> Any:
        person = getattr(self, by)
        place = fields.pop("place", person.roles.get().place)
        return add(Idea, person, place, title=title, **fields)


def make_house(name: str = "St Bride's", group: Place | None = None) -> House:
    trust = make_organisation(name, group)
    medicine = make_directorate(trust)
    ward = add_place(by=None, level="team", name="Ward 7", parent=medicine, kind="clinical")
    porters = add_place(by=None, level="team", name="Porters", parent=trust, kind="corporate")
    board = add_place(by=None, level="team", name="Trust board", parent=trust, kind="board")
    house = House(trust, medicine, ward, porters, board)
    roles = {
        "nurse": ("staff", ward), "other": ("staff", ward), "leader": ("team-leader", ward),
        "manager": ("manager", medicine), "director": ("executive", medicine), "chief": ("executive", trust),
        "chair": ("board-member", board), "porter": ("staff", porters), "head": ("team-leader", porters),
        "partner": ("service-user-partner", ward), "guest": ("partner-guest", ward),
        "lead": ("improvement-lead", trust), "admin": ("administrator", trust), "governor": ("peoples-voice", trust),
    }  # fmt: skip
    of = "" if name == "St Bride's" else f" of {name}"
    for who, (role, place) in roles.items():
        house.people[who] = make_person(f"{who.title()}{of}", role, place)
    return house


def add(model: Any, by: Person, place: Place, stage: str | None = None, **fields: Any) -> Any:
    number = add_record(by=by, kind=KINDS[model._meta.label_lower], place=place, fields=fields, stage=stage)
    return again(model, number)


def again(model: Any, number: Any) -> Any:
    """As it stands now."""
    found = model.objects
    if model is not Person:
        found = found.select_related("place__organisation", "organisation", "owner", "created_by")
    return found.get(pk=getattr(number, "pk", number))


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def page_of(record: Any) -> str:
    return f"/{record.organisation.slug}/{KINDS[record.kind].address}/{record.pk}/"
