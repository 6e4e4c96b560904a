"""What is loaded together stands there as if it had been done one by one."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from tests.makers import make_measure, make_message, make_organisation, make_person
from trustwide.rooms.commons import actions
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.commons.models import KnownWord, Notice, Record, SearchText, Version
from trustwide.rooms.commons.notices import can_read
from trustwide.rooms.commons.together import added, at_the_end, catch_up, records_together
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


def tell(trust: Place, way: Any) -> Record:
    """A message that changes, is talked about, and names somebody of another trust, who may not read it."""
    chief, nurse = make_person("Alice", "executive", trust), make_person("Bob", "staff", trust)
    stranger = make_person("Charlie", "staff", make_organisation("Riverside"))
    with way:
        record = make_message(chief, trust, title="Porters found a faster way")
        actions.change_record(by=chief, record=record, version=1, fields={"text": "They rang ahead."})
        actions.comment_on(by=nurse, record=record, text="Wheelchairs too", mentions=[stranger, chief])
        actions.link_records(by=chief, start=record, meaning="came-from", end=make_measure(chief, trust))
    return record


def standing() -> dict[str, list[Any]]:
    """All that waited, without its ids and times."""
    return {
        "versions": sorted(Version.objects.values_list("number", "stage", "fields__title", "by__name")),
        "notices": sorted(Notice.objects.values_list("person__name", "record__title", "what", "by__name")),
        "words": sorted(SearchText.objects.values_list("title", "text")),
        "known": sorted(KnownWord.objects.values_list("word", flat=True)),
    }


@pytest.mark.parametrize("way", [nullcontext, records_together])
def test_together_is_as_one_by_one(trust: Place, way: Any) -> None:
    tell(trust, way())
    found = standing()
    assert [(number, title) for number, _stage, title, _by in found["versions"]] == [
        (1, "Falls"), (1, "Porters found a faster way"), (2, "Porters found a faster way"),
    ]  # fmt: skip
    assert {(who, what) for who, _title, what, _by in found["notices"]} == {("Alice", "mentioned")}
    assert ("Porters found a faster way", "They rang ahead.\nWheelchairs too\nSt Bride's") in found["words"]
    assert {"wheelchairs", "ahead", "porters"} <= set(found["known"])


@pytest.mark.parametrize("way", [nullcontext, records_together])
def test_who_may_read_is_asked_anew_each_time(trust: Place, way: Any) -> None:
    """Two of the same roles are told apart, and what changes meanwhile is seen."""
    chief, bob, carol = (
        make_person(name, role, trust) for name, role in zip("ABC", ("executive", "staff", "staff"), strict=True)
    )
    stranger = make_person("D", "staff", make_organisation("Riverside"))
    with way():
        record, found = make_message(chief, trust), []
        for fields in (
            {},
            {"stage": "draft"},
            {"owner": bob},
            {"owner": carol},
            {"sharing": "public", "stage": "live"},
        ):
            Record.objects.filter(pk=record.pk).update(**fields) if fields else None
            record = Record.objects.get(pk=record.pk)
            found.append("".join(each.name for each in (chief, bob, carol, stranger) if can_read(each, record)))
    assert found == ["ABC", "A", "AB", "AC", "ABCD"]


def test_nothing_is_written_before_the_end_and_nothing_if_it_fails(trust: Place) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail(trust)
    assert not Record.objects.exists()
    assert not Version.objects.exists()
    make_message(Person.objects.get(name="Alice"), trust)
    assert Version.objects.count() == 1  # written at once again


def _fail(trust: Place) -> None:
    chief = make_person("Alice", "executive", trust)
    with records_together():
        make_message(chief, trust)
        assert not Version.objects.exists()
        1 / 0  # noqa: B018 (something goes wrong)


def test_what_is_left_for_the_end_is_done_once_of_all_and_sooner_when_asked(trust: Place) -> None:
    done: list[list[Any]] = []
    assert not at_the_end(done.append, [trust])
    with records_together():
        assert at_the_end(done.append, [trust])
        assert at_the_end(done.append, [trust])
        assert done == []
        catch_up()
        assert at_the_end(done.append, [trust])
    assert done == [[trust], [trust]]


def test_a_record_just_added_is_at_hand_as_it_would_be_read(trust: Place, django_assert_num_queries: Any) -> None:
    chief, kind = make_person("Alice", "executive", trust), kind_at("messages")
    assert kind
    with records_together():
        number = make_message(chief, trust).pk
        with django_assert_num_queries(0):
            made = added(kind.model, number)
            assert (made.title, made.place, made.organisation, made.owner) == ("A good week", trust, trust, chief)
    assert added(kind.model, number) is not made
    assert added(kind.model, number) == made
