"""Owners are told, once, of the day on which to look at something again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.makers import make_message, make_organisation, make_person
from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.jobs import work
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.notices import reviews
from trustwide.rooms.notices.models import ReviewTold
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Record:
    home = make_organisation()
    return make_message(make_person("Cleo", "executive", home), home)


def review_on(record: Record, day: date | None) -> None:
    record.refresh_from_db()
    change_record(by=record.owner, record=record, version=record.version, fields={"next_review": day})


def run() -> int:
    """One morning's round; how many notices of review there are."""
    later(reviews.find_reviews, key=str(uuid7()))
    work.run_ready()
    return Notice.objects.filter(what="review-due").count()


@pytest.mark.parametrize(("days", "told"), [(-400, 1), (0, 1), (7, 1), (8, 0), (None, 0)])
def test_a_day_that_is_past_or_within_a_week_is_told(message: Record, days: int | None, told: int) -> None:
    review_on(message, None if days is None else today() + timedelta(days=days))
    assert run() == told


def test_it_is_told_once_and_a_new_day_anew(message: Record, client: Any) -> None:
    review_on(message, today())
    assert [run(), run(), run()] == [1, 1, 1]
    review_on(message, today() + timedelta(days=3))
    assert [run(), run()] == [2, 2]
    assert ReviewTold.objects.count() == 2
    client.force_login(message.owner)
    assert "Look at this again by" in client.get("/notices/").content.decode()
    assert client.get("/").content.decode().count("Look at this again by") == 1, "one line on the first page, not two"


def test_a_closed_one_is_not_told(message: Record) -> None:
    review_on(message, today())
    message.refresh_from_db()
    closed = next(each.key for each in _stages(message) if each.closed)
    move_record(by=message.owner, record=message, version=message.version, stage=closed)
    assert run() == 0


def _stages(record: Record) -> Any:
    from trustwide.rooms.commons.kinds import kind_of

    return kind_of(record).stages


def test_a_day_that_was_changed_meanwhile_is_not_told(message: Record) -> None:
    review_on(message, today())
    later(reviews.find_reviews)
    assert work.run_ready(most=1) == 1
    review_on(message, today() + timedelta(days=100))
    work.run_ready()
    assert Notice.objects.filter(what="review-due").count() == 0


def test_who_may_no_longer_read_it_is_not_told(message: Record) -> None:
    review_on(message, today())
    message.owner.roles.all().delete()
    assert run() == 0
