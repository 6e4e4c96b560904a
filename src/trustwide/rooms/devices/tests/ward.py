"""A ward with its people, a measure, a message and a screen, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.makers import make_measure, make_message, make_numbers, make_organisation, make_person, make_team
from trustwide.rooms.devices import actions
from trustwide.rooms.devices.models import Device, Hand
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

PIN, OTHER_PIN = "904837", "730284"
BOARD = "/st-brides/board/ward-7/"


@dataclass
class Ward:
    trust: Place
    team: Place
    leader: Person
    nurse: Person
    measure: Any

    def device(self, name: str = "Screen in the corridor") -> tuple[Device, str]:
        """A joined device and the token of its cookie."""
        _made, code = actions.add_device(by=self.leader, place=self.team, name=name)
        joined = actions.join_device(code=code)
        assert joined
        return joined

    def screen(self) -> Client:
        """A browser that is a shared device of the ward; nobody is signed in."""
        browser = Client()
        browser.cookies["device"] = self.device()[1]
        return browser


def make_ward() -> Ward:
    trust = make_organisation()
    team = make_team(trust)
    leader = make_person("Ruby Adeyemi", "team-leader", team)
    nurse = make_person("Sam Castle", "staff", team)
    chief = make_person("Chief Officer", "executive", trust)
    make_message(chief, trust, title="A good week")
    measure = make_measure(leader, team, "Falls on our ward")
    make_numbers(leader, measure, [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5])
    return Ward(trust, team, leader, nurse, measure)


def hold(device: Device, person: Person, pin: str = PIN) -> Hand:
    """The hand that a right PIN gives."""
    actions.set_pin(person=person, pin=pin)
    return actions.take_hand(device=device, person=person, pin=pin)


def afresh(person: Person) -> Person:
    """As the next request finds them."""
    return Person.objects.get(pk=person.pk)
