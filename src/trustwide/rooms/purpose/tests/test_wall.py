"""Each page of this room leaves out what its reader may not see, and counts it nowhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.makers import make_group, make_measure, make_message, make_person
from trustwide.rooms.commons.actions import change_record, link_records, move_record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions import add_place
from trustwide.rooms.purpose import record_parts
from trustwide.rooms.purpose.actions import start_objective
from trustwide.rooms.purpose.cascade import cascade_of
from trustwide.rooms.purpose.models import Objective, Strategy, Value
from trustwide.rooms.purpose.priorities import priorities_of
from trustwide.rooms.purpose.strategy_page import page_of
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides


@pytest.fixture
def sides(db: None) -> Sides:
    return two_sides(make_group())


@pytest.fixture
def nurse(sides: Sides) -> Person:
    """Works in the trust, and reads nothing that is for a team or a board alone."""
    ward = add_place(by=None, level="team", name="Ward 8", parent=sides.medicine)
    return make_person("Nia", "staff", ward)


def hide(sides: Sides, record: Any) -> Any:
    now = again(type(record), record)
    change_record(by=sides.chief, record=now, version=now.version, fields={"sharing": "team"})
    return now


def test_the_strategy_page_shows_what_its_reader_may_read(sides: Sides, nurse: Person) -> None:
    value = hide(sides, add(Value, sides.chief, sides.trust, "Hidden value"))
    add(Objective, sides.chief, sides.trust, "Open", lives=value)
    hide(sides, add(Objective, sides.chief, sides.trust, "Hidden objective"))
    told = {person.name: page_of(person, sides.trust) for person in (sides.chief, nurse)}
    names = {name: [each.objective.title for each in page.aims] for name, page in told.items() if page}
    assert names == {"Chief": ["Open", "Hidden objective"], "Nia": ["Open"]}
    page = told["Nia"]
    assert page
    assert [*page.values, page.aims[0].value] == [""]
    hide(sides, sides.strategy)
    assert page_of(nurse, sides.trust) is None


def test_record_pages_name_nothing_hidden(sides: Sides, nurse: Person) -> None:
    value = add(Value, sides.chief, sides.trust, "Kind")
    aim = add(Objective, sides.chief, sides.trust, "Home sooner for all", lives=value)
    measure = make_measure(sides.chief, sides.trust, "Hidden measure", sharing="team")
    lower = again(Objective, sides.lower)
    change_record(by=sides.leader, record=lower, version=lower.version, fields={"lives": value, "told_by": measure})
    message = make_message(sides.chief, sides.trust)
    change_record(by=sides.chief, record=message, version=1, fields={"shows": value, "about": aim})
    assert record_parts.of_value(nurse, value)["living"] == [aim]
    for each in (value, aim, sides.upper):
        hide(sides, each)
    assert record_parts.of_value(nurse, value)["living"] == []
    told = record_parts.of_objective(nurse, again(Objective, sides.lower))
    assert (told["value"], told["upper"], told["measures"]) == (None, None, [])
    of_message = record_parts.of_message(nurse, message)
    assert (of_message["value"], of_message["objective"]) == (None, None)
    loose = add(Objective, sides.leader, sides.ward, "Loose")
    assert record_parts.of_objective(sides.chief, loose)["uppers"]
    assert record_parts.of_objective(nurse, loose)["uppers"] == []


def test_the_tree_counts_nothing_hidden(sides: Sides, nurse: Person) -> None:
    group = sides.trust.parent
    assert group
    above = make_person("Gwen", "executive", group)
    theirs = add(Objective, above, group, "One valley", sharing="group")
    aim = add(Objective, sides.chief, sides.trust, "Home sooner for all")
    link_records(by=sides.chief, start=aim, meaning="contributes-to", end=theirs)
    make_measure(sides.chief, sides.trust, "Hidden work", sharing="team")
    assert cascade_of(nurse, sides.trust).states["talk"] == 2
    change_record(by=above, record=theirs, version=1, fields={"sharing": "team"})
    found = cascade_of(nurse, sides.trust)
    assert (found.states["talk"], found.work, found.work_count) == (1, [], 0)
    assert cascade_of(sides.chief, sides.trust).work_count == 1


def test_what_took_a_place_is_named_to_those_alone_who_may_read_it(sides: Sides, nurse: Person) -> None:
    live = [add(Objective, sides.leader, sides.ward, f"Live {each}") for each in range(3)]
    start_objective(by=sides.leader, objective=sides.lower, version=1, stop=live[0], reason="No use")
    hide(sides, sides.lower)
    assert [each.instead for each in priorities_of(nurse, sides.trust).stopped] == [None]
    assert [each.instead for each in priorities_of(sides.leader, sides.trust).stopped] == [sides.lower]
    hide(sides, live[0])
    assert priorities_of(nurse, sides.trust).stopped == []


def test_what_is_not_there_is_not_found(sides: Sides) -> None:
    client, home = Client(), f"/{sides.trust.slug}"
    client.force_login(sides.chief)
    turn = f"{home}/objectives/{sides.lower.pk}/rounds/{uuid4()}/take/"
    assert client.post(turn, {"version": 1}).status_code == 404
    move_record(by=sides.chief, record=again(Strategy, sides.strategy), version=1, stage="past")
    assert client.get(f"{home}/strategy/strategy.pdf").status_code == 404
    assert client.post(f"{home}/strategy/sharing/", {"version": 1}).status_code == 404
