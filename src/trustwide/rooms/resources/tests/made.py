"""A trust with a pot for its medicine, and a mini business case with benefits of several kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.makers import make_directorate, make_organisation, make_person
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources import actions, actions_pots
from trustwide.rooms.resources.models import Case, Pot

CASE: dict[str, Any] = {
    "title": "Nobody waits all afternoon for tablets",
    "trouble": "Ten people a week wait past three.",
    "ask": "A pharmacist on the ward each morning.",
    "hours": 10,
    "worse": "The dispensary is thin until noon.",
}
#: Numbers of which no sum is like another number on the page.
TIME = {
    "sort": "time", "what": "Nurses wait less at the hatch", "unit": "hours a week", "low": 311.0, "likely": 523.0,
    "high": 757.0, "measured": "A tally, one week a month", "budget_line": "",
}  # fmt: skip
CASH = {
    "sort": "cash", "what": "Less taken by taxi", "unit": "pounds a year", "low": 1_009.0, "likely": 2_017.0,
    "high": 4_027.0, "measured": "The taxi account", "budget_line": "Patient transport",
}  # fmt: skip
FEELS = {
    "sort": "experience", "what": "People say that it went smoothly", "unit": "of 100 people", "low": 13.0,
    "likely": 29.0, "high": 61.0, "measured": "Ten calls a month", "budget_line": "",
}  # fmt: skip


@dataclass
class Trust:
    trust: Place
    medicine: Place
    ward: Place
    surgery: Place
    chief: Person
    lead: Person
    nurse: Person
    finance: Person


def make_trust(name: str = "St Bride's") -> Trust:
    trust = make_organisation(name)
    medicine, surgery = make_directorate(trust), make_directorate(trust, "Surgery")
    ward = add_place(by=None, level="team", name="Ward 7", parent=medicine, kind="clinical")
    of = "" if name == "St Bride's" else f" of {name}"
    people = (("Chief", "executive", trust), ("Ruby", "team-leader", ward), ("Sam", "staff", ward))
    finance = make_person(f"Priya{of}", "staff", trust)
    made = [make_person(f"{who}{of}", role, at) for who, role, at in people]
    return Trust(trust, medicine, ward, surgery, *made, finance)


def make_pot(made: Trust, half_days: int = 20, money: int = 500, **other: Any) -> Pot:
    days = {"starts": today() - timedelta(days=30), "ends": today() + timedelta(days=30), **other}
    number = actions_pots.set_pot(by=made.chief, place=made.medicine, half_days=half_days, money=money, **days)
    return Pot.objects.select_related("place__organisation").get(pk=number)


def make_case(by: Person, place: Place, *benefits: dict[str, Any], **other: Any) -> Case:
    number = add_record(by=by, kind=KINDS[Case._meta.label_lower], place=place, fields={**CASE, **other})
    for each in benefits:
        made = again(number)
        actions.set_benefit(by=by, case=made, version=made.version, fields=each)
    return again(number)


def again(number: Any) -> Case:
    whole = Case.objects.select_related("place__organisation", "organisation", "owner", "partner")
    return whole.get(pk=getattr(number, "pk", number))
