"""What several ask for, read at once: each is given its own, whole, in its order, and of what the reader may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers import make_measure, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons import board_records, front_lines
from trustwide.rooms.commons.front_lines import CHANGED, NEEDS, FrontRecords, Line, lines_for
from trustwide.rooms.commons.models import Record
from trustwide.rooms.commons.read_together import read_together
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

#: Of rooms above this one, which it does not know.
Message, Measure = (apps.get_model(name) for name in ("purpose.Message", "measures.Measure"))

pytestmark = pytest.mark.both_databases  # each has its own way of putting answers together


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


@pytest.fixture
def chief(trust: Place) -> Person:
    chief = make_person("Chief", "executive", trust)
    for title in ("Beans", "Apples", "Carrots"):
        make_message(chief, trust, title=title)
    make_measure(chief, trust, title="Falls")
    return chief


def asked() -> dict[str, Any]:
    return {
        "upward": Message.objects.order_by("title")[:2],
        "none": Message.objects.filter(pk__in=[]).order_by("title")[:2],
        "downward": Message.objects.order_by("-title")[:2],
        "no such": Measure.objects.filter(title="Nothing").order_by("title")[:2],
        "measures": Measure.objects.order_by("title")[:2],
        "any": Record.objects.order_by("title")[:4],
    }


def test_each_is_given_its_own_in_its_order(chief: Person) -> None:
    found = {key: [each.title for each in records] for key, records in read_together(asked()).items()}
    assert found == {
        "upward": ["Apples", "Beans"],
        "none": [],
        "downward": ["Carrots", "Beans"],
        "no such": [],
        "measures": ["Falls"],
        "any": ["Apples", "Beans", "Carrots", "Falls"],
    }


def test_they_come_whole_and_two_queries_read_them(chief: Person, trust: Place) -> None:
    with CaptureQueriesContext(connection) as seen:
        found = read_together(asked())
        message, measure = found["upward"][0], found["measures"][0]
        assert type(message) is Message
        assert message.text == Message.objects.only("text").get(pk=message.pk).text
        assert type(measure) is Measure
        assert measure.chart
        assert [type(each) for each in found["any"]] == [Record] * 4
        for each in (message, measure):
            assert (each.organisation, each.place) == (trust, trust)
    assert len(seen) == 3, "two of its own, and the one that the test asks"


def test_what_a_queryset_has_with_its_records_comes_too(chief: Person) -> None:
    about = Message.objects.select_related("shows", "created_by").order_by("title")[:1]
    with CaptureQueriesContext(connection) as seen:
        found = read_together({"about": about})["about"][0]
        assert (found.shows, found.created_by) == (None, chief)
    assert len(seen) == 2
    assert "purpose_value" in seen[1]["sql"]


def test_nothing_asks_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert read_together({}) == {}
        assert read_together({"none": Message.objects.none()[:1]}) == {"none": []}
    assert len(seen) == 0


def part(key: str, area: str, order: int, title: str) -> FrontRecords:
    def asks(person: Person, place: Place) -> Any:
        return Message.objects.filter(title__startswith=title).order_by("title") if title else None

    return FrontRecords(key, area, order, 2, asks, lambda each, person, place: Line(each.title, key))


def test_a_front_page_tells_of_what_its_reader_may_see_and_of_no_more_than_a_part_has_lines(
    chief: Person, trust: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [part("later", NEEDS, 2, "A"), part("first", NEEDS, 1, "B"), part("silent", CHANGED, 1, "")]
    monkeypatch.setattr(front_lines, "PARTS", {each.key: each for each in told})
    for title in ("Bread", "Butter"):
        make_message(chief, trust, title=title)
    make_message(chief, trust, title="Bacon", sharing="team")
    stranger = make_person("Sam", "staff", make_organisation("Far"))
    assert {area: [each.words for each in lines] for area, lines in lines_for(chief, trust).items()} == {
        "needs": ["Bacon", "Beans", "Apples"], "changed": [], "well": [],
    }  # fmt: skip
    nurse = make_person("Nia", "staff", make_team(trust))
    assert [each.words for each in lines_for(nurse, trust)[NEEDS]] == ["Beans", "Bread", "Apples"], (
        "not the chief’s own"
    )
    assert lines_for(stranger, trust)[NEEDS] == []


def test_a_key_is_asked_for_once() -> None:
    key = next(iter(board_records.ASKED))
    with pytest.raises(ValueError, match="asked for already"):
        board_records.ask_for_boards(key, 1, lambda team: Message.objects.all())
