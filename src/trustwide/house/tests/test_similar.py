"""`trustwide similar` says what the pages say, as a table or as JSON, and what it left out."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests.makers import make_organisation, make_person, make_record, make_team
from trustwide.house import similar_command
from trustwide.rooms.commons import tried_before
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import TEAM_SHARED

KEYS = ["title", "kind", "place", "stage", "score", "why", "address"]


@pytest.fixture
def work(db: None) -> None:
    ward = make_team(make_organisation())
    chief = make_person("Ces Hill", "executive", ward.organisation)
    kind = kind_at("objectives")
    assert kind
    for title, sharing in (("Tablets to take home by eleven", "organisation"), ("A garden", "organisation")):
        make_record(kind, chief, ward, title=title, sharing=sharing)
    make_record(kind, chief, ward, title="Medicines of the team alone", sharing=TEAM_SHARED)


def answer(capsys: pytest.CaptureFixture[Any], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert similar_command.main([*words, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_it_ranks_what_organisations_may_read(work: None, capsys: pytest.CaptureFixture[Any]) -> None:
    found = answer(capsys, "ttos not ready")
    assert [each["title"] for each in found] == ["Tablets to take home by eleven"]
    assert list(found[0]) == KEYS
    assert (found[0]["kind"], found[0]["stage"]) == ("objective", "Proposed")
    assert 0.2 <= found[0]["score"] <= 1
    assert found[0]["address"].startswith("/st-brides/objectives/")
    assert "medicines" in found[0]["why"]
    everything = answer(capsys, "ttos not ready", "--everything")
    assert {each["title"] for each in everything} == {found[0]["title"], "Medicines of the team alone"}
    assert len(answer(capsys, "medicines", "--everything", "--limit", "1")) == 1
    assert answer(capsys, "giraffes") == []


def test_what_people_tried_comes_before_what_is_only_wished_for(work: None, capsys: pytest.CaptureFixture[Any]) -> None:
    chief = Person.objects.get(name="Ces Hill")
    ward, idea = Place.objects.get(name="Ward 7"), kind_at("ideas")
    assert idea
    make_record(idea, chief, ward, title="Medicines in a bag")
    found = answer(capsys, "tablets to take home by eleven", "--everything", "--limit", "2")
    assert [each["kind"] for each in found] == ["idea", "objective"]
    assert found[0]["score"] < found[1]["score"]
    page = tried_before.like(chief, "tablets to take home by eleven", most=2)
    assert [each.title for each in page.tried] == [each["title"] for each in found]


def test_it_is_told_as_a_table_and_what_was_worked_out_on_the_side(
    work: None, capsys: pytest.CaptureFixture[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"tablets")))
    assert similar_command.main(["-"]) == 0
    said = capsys.readouterr()
    assert "Tablets to take home by eleven" in said.out
    assert "Working out what 3 records are about" in said.err
    assert similar_command.main(["giraffes"]) == 0
    assert capsys.readouterr() == ("Nothing is near enough.\n", "")


def test_without_the_model_it_says_so(
    work: None, capsys: pytest.CaptureFixture[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustwide.engines.meaning.model.find_spec", lambda name: None)
    assert similar_command.main(["tablets"]) == 0
    said = capsys.readouterr()
    assert "Tablets to take home by eleven" in said.out
    assert "ranked by words alone" in said.err


@pytest.mark.parametrize("words", [["  "], ["tablets", "--limit", "0"], ["tablets", "--limit", "101"]])
def test_what_cannot_be_asked_is_refused(words: list[str], capsys: pytest.CaptureFixture[Any]) -> None:
    assert similar_command.main(words) == 2
    assert capsys.readouterr().err.startswith("error: ")
