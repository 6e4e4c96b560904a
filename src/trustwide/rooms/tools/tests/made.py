"""A ward with its people, something to draw about, and a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.tests.made import add
from trustwide.rooms.tools import actions
from trustwide.rooms.tools.models import Drawing

DRIVERS = """- Written up the day before
  measure: share written up by 17:00
  - The round says who goes home
    - Ask at the end of each round
- Made ready without a wait"""


@dataclass
class Ward:
    trust: Place
    team: Place
    leader: Person
    nurse: Person
    aim: Objective

    def draw(self, tool: str = "driver-diagram", lines: str = DRIVERS, **more: Any) -> Drawing:
        """A drawing of the ward leader's."""
        about, key = more.pop("about", None), more.pop("key", None)
        fields = {"title": "Tablets", "head": "8 of 10 by 11", "tool": tool, "lines": lines, **more}
        number = actions.start_drawing(by=self.leader, place=self.team, fields=fields, about=about, key=key)
        return self.again(number)

    def again(self, drawing: Any) -> Drawing:
        whole = Drawing.objects.select_related("place__organisation", "organisation", "owner")
        return whole.get(pk=getattr(drawing, "pk", drawing))


def make_ward() -> Ward:
    trust = make_organisation()
    team = make_team(trust)
    leader, nurse = make_person("Ruby Adeyemi", "team-leader", team), make_person("Sam Castle", "staff", team)
    return Ward(trust, team, leader, nurse, add(Objective, leader, team, "Ready by 11"))


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()
