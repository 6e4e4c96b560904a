"""A ward with all that stand above it, for the tests of this room. It is a Tuesday, ten in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from tests.makers import make_directorate, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.escalation.models import Item, Step
from trustwide.rooms.escalation.queries import item_numbered
from trustwide.rooms.people import clock
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.places.models import Place

TEN = datetime(2026, 5, 12, 9, tzinfo=UTC)  # ten o'clock in London


@dataclass
class WayUp:
    trust: Place
    team: Place
    service: Place
    nurse: Person
    leader: Person
    manager: Person
    director: Person
    chief: Person

    def raise_item(self, title: str = "Tablets late on Sundays", by: Person | None = None, **fields: Any) -> Item:
        by, place = by or self.nurse, fields.pop("place", self.team)
        number = add_record(by=anew(by), kind=KINDS["escalation.item"], place=place, fields={"title": title, **fields})
        return item_numbered(number)


def make_way_up() -> WayUp:
    trust = make_organisation()
    medicine = make_directorate(trust)
    service = add_place(by=None, level="service", name="Elderly care", parent=medicine)
    team = make_team(service)
    people = (
        make_person("Sam Castle", "staff", team),
        make_person("Ruby Adeyemi", "team-leader", team),
        make_person("Imran Yousaf", "manager", service),
        make_person("Helen Prior", "executive", medicine),
        make_person("Daniel Okonjo", "executive", trust),
    )
    return WayUp(trust, Place.objects.select_related("organisation").get(pk=team.pk), service, *people)


def anew(person: Person) -> Person:
    """As their next request would find them."""
    return Person.objects.get(pk=person.pk)


def steps(item: Item) -> list[str]:
    return list(Step.objects.filter(item=item.pk).values_list("what", flat=True))


@contextmanager
def at(day: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Within it, it is that day of May 2026, at that hour of UTC."""
    with clock.at(TEN.replace(day=day, hour=hour, minute=minute)):
        yield


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser
