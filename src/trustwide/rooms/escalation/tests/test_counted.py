"""What is counted of answers: by month and place, linear in what there is, and the same however much there is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers import make_organisation
from trustwide.rooms.commons.models import Comment, SearchText, Version
from trustwide.rooms.escalation import counted
from trustwide.rooms.escalation.actions_past import Past, PastStep, bring_in
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.tests.way_up import WayUp, anew, signed_in
from trustwide.rooms.measures.actions import add_computed_measure
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.acts import NotAllowed

DAY = date(2026, 5, 12)


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 4, day, hour, tzinfo=UTC)


def past(way: WayUp, *steps: tuple[str, int, int], title: str = "Tablets late", **fields: Any) -> Past:
    """Raised on the first of the given days of April, and so on: what, day, tier."""
    told = [
        PastStep(
            what, on(day), tier, f"Tier {tier}", way.team, way.nurse, way.leader, on(28), "Yes." * (what == "answer")
        )
        for what, day, tier in steps
    ]
    return Past(way.team, way.nurse, {"title": title, **fields}, told)


def numbers(key: str, place: Any) -> list[Any]:
    return list(COMPUTED[key].numbers(place, DAY))


def test_days_and_shares_by_month(way: WayUp) -> None:
    told = [
        past(way, ("raised", 1, 1), ("answer", 2, 1), ("yes", 7, 1)),  # a working day; Good Friday came after
        past(way, ("raised", 7, 1), ("rose", 8, 2), ("answer", 14, 2), ("tell", 14, 2)),
        past(way, ("raised", 7, 1), ("seen", 20, 1), sort="know"),  # it asks for nothing
    ]
    assert bring_in(by=anew(way.chief), organisation=way.trust, past=told) == 3
    assert [(each.period, each.value) for each in numbers("days-to-answer", way.trust)] == [(date(2026, 4, 1), 3.0)]
    share = numbers("answered-in-time", way.trust)[0]
    assert (share.numerator, share.size) == (2.0, 3.0)
    assert [each.value for each in numbers("days-at-tier-1", way.trust)] == [1.0]
    assert [each.value for each in numbers("days-at-tier-2", way.trust)] == [4.0]
    assert numbers("days-to-answer", make_organisation("Riverside")) == []


def test_it_is_one_question_however_much_there_is(way: WayUp) -> None:
    told = [past(way, ("raised", 1, 1), ("answer", 2, 1), ("yes", 7, 1)) for _each in range(40)]
    bring_in(by=anew(way.chief), organisation=way.trust, past=told)
    for key in ("days-to-answer", "answered-in-time", "days-at-tier-1"):
        with CaptureQueriesContext(connection) as found:
            numbers(key, way.trust)
        assert len(found) == 1


def test_what_is_brought_in_is_as_what_was_raised_here(way: WayUp) -> None:
    steps = (("raised", 1, 1), ("answer", 2, 1), ("yes", 7, 1))
    bring_in(by=anew(way.chief), organisation=way.trust, past=[past(way, *steps, title="Linen is late")])
    item = Item.objects.get()
    assert (item.stage, item.owner, item.closed_at) == ("helped", way.leader, on(7))
    assert Version.objects.filter(record=item.pk).count() == 1
    assert SearchText.objects.get(record=item.pk).title == "Linen is late"
    assert Comment.objects.get().step.what == "answer"
    page = signed_in(way.nurse).get(f"/st-brides/items/{item.pk}/").content.decode()
    assert "Sam Castle says that it helped." in page


def test_only_who_may_change_all_of_it_brings_it_in(way: WayUp) -> None:
    told = [past(way, ("raised", 1, 1), ("yes", 2, 1))]
    for by in (way.manager, way.nurse):
        with pytest.raises(NotAllowed):
            bring_in(by=anew(by), organisation=way.trust, past=told)
    with pytest.raises(NotAllowed):
        bring_in(by=anew(way.chief), organisation=make_organisation("Riverside"), past=told)
    assert not Item.objects.exists()


def test_the_measure_is_owned_by_the_place_and_draws(way: WayUp) -> None:
    told = [past(way, ("raised", 1, 1), ("answer", 2, 1), ("yes", 7, 1))]
    bring_in(by=anew(way.chief), organisation=way.trust, past=told)
    number = add_computed_measure(by=anew(way.chief), computed=COMPUTED["answered-in-time"], place=way.trust)
    assert "no values yet" not in Measure.objects.get(pk=number).sentence
    assert counted.LEVELS
