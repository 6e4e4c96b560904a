"""What the demo tells of the last days happened in an order that can be, whatever day it is loaded on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from trustwide.rooms.escalation import demo_today
from trustwide.rooms.escalation.demo_today import Today
from trustwide.rooms.people.working_time import is_working_day

pytestmark = pytest.mark.seen_once  # it asks the database nothing
MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=each) for each in range(7)]
Moment = tuple[date, int]  # a day and its hour: minutes fall as they may, so two things need two hours


class Told:
    """The story of a load on a day, of which only the moments are kept: by item, in the order they were told."""

    def __init__(self, day: date) -> None:
        self.today, self.cast, self.places = day, defaultdict(MagicMock), defaultdict(MagicMock)
        self.moments: dict[str, list[Moment]] = {}
        self.items: dict[str, Any] = {}
        self.now: Moment = (day, 0)

    @contextmanager
    def on(self, day: date, hour: int = 9) -> Iterator[None]:
        self.now = (day, hour)
        yield

    def add(self, *, fields: dict[str, Any], **_more: Any) -> str:
        title = fields["title"]
        self.moments[title] = [self.now]
        self.items[title] = SimpleNamespace(pk=title, tier=1, owner=MagicMock())
        return str(title)

    def happens(self, *, item: Any, **_more: Any) -> None:
        self.moments[item.pk].append(self.now)

    def goes_up(self, *, item: Any, **_more: Any) -> None:
        self.moments[item.pk].append(self.now)
        item.tier += 1


def told_on(day: date, patch: pytest.MonkeyPatch) -> Told:
    told = Told(day)
    for name in ("RoleHeld", "link_records"):
        patch.setattr(demo_today, name, MagicMock())
    patch.setattr(demo_today, "add_record", told.add)
    patch.setattr(demo_today, "added", lambda _kind, number, *_related: told.items[number])
    by_code = SimpleNamespace(raise_without_account=lambda **said: told.add(**said))
    patch.setattr(demo_today, "actions_door", by_code)
    patch.setattr(demo_today, "actions", SimpleNamespace(pass_up=told.goes_up, answer_item=told.happens))
    patch.setattr(demo_today, "actions_clock", SimpleNamespace(raise_late=told.happens))
    read = {"item_numbered": told.items.__getitem__, "aims_for": lambda *_who: [], "RELATED": ()}
    patch.setattr(demo_today, "queries", SimpleNamespace(**read))
    patch.setattr(demo_today, "codes", MagicMock())
    demo_today.tell(told, MagicMock())  # type: ignore[arg-type]
    return told


def out_of_order(told: Told) -> list[str]:
    """What had something happen to it before, or in the same hour as, what came before that."""
    return [title for title, moments in told.moments.items() if sorted(set(moments)) != moments]


@pytest.mark.parametrize("day", WEEK, ids=lambda day: f"{day:%A}")
def test_what_happened_to_an_item_happened_one_after_the_other(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_on(day, monkeypatch)
    assert sum(len(each) > 1 for each in told.moments.values()) > 10
    assert out_of_order(told) == []
    assert all(each <= (day, 23) for moments in told.moments.values() for each in moments)


def test_a_day_ago_is_another_working_day_on_a_saturday_too() -> None:
    for day in WEEK:
        days = [Today(Told(day), MagicMock()).working_days_ago(count) for count in range(4)]  # type: ignore[arg-type]
        assert days == sorted(set(days), reverse=True)
        assert all(map(is_working_day, days))


def test_control_two_days_that_are_one_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    plainly = Today.working_days_ago
    monkeypatch.setattr(Today, "working_days_ago", lambda self, count: plainly(self, max(count - 1, 0)))
    found = out_of_order(told_on(WEEK[5], monkeypatch))
    assert "No weekend therapist since June" in found
    assert "No second nurse for the evening drug round" in found
