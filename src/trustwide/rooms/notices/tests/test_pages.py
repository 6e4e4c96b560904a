"""The page of notices: mine, unread first, and only what I may still read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.makers import make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import change_record, comment_on
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.notices import queries
from trustwide.rooms.notices.models import Choice
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Place:
    return make_organisation()


@pytest.fixture
def chief(home: Place) -> Person:
    return make_person("Cleo Chief", "executive", home)


@pytest.fixture
def nurse(home: Place) -> Person:
    return make_person("Nia Nurse", "staff", make_team(home))


@pytest.fixture
def message(chief: Person, home: Place) -> Record:
    return make_message(chief, home)


def anew(person: Person) -> Person:
    """As their next request finds them."""
    return Person.objects.get(pk=person.pk)


def page_of(person: Person, path: str = "/notices/") -> str:
    browser = Client()
    browser.force_login(person)
    return browser.get(path).content.decode()


def test_an_empty_page_says_what_to_do_next(nurse: Person) -> None:
    page = page_of(nurse)
    assert "Nothing yet" in page
    assert "Go to today" in page
    assert ">Notices</a>" in page


def test_unread_come_first_and_the_link_counts_them(chief: Person, nurse: Person, message: Record) -> None:
    for text in ("one", "two", "three"):
        comment_on(by=nurse, record=message, text=text)
    newest = Notice.objects.filter(person=chief).first()
    assert newest
    Notice.objects.filter(pk=newest.pk).update(read_at=timezone.now())
    page = page_of(chief)
    assert "Notices (2)" in page
    assert page.index(">New<") < page.index(">Read before<")
    assert page.count("Nia Nurse commented on this") == 3
    assert page.count(f"/messages/{message.pk}/") == 3


def test_they_stand_by_day(chief: Person, nurse: Person, message: Record) -> None:
    for days in range(3):
        comment_on(by=nurse, record=message, text="x")
        Notice.objects.filter(person=chief, at__gt=timezone.now() - timedelta(hours=1)).update(
            at=timezone.now() - timedelta(days=2 - days)
        )
    found = queries.by_day(list(queries.unread_first(chief)))
    assert [(read, len(each)) for read, _day, each in found] == [(False, 1)] * 3
    assert [day for _read, day, _each in found] == sorted((day for _read, day, _each in found), reverse=True)


def test_one_is_marked_as_read_by_its_reader_alone(chief: Person, nurse: Person, message: Record, client: Any) -> None:
    comment_on(by=nurse, record=message, text="x")
    notice = Notice.objects.get(person=chief)
    client.force_login(nurse)
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    client.force_login(chief)
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 302
    assert queries.unread_count(anew(chief)) == 0


def test_all_are_marked_as_read_but_what_came_since(chief: Person, nurse: Person, message: Record, client: Any) -> None:
    comment_on(by=nurse, record=message, text="seen")
    until = timezone.now().isoformat()
    comment_on(by=nurse, record=message, text="came since")
    client.force_login(chief)
    client.post("/notices/read/", {"until": until})
    assert queries.unread_count(anew(chief)) == 1
    client.post("/notices/read/", {"until": "nonsense"})
    assert queries.unread_count(anew(chief)) == 0


def test_what_may_no_longer_be_read_is_neither_shown_nor_counted(home: Place, message: Record, chief: Person) -> None:
    ward = make_team(home, "Ward 9")
    improver = make_person("Ivy", "service-user-partner", ward)
    held = give_role(by=None, person=improver, role="improver", place=ward)
    comment_on(by=chief, record=message, text="@Ivy", mentions=[improver])
    assert queries.unread_count(anew(improver)) == 1
    end_role(by=None, held=held)
    assert queries.unread_count(anew(improver)) == 0
    page = page_of(improver)
    assert message.title not in page
    assert "Notices (" not in page
    assert message.title not in page_of(improver, "/")


def test_a_change_of_sharing_hides_it(chief: Person, nurse: Person, message: Record) -> None:
    comment_on(by=chief, record=message, text="@Nia", mentions=[nurse])
    assert queries.unread_count(anew(nurse)) == 1
    change_record(by=chief, record=message, version=message.version, fields={"sharing": "team"})
    assert queries.unread_count(anew(nurse)) == 0


def test_a_kind_that_is_chosen_away_is_not_shown(chief: Person, nurse: Person, message: Record, client: Any) -> None:
    comment_on(by=nurse, record=message, text="x")
    client.force_login(chief)
    ways = {f"way-{kind}": "email" for kind in queries_kinds()}
    answer = client.post("/notices/choose/", {**ways, "way-commented": "not", "rhythm": "weekly", "hour": "17"})
    assert answer.status_code == 302
    assert queries.unread_count(anew(chief)) == 0
    row = AuditRow.objects.last()
    assert (row.verb, row.by, row.fields) == ("chose-notices", chief, ["hour", "rhythm", "ways"])
    assert "17:00" in page_of(chief, "/notices/choose/")


def queries_kinds() -> list[str]:
    from trustwide.rooms.commons.notices import WHAT

    return [each.key for each in WHAT.values() if each.when]


@pytest.mark.parametrize("wrong", [{"hour": "24"}, {"rhythm": "hourly"}, {"way-moved": "by pigeon"}, {"hour": ""}])
def test_a_wrong_choice_is_told_and_saves_nothing(nurse: Person, client: Any, wrong: dict[str, str]) -> None:
    client.force_login(nurse)
    ways = {f"way-{kind}": "email" for kind in queries_kinds()}
    answer = client.post("/notices/choose/", {**ways, "rhythm": "weekly", "hour": "7", **wrong})
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.content.decode()
    assert not Choice.objects.exists()


def test_the_page_asks_as_often_for_many_as_for_few(chief: Person, nurse: Person, message: Record, client: Any) -> None:
    counts = []
    client.force_login(chief)
    for many in (2, 200):
        for _each in range(many):
            comment_on(by=nurse, record=message, text="x")
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/notices/").content.decode()
        counts.append(len(seen))
    print(f"{counts} queries at few and many")
    assert counts[0] == counts[1] <= 15
    assert "Notices (99+)" in page
    assert "Older ones" in page
