"""What one may not read is not among the asks, not told overnight, not counted, and not offered as an aim."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.makers import make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.escalation import actions, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.tests.way_up import WayUp, anew
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose.models import Objective


@pytest.fixture
def other(way: WayUp) -> Person:
    """Of another ward of the same trust."""
    return make_person("Olu Bright", "staff", make_team(way.trust, "Ward 8"))


@pytest.fixture
def high(way: WayUp) -> Item:
    """The ward's own, at a tier that answers for a directorate."""
    item = way.raise_item(sharing="team")
    for by in (way.leader, way.manager):
        actions.pass_up(by=anew(by), item=item, words="More than we can do.")
    return queries.item_numbered(item.pk)


def test_what_rose_out_of_sight_is_not_told(way: WayUp, other: Person, high: Item) -> None:
    since = now() - timedelta(days=1)
    counted = [
        (
            len(queries.arrivals(who, way.trust, since)),
            len(queries.waiting_high(who, way.trust)),
            queries.waiting_counts(who, way.trust)[1],
        )
        for who in (anew(way.chief), other)
    ]
    assert counted == [(1, 1, 1), (0, 0, 0)]
    actions.answer_item(by=anew(way.director), item=high, words="Yes, from Monday.")
    assert [len(queries.answers_since(who, way.trust, since)) for who in (anew(way.chief), other)] == [1, 0]


def test_an_ask_out_of_sight_is_not_among_ones_own(way: WayUp, other: Person, high: Item) -> None:
    """Such as after a move to another ward."""
    Item.objects.filter(pk=high.pk).update(owner=other)
    assert list(queries.asks_of(other, way.trust)) == []
    Item.objects.filter(pk=high.pk).update(owner=way.director)
    assert list(queries.asks_of(anew(way.director), way.trust)) == [high]


def test_asks_out_of_sight_are_not_told_together(way: WayUp, other: Person) -> None:
    pair = [way.raise_item(sharing="team") for _each in range(2)]
    for who, told in ((other, 0), (way.leader, 2)):
        Item.objects.filter(pk__in=[each.pk for each in pair]).update(owner=who)
        assert queries.asks_told_together(anew(who)).count() == told


def test_an_aim_out_of_sight_is_not_offered(way: WayUp) -> None:
    fields = {"title": "Fewer late tablets", "sharing": "team"}
    kind = KINDS[Objective._meta.label_lower]
    add_record(by=anew(way.chief), kind=kind, place=way.trust, fields=fields, stage="live")
    item = way.raise_item()
    assert [len(queries.aims_for(anew(who), item)) for who in (way.chief, way.nurse)] == [1, 0]
