"""The demo group: the same each time, lived in by every persona, and never beside real people."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.makers import make_organisation, make_person, make_team
from trustwide.demo.load import NotADemo, load_demo
from trustwide.demo.personas import PERSONA_WORDS, persona
from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.measures.models import Observation
from trustwide.rooms.people import clock
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.demo import PERSONAS, TRUSTS
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.purpose.cascade import cascade_of
from trustwide.rooms.purpose.models import SORTS, DocumentCheck

DAY = date(2026, 2, 28)
LEAST_LINES = 3  # of a front page, to be read in half a minute


class Undo(Exception):
    """Leaves a transaction, so that nothing of it stays."""


def story() -> dict[str, list[object]]:
    """What the story says, without the ids that are new each time."""
    return {
        "places": list(Place.objects.order_by("path").values_list("name", "level")),
        "people": list(Person.objects.order_by("email").values_list("name", "email")),
        "roles": list(RoleHeld.objects.order_by("pk").values_list("person__name", "role", "place__name")),
        "records": sorted(Record.objects.values_list("title", "place__name", "created_at", "stage")),
        "numbers": sorted(Observation.objects.values_list("measure__title", "period", "value")),
        "comments": sorted(Comment.objects.values_list("text", "at", "by__name")),
    }


def told() -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    with suppress(Undo), transaction.atomic():
        load_demo(day=DAY)
        found = story()
        raise Undo
    return found


@pytest.fixture(scope="module")
def heard() -> list[dict[str, list[object]]]:
    """The story as another test of this file was told it, so that it need be told only once more."""
    return []


@pytest.mark.asked_last
@pytest.mark.seen_once  # what is drawn by lot is drawn in Python
def test_the_same_day_tells_the_same_story(db: None, heard: list[dict[str, list[object]]]) -> None:
    first, second = heard[0] if heard else told(), told()
    print({name: len(rows) for name, rows in first.items()})
    assert {name: len(rows) for name, rows in first.items()}.items() >= {"people": 595}.items()
    assert [row[0] for row in first["places"]] == [row[0] for row in second["places"]]
    del first["places"], second["places"], first["roles"], second["roles"]  # their order follows the ids of the moment
    assert first == second


def test_every_persona_signs_in_and_history_ends_today(
    db: None, client: Client, settings: Any, heard: list[dict[str, list[object]]]
) -> None:
    settings.DEMO = True
    load_demo(day=DAY)
    heard.append(story())
    moments = [AuditRow.objects.latest("at").at, Record.objects.latest("updated_at").updated_at]
    assert max(moments).date() <= DAY
    assert set(PERSONAS) == set(PERSONA_WORDS)
    for key in PERSONAS:
        assert client.post("/demo/sign-in/", {"persona": key}, follow=False)["Location"] == "/"
        assert client.session["_auth_user_id"] == str(persona(key).pk)
        with clock.at(datetime(DAY.year, DAY.month, DAY.day, 18, tzinfo=UTC)):  # as a visitor sees it who loads it then
            said = lines_of(client.get("/").content.decode())
        print(f"{key}: {said}")
        assert sum(said.values()) >= LEAST_LINES, f"{key}: {said}"
    assert client.post("/demo/sign-in/", {"persona": "king"}).status_code == 422
    assert Observation.objects.latest("period").period.date() < DAY
    each_trust_has_read_its_documents_and_joined_its_objectives()
    the_ward_leader_sees_a_board(client)


def lines_of(page: str) -> dict[str, int]:
    """How many lines a front page has under each of its questions; the sentence of one that has none is no line."""
    sections = {
        part[0]: part[1] for part in re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', page, re.DOTALL)
    }
    return {area: sections.get(area, "").count("<li>") for area in ("needs", "changed", "well")}


def test_control_a_front_page_that_says_nothing_has_no_lines(db: None, client: Client) -> None:
    client.force_login(make_person("Nia", "staff", make_team(make_organisation())))
    page = client.get("/").content.decode()
    assert "Nothing is waiting for you" in page
    assert lines_of(page) == {"needs": 0, "changed": 0, "well": 0}


def the_ward_leader_sees_a_board(client: Client) -> None:
    """It shows numbers, and a screen on the wall was joined to it."""
    client.post("/demo/sign-in/", {"persona": "ward-leader"})
    board = "/st-brides-hospitals/board/ward-7/"
    assert board in client.get("/").content.decode()
    assert "<svg" in client.get(board).content.decode()
    devices = client.get(f"{board}devices/").content.decode()
    assert "Screen in the corridor" in devices
    assert "not joined yet" not in devices


def each_trust_has_read_its_documents_and_joined_its_objectives() -> None:
    for trust in Place.objects.filter(name__in=TRUSTS):
        checks = DocumentCheck.objects.filter(organisation=trust, text="", read_at__date__lte=DAY)
        assert set(checks.values_list("sort", flat=True)) == set(SORTS)
        asking = [each.found["support"]["count"] > 0 for each in checks]
        assert any(asking)
        assert not all(asking)
        found = cascade_of(RoleHeld.objects.filter(place=trust, role="executive")[0].person, trust)
        assert {"agreed", "half", "disputed", "talk"} <= set(found.states)
        assert {each.objective.place.level for each in found.loose} == {"directorate", "service", "team"}
        assert all(each.services[0] for each in found.depths)


def test_there_is_no_demo_elsewhere(db: None, client: Client) -> None:
    load = make_person()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"persona": "nurse"}).status_code == 404
    with pytest.raises(NotADemo):
        load_demo(day=DAY)
    assert list(Person.objects.all()) == [load]
