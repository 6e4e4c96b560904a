"""The e-mail of notices: once a day, only what is new and may be read, and a link that stops it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.makers import make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import change_record, comment_on
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.jobs import work
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.notices import letters, sending
from trustwide.rooms.notices.actions import choose_notices, mark_read
from trustwide.rooms.people.models import AuditRow, Person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
LONG_BEFORE = MONDAY - timedelta(days=300)  # when people came


@pytest.fixture
def told() -> Record:
    """A message of Cleo's that Nia commented on."""
    with time_machine.travel(LONG_BEFORE, tick=False):
        home = make_organisation()
        message = make_message(make_person("Cleo", "executive", home), home)
        nurse = make_person("Nia", "staff", make_team(home))
    with time_machine.travel(MONDAY - timedelta(hours=10), tick=False):
        comment_on(by=nurse, record=message, text="the text of a comment")
    return message


def run(moment: datetime) -> None:
    """The hour's round, as a worker does it."""
    with time_machine.travel(moment, tick=False):
        later(sending.find_emails, key=moment.isoformat())
        work.run_ready()


def test_it_tells_what_is_new_in_plain_text_and_html(told: Record, mailoutbox: list[Any]) -> None:
    run(MONDAY)
    (letter,) = mailoutbox
    assert letter.to == ["cleo@example.org"]
    assert letter.subject == "1 new thing for you on Trustwide"
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    for body in (letter.body, html):
        assert told.title in body
        assert "Nia commented on this" in body
        assert f"http://127.0.0.1:8000/st-brides/messages/{told.pk}/" in body
        assert "/notices/stop/" in body
        assert "the text of a comment" not in body


def test_it_goes_once_and_only_if_something_is_new(told: Record, mailoutbox: list[Any]) -> None:
    for hours in range(0, 72, 1):
        run(MONDAY + timedelta(hours=hours))
    assert len(mailoutbox) == 1
    with time_machine.travel(MONDAY + timedelta(hours=73), tick=False):
        comment_on(by=Person.objects.get(name="Nia"), record=told, text="again")
    for hours in range(73, 100):
        run(MONDAY + timedelta(hours=hours))
    assert len(mailoutbox) == 2


def test_it_waits_for_the_hour_that_was_chosen_in_london(told: Record, mailoutbox: list[Any]) -> None:
    choose_notices(person=told.owner, ways={}, rhythm="daily", hour=17)
    run(MONDAY)
    assert mailoutbox == []
    run(MONDAY.replace(hour=17))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("hour", "sent"), [(15, 0), (16, 1)])
def test_in_summer_the_hour_is_that_of_the_clock_on_the_wall(
    told: Record, mailoutbox: list[Any], hour: int, sent: int
) -> None:
    choose_notices(person=told.owner, ways={}, rhythm="daily", hour=17)
    summer = datetime(2026, 7, 1, hour, 1, tzinfo=UTC)
    Notice.objects.update(at=summer - timedelta(hours=3))
    run(summer)
    assert len(mailoutbox) == sent


def test_when_the_clocks_go_back_it_goes_once(told: Record, mailoutbox: list[Any]) -> None:
    choose_notices(person=told.owner, ways={}, rhythm="daily", hour=1)
    night = datetime(2026, 10, 25, 0, 1, tzinfo=UTC)  # one o'clock comes twice
    for hours in range(3):
        Notice.objects.update(at=night - timedelta(hours=3), sent_at=None)
        run(night + timedelta(hours=hours))
    assert len(mailoutbox) == 1


def test_once_a_week_is_monday(told: Record, mailoutbox: list[Any]) -> None:
    choose_notices(person=told.owner, ways={}, rhythm="weekly", hour=8)
    run(MONDAY + timedelta(days=1))
    assert mailoutbox == []
    run(MONDAY + timedelta(days=7))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("ways", "rhythm"), [({}, "never"), ({"commented": "here"}, "daily"), ({"commented": "not"}, "daily")]
)
def test_who_chose_none_gets_none(told: Record, mailoutbox: list[Any], ways: dict[str, str], rhythm: str) -> None:
    choose_notices(person=told.owner, ways=ways, rhythm=rhythm, hour=8)
    run(MONDAY)
    assert mailoutbox == []


def test_what_was_read_already_is_not_sent(told: Record, mailoutbox: list[Any]) -> None:
    mark_read(person=told.owner, notice=Notice.objects.get(person=told.owner))
    run(MONDAY)
    assert mailoutbox == []


def test_only_what_may_be_read_at_the_moment_of_sending_is_in_it(mailoutbox: list[Any]) -> None:
    with time_machine.travel(LONG_BEFORE, tick=False):
        home = make_organisation()
        chief = make_person("Cleo", "executive", home)
        nurse = make_person("Nia", "staff", make_team(home))
        kept, closed = (make_message(chief, home, title=each) for each in ("Open words", "zq7 closed words"))
    with time_machine.travel(MONDAY - timedelta(hours=1), tick=False):
        for each in (kept, closed):
            comment_on(by=chief, record=each, text="@Nia", mentions=[nurse])
        change_record(by=chief, record=closed, version=1, fields={"sharing": "team"})
    run(MONDAY)
    (letter,) = mailoutbox
    assert "Open words" in letter.body
    assert "zq7" not in letter.body + letter.alternatives[0][0]


def test_a_disabled_person_gets_none(told: Record, mailoutbox: list[Any]) -> None:
    Person.objects.filter(pk=told.owner.pk).update(is_active=False)
    run(MONDAY)
    assert mailoutbox == []


def test_the_people_of_the_demo_get_none(told: Record, mailoutbox: list[Any], settings: Any) -> None:
    settings.DEMO = True
    run(MONDAY)
    assert mailoutbox == []


def test_a_mail_server_that_is_away_is_tried_again(
    told: Record, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(letters.EmailMultiAlternatives, "send", lambda _letter: 1 / 0)
        run(MONDAY)
    assert mailoutbox == []
    assert Notice.objects.get(person=told.owner).sent_at is None
    run(MONDAY + timedelta(minutes=2))
    assert len(mailoutbox) == 1


def test_a_title_cannot_become_html(mailoutbox: list[Any]) -> None:
    with time_machine.travel(LONG_BEFORE, tick=False):
        home = make_organisation()
        chief, nurse = make_person("Cleo", "executive", home), make_person("Nia", "staff", make_team(home))
        message = make_message(chief, home, title='<img src=x onerror="alert(1)">')
    with time_machine.travel(MONDAY - timedelta(hours=1), tick=False):
        comment_on(by=nurse, record=message, text="x")
    run(MONDAY)
    assert "<img" not in mailoutbox[0].alternatives[0][0]


def stop_link(letter: Any) -> str:
    return str(letter.extra_headers["List-Unsubscribe"].strip("<>").partition(":8000")[2])


def test_the_link_stops_it_without_signing_in(told: Record, mailoutbox: list[Any]) -> None:
    run(MONDAY)
    link, browser = stop_link(mailoutbox[0]), Client(enforce_csrf_checks=True)
    assert "Stop the e-mails" in browser.get(link).content.decode()
    assert not AuditRow.objects.filter(verb="chose-notices").exists(), "looking stops nothing"
    for _twice in range(2):
        answer = browser.post(link, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "no more" in answer.content.decode()) == (200, True)
    assert AuditRow.objects.filter(verb="chose-notices", by=told.owner, fields=["rhythm"]).count() == 1
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        comment_on(by=Person.objects.get(name="Nia"), record=told, text="again")
    run(MONDAY + timedelta(days=1))
    assert len(mailoutbox) == 1


def test_a_link_that_was_not_made_here_stops_nothing(told: Record) -> None:
    good = letters.stop_letter(told.owner)
    for wrong in (good[:-1] + ("A" if good[-1] != "A" else "B"), str(told.owner.pk), "x:y", f"{told.pk}:{good[37:]}"):
        assert Client().post(f"/notices/stop/{wrong}/").status_code == 404
    assert not AuditRow.objects.filter(verb="chose-notices").exists()


def test_many_are_told_by_their_number(told: Record, mailoutbox: list[Any]) -> None:
    nurse = Person.objects.get(name="Nia")
    with time_machine.travel(MONDAY - timedelta(hours=1), tick=False):
        for _each in range(sending.MOST + 4):
            comment_on(by=nurse, record=told, text="x")
    run(MONDAY)
    assert mailoutbox[0].subject.startswith("45 new things")
    assert "And 5 more." in mailoutbox[0].body
    assert Notice.objects.filter(person=told.owner, sent_at=None).count() == 0
    assert timezone.is_aware(Notice.objects.filter(person=told.owner).first().sent_at)
    assert DBTaskResult.objects.exclude(status="SUCCESSFUL").count() == 0
