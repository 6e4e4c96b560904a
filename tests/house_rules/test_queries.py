"""A page asks the database as often for a thousand rows as for ten, of whatever sort, and at most fifteen times."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house_rules.trusts import Trust, make_record
from tests.house_rules.world import ASKED, World, world_of
from tests.makers import client_of, make_open_data, make_report, make_upload
from tests.multiplied import AT_MOST, Multiplied
from tests.shares import WHOLE, sampled
from trustwide.rooms.commons import queries as commons
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.models import MeasureSet
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.seen_once  # how often a page asks is in the code

MOST, FEW, MANY, POINTS = 15, 10, 1_000, 4
#: Tables of which an organisation has no more than a handful of rows.
FEW_BY_RULE = {"SchemeLine", "Contacts", "Tier"}
SIZES = (FEW, MANY if WHOLE else 40)


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
        assert client.get(path).status_code in (200, 422)  # a file on its way in may not fit what there is now
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


@pytest.fixture
def multiplied(world: World) -> Multiplied:
    trust = world.trust
    above = {UUID(each) for each in trust.place.path.split("/") if each}
    return Multiplied({trust.everyone.pk, trust.place.pk, *above, *(each.pk for each in trust.people.values())})


def pages_asked(world: World) -> dict[str, tuple[str, str]]:
    """Each page as whoever holds every role, and the front page as each role; by a name, with whom and where."""
    shown = [each for each in ASKED if each.get == 200 and each.signed_in]
    some = [each for each in shown if sampled(f"{each} with many rows", one_in=14)]
    fronts = {f"/ as {role}": (role, "/") for role in ROLES if sampled(f"{role} with many rows", one_in=4)}
    return {str(each): ("", world.path(each)) for each in some} | fronts


def test_queries_do_not_grow_with_rows_of_any_table(
    world: World, multiplied: Multiplied, forget: Callable[[], None], undrawn: None
) -> None:
    pages, found, rows, few, many = pages_asked(world), dict[str, list[int]](), {}, *SIZES
    browsers = {role: client_of(person) for role, person in {"": world.trust.everyone, **world.trust.people}.items()}
    browsers[""].get("/readyz")
    for size in SIZES:
        rows = multiplied.grow_to(size)
        for name, (role, path) in pages.items():
            found.setdefault(name, []).append(asked(browsers[role], path, forget))
    print(f"{len(found)} pages at {few} and {many} of each row, at most {max(map(max, found.values()))} queries each")
    print(f"{len(rows)} tables, {sum(rows.values()):,} rows; fewest: {sorted(rows.items(), key=itemgetter(1))[:5]}")
    assert {name for name, count in rows.items() if count < many} - AT_MOST.keys() == FEW_BY_RULE
    assert {name: counts for name, counts in found.items() if counts[0] != counts[1] or counts[1] > MOST} == {}


def test_control_a_query_for_each_copy_is_seen(
    world: World, multiplied: Multiplied, client: Client, forget: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, plainly = world.at("commons:comment").removesuffix("comments/"), commons.comments_on
    monkeypatch.setattr(commons, "comments_on", lambda record: plainly(record).prefetch_related(None))
    few = asked(client, path, forget)
    multiplied.grow_to(3)
    assert asked(client, path, forget) > few + 1


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
