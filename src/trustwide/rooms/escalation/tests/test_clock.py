"""What nobody answers in time goes up by itself, says so, and never lapses."""

from __future__ import annotations

from datetime import date

import pytest

from trustwide.rooms.commons.models import Notice
from trustwide.rooms.escalation import actions, queries
from trustwide.rooms.escalation.chores import find_late, find_left, find_read
from trustwide.rooms.escalation.tests.way_up import WayUp, anew, at, steps
from trustwide.rooms.jobs import work
from trustwide.rooms.notices.actions import mark_read
from trustwide.rooms.people.clock import now
from trustwide.rooms.places.actions_roles import end_role


def look() -> None:
    find_late.func()
    work.run_ready()


def test_what_is_late_rises_one_tier_at_a_time_to_the_top_and_stays_there(way: WayUp) -> None:
    item = way.raise_item()
    owners = []
    for day in (13, 14, 15, 18, 19):
        with at(day, 9, 1):
            look()
            look()
            now_it_is = queries.item_numbered(item.pk)
            owners.append(now_it_is.owner)
    assert owners == [way.manager, way.director, way.chief, way.chief, way.chief]
    assert steps(item) == ["raised", "rose", "rose", "rose", "late"]
    told = set(Notice.objects.filter(record=item.pk, what="item-rose").values_list("person", flat=True))
    assert told == {way.nurse.pk, way.leader.pk, way.manager.pk, way.director.pk, way.chief.pk}


@pytest.mark.parametrize("sort", ["know", "help"])
def test_what_only_tells_does_not_rise(way: WayUp, sort: str) -> None:
    item = way.raise_item(sort=sort)
    with at(20):
        look()
    assert ("rose" in steps(item)) is (sort == "help")


def test_nothing_rises_before_its_time_nor_once_it_is_answered_or_put_off(way: WayUp) -> None:
    early, answered, promised = (way.raise_item(each) for each in ("One", "Two", "Three"))
    with at(12, 15):
        look()
        assert steps(early) == ["raised"]
    actions.answer_item(by=anew(way.leader), item=answered, words="Done.")
    actions.promise_word(by=anew(way.leader), item=promised, words="", until=date(2026, 5, 15))
    with at(14):
        look()
    assert [each for item in (answered, promised) for each in steps(item) if each == "rose"] == []
    assert steps(early) == ["raised", "rose"]
    with at(18):
        look()
    assert steps(promised) == ["raised", "promise", "rose"]


def test_a_job_that_comes_late_finds_what_was_answered_meanwhile(way: WayUp) -> None:
    item = way.raise_item()
    with at(14):
        find_late.func()
        actions.answer_item(by=anew(way.leader), item=item, words="Done.")
        work.run_ready()
    assert steps(item) == ["raised", "answer"]


def test_what_lies_with_somebody_who_left_is_passed_on_at_once(way: WayUp) -> None:
    item = way.raise_item()
    end_role(by=None, held=way.leader.roles.get(), on=date(2026, 5, 12))
    with at(13, 7):
        for _twice in range(2):
            find_left.func()
            work.run_ready()
    now_it_is = queries.item_numbered(item.pk)
    assert (now_it_is.owner, now_it_is.tier, steps(item)) == (way.manager, 2, ["raised", "passed", "nobody"])


def test_control_what_lies_with_a_leader_stays(way: WayUp) -> None:
    way.raise_item()
    assert queries.items_left() == []
    with at(13, 9, 1):
        assert queries.items_to_rise(now()).count() == 1


def test_an_answer_that_was_read_is_told_and_over(way: WayUp) -> None:
    read, unread = way.raise_item("Read"), way.raise_item("Unread")
    for each in (read, unread):
        actions.answer_item(by=anew(way.leader), item=each, words="Done.")
    for notice in Notice.objects.filter(record=read.pk, what="item-answered"):
        mark_read(person=anew(way.nurse), notice=notice)
    for _twice in range(2):
        find_read.func()
        work.run_ready()
    assert [queries.item_numbered(each.pk).stage for each in (read, unread)] == ["told", "answered"]
    assert steps(read) == ["raised", "answer", "tell"]
