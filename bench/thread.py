"""How a record fits, and the cascade of a trust, as pages of the demo group at 1, 10 and 100 times its size.

Each is measured against the bare framework's empty page in the same run; the number of queries must not grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bench import crowd

GOAL = 3
TRUST, DAY = "st-brides-hospitals", date(2026, 6, 1)


@dataclass(frozen=True)
class Page:
    """What opening one page took: the least time, against the empty page's of the same minute; queries; how large."""

    name: str
    seconds: float
    empty: float
    queries: int
    size: int

    @property
    def times(self) -> float:
        """How many empty pages it is worth: what else the machine does, it does to both."""
        return self.seconds / self.empty


def measure(*, quick: bool) -> float:
    """How many times as long the thread takes in the largest group as in the smallest."""
    crowd.set_up()
    from bench.copies import Copies
    from trustwide.demo.load import load_demo

    print(f"  the demo group: {load_demo(day=DAY)}")
    copies, runs, found = Copies(), 10 if quick else 20, {}
    for scale in (1, 10) if quick else (1, 10, 100):
        copies.grow_to(scale)
        found[scale] = at_scale(scale, runs)
    first, last = found[1], found[max(found)]
    for before, after in zip(first, last, strict=True):
        print(f"  {before.name}: {after.times / before.times:.1f} times as long at {max(found)}x as at 1x")
    for pages in zip(*found.values(), strict=True):
        if max(each.queries for each in pages) > pages[0].queries:  # one fewer, where a page says no more, is no growth
            raise SystemExit(f"{pages[0].name}: its queries grow: {[each.queries for each in pages]}")
    return _of_threads(last) / _of_threads(first)


def _of_threads(pages: list[Page]) -> float:
    return sum(each.times for each in pages if each.name.startswith("thread"))


def at_scale(scale: int, runs: int) -> list[Page]:
    """Open the pages in a group of that size, and say what it took."""
    from trustwide.rooms.commons.models import Link, Record
    from trustwide.rooms.places.models import Place

    teams = Place.objects.filter(level="team").count()
    print(f"  {scale}x: {teams:,} teams, {Record.objects.count():,} records, {Link.objects.count():,} links")
    found = [opened(name, address, who, runs) for name, address, who in chosen()]
    for each in found:
        told = f"{1000 * each.seconds:.1f} ms, {each.times:.0f} times the empty page's {1000 * each.empty:.2f} ms"
        print(f"    {each.name}: {told}; {each.queries} queries, {each.size // 1024:,} kB")
    return found


def chosen() -> list[tuple[str, str, Any]]:
    """The threads of a record of each level, and the cascade of the trust; each with who opens it."""
    from trustwide.demo.personas import persona
    from trustwide.rooms.places.models import Place
    from trustwide.rooms.purpose.models import Objective, Strategy

    trust, ward = Place.objects.get(slug=TRUST), Place.objects.get(slug="ward-7", organisation__slug=TRUST)
    strategy = Strategy.objects.get(place=trust)
    top = Objective.objects.filter(place=trust, stage="live").order_by("created_at").first()
    low = Objective.objects.filter(place=ward).order_by("created_at").first()
    assert top is not None
    assert low is not None
    chief, leader = persona("chief-executive"), persona("ward-leader")
    return [
        ("thread of the strategy", f"/{TRUST}/strategies/{strategy.pk}/thread/", chief),
        ("thread of the trust's first objective", f"/{TRUST}/objectives/{top.pk}/thread/", chief),
        ("thread of a ward's objective", f"/{TRUST}/objectives/{low.pk}/thread/", leader),
        ("cascade", f"/{TRUST}/strategy/tree/", chief),
    ]


def opened(name: str, address: str, person: Any, runs: int) -> Page:
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    from bench.empty_page import MIDDLEWARE

    client, bare = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    found = client.get(address)
    assert found.status_code == 200, (address, found.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    queries = len(asked)  # counted now: the next request empties the list
    with override_settings(ROOT_URLCONF="bench.empty_page", MIDDLEWARE=MIDDLEWARE):
        bare.force_login(person)
        empty = crowd.least_time(lambda: bare.get("/"), runs * 20)
    return Page(name, crowd.least_time(lambda: client.get(address), runs), empty, queries, len(found.content))
