"""Every address of every record is refused on the next request, whichever way a person's reading of it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.house_rules.put_back import put_back
from tests.house_rules.world import ASKED, Example, World, by_name
from tests.makers import client_of, make_directorate, make_person
from tests.shares import PARTS, in_share
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places import actions
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Place

#: What names a record and shows something; the others take what is posted.
PAGES = [each for each in ASKED if "record" in each.parts and "GET" in by_name()[each.name].methods]
POSTED = [each for each in ASKED if "record" in each.parts and each not in PAGES]
REFUSED = {403, 404}
#: What whoever is above the team never opened: its people alone change what failed well with them.
THE_TEAMS_OWN = {"commons:change-fabulous-failures"}


@dataclass
class Ward:
    """Where all records stand now, shared with the team alone; with somebody who works there, and somebody above it."""

    place: Place
    away: Place  # the directorate that it moves to
    nurse: Person
    manager: Person


@pytest.fixture
def ward(world: World, undrawn: None) -> Ward:
    old, new = (make_directorate(world.trust.place, name) for name in ("Medicine", "Surgery"))
    place = Place.objects.get(pk=world.trust.ward.pk)
    actions.move_place(by=None, place=place, parent=old)
    Record.objects.filter(organisation=world.trust.place).update(place=place, sharing="team")
    nurse, manager = make_person("Nora"), make_person("Mona")
    for role in ROLES:
        give_role(by=None, person=nurse, role=role, place=place)
        give_role(by=None, person=manager, role=role, place=old)
    return Ward(place, new, nurse, manager)


def end_roles(ward: Ward) -> None:
    for held in ward.nurse.roles.all():
        end_role(by=None, held=held)


def disable(ward: Ward) -> None:
    Person.objects.filter(pk=ward.nurse.pk).update(is_active=False)


def close(ward: Ward) -> None:
    actions.close_place(by=None, place=ward.place)


def move(ward: Ward) -> None:
    actions.move_place(by=None, place=Place.objects.get(pk=ward.place.pk), parent=ward.away)


WAYS: dict[str, Callable[[Ward], None]] = {
    "role ended": end_roles, "person disabled": disable, "place closed": close, "place moved": move
}  # fmt: skip


def chosen(way: str, examples: list[Example]) -> list[Example]:
    return [each for each in examples if in_share(f"{way} {each}", one_in=12)]


def answers(client: Client, world: World, examples: list[Example], method: str) -> dict[str, Any]:
    found = {}
    for each in examples:
        with put_back():
            found[str(each)] = getattr(client, method)(world.path(each))
    return found


def let_in(found: dict[str, Any]) -> list[str]:
    """Those that are not refused: a person who is disabled is sent to sign in."""
    at_the_door = {name for name, each in found.items() if each.headers.get("Location", "").startswith("/sign-in/")}
    return [name for name, each in found.items() if each.status_code not in REFUSED and name not in at_the_door]


def after(
    way: str, take: Callable[[Ward], None], ward: Ward, world: World
) -> tuple[dict[str, Any], list[str], list[str]]:
    """The pages as they were shown before; of those, and of what is posted to, whatever is not refused afterwards."""
    client, pages = client_of(ward.manager if way == "place moved" else ward.nurse), chosen(way, PAGES)
    before = answers(client, world, pages, "get")
    with put_back():
        take(ward)
        looked = answers(client, world, pages, "get")
        posted = answers(client, world, chosen(way, POSTED), "post")
    return before, let_in(looked), let_in(posted)


@pytest.mark.parametrize("way", WAYS)
def test_no_page_of_a_record_outlives_the_reading(world: World, ward: Ward, way: str) -> None:
    before, looked, posted = after(way, WAYS[way], ward, world)
    shown = [each.status_code for each in before.values()]
    print(f"{way}: {shown.count(200)} of {len(PAGES)} pages were shown, then {len(looked)}; {len(posted)} took a post")
    never = THE_TEAMS_OWN if way == "place moved" else set()
    assert {name for name, each in before.items() if each.status_code != 200} <= never
    assert len(shown) >= 5 // PARTS
    assert looked == []
    assert posted == []


def test_control_where_nothing_is_taken_away_all_is_shown(world: World, ward: Ward) -> None:
    before, looked, _posted = after("role ended", lambda _ward: None, ward, world)
    assert looked == list(before)
