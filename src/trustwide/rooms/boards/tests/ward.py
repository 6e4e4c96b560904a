"""A ward with its people and some measures, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.makers import make_measure, make_numbers, make_organisation, make_person, make_team
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

BOARD = "/st-brides/board/ward-7/"
MONTHS = [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5]


@dataclass
class Ward:
    trust: Place
    team: Place
    leader: Person
    nurse: Person

    def measure(self, title: str, place: Place | None = None, **fields: Any) -> Any:
        by = make_person(f"Analyst {title}", "improver", place) if place else self.leader
        made = make_measure(by, place or self.team, title, **fields)
        make_numbers(by, made, MONTHS)
        return made

    def screen(self) -> Client:
        """A browser that is a shared device of the ward; nobody is signed in."""
        _made, code = devices.add_device(by=self.leader, place=self.team, name="Screen")
        joined = devices.join_device(code=code)
        assert joined
        browser = Client()
        browser.cookies["device"] = joined[1]
        return browser


def make_ward(group: Place | None = None) -> Ward:
    trust = make_organisation(group=group)
    team = make_team(trust)
    return Ward(trust, team, make_person("Ruby Adeyemi", "team-leader", team), make_person("Sam Castle", "staff", team))


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
