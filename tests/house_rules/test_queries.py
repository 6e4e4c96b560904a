"""A page asks the database as often for a thousand measures as for ten, and at most fifteen times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house_rules.trusts import Trust, make_record
from tests.house_rules.world import ASKED, World, world_of
from tests.makers import make_open_data, make_report, make_upload
from tests.shares import sampled
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.models import MeasureSet
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.seen_once  # how often a page asks is in the code

MOST, FEW, MANY, POINTS = 15, 10, 1_000, 4


def crowded_world(size: int, trust: Trust) -> World:
    """A world of that many measures in each set, and with more reports and uploads in the larger one."""
    mine = {"at": trust.place, "by": trust.everyone}
    for _ in range(size // 100):
        make_upload(**mine)
        make_report(measures=1, points=1, **mine)
    make_report(measures=1, points=1, **mine)
    for kind in KINDS.values():
        for _ in range(size // 50):
            make_record(trust, kind, "more")
    make_open_data(size, POINTS)
    return world_of(trust, size)


def asked(client: Client, path: str, forget: Callable[[], None]) -> int:
    """How many queries a page takes when nothing is remembered."""
    forget()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without their pictures, which take most of the time and ask the database nothing."""
    monkeypatch.setattr("trustwide.design.pictures.engine_drawing", lambda *_series, **_size: "")
    monkeypatch.setattr("trustwide.rooms.measures.views_reports.report_as_pdf", lambda _report: b"")


def test_queries_do_not_grow(world: World, client: Client, forget: Callable[[], None], undrawn: None) -> None:
    found: dict[str, list[int]] = {}
    shown = [each for each in ASKED if each.get == 200 and each.signed_in]
    examples = [each for each in shown if sampled(f"{each} asks", one_in=2)]
    client.get("/readyz")  # the first time in a process it looks for migrations
    for size in (FEW, MANY):
        MeasureSet.objects.all().delete()
        crowded = crowded_world(size, world.trust)
        for example in examples:
            found.setdefault(str(example), []).append(asked(client, crowded.path(example), forget))
    most = max(map(max, found.values()))
    print(f"{len(found)} of {len(shown)} pages at {FEW} and {MANY} measures, at most {most} queries each")
    assert {name: counts for name, counts in found.items() if counts[0] != counts[1] or counts[1] > MOST} == {}


def test_control_a_query_a_row_is_seen(
    world: World, client: Client, forget: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, path = world.trust.place, f"/{world.trust.place.slug}/reports/"
    for _ in range(4):
        make_report(measures=1, points=1, at=place)
    few = asked(client, path, forget)
    plainly = queries.reports

    def one_by_one(organisation: Place) -> list[MeasureSet]:
        return [each for each in plainly(organisation) if queries.report(organisation, each.pk)]

    monkeypatch.setattr(queries, "reports", one_by_one)
    assert asked(client, path, forget) == few - 1 + 4 + 1  # the set that the world begins with
