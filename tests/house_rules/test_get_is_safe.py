"""Looking changes nothing: every table holds the same before and after every page is asked for."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from django.db import connection
from django.test import Client

from tests.house_rules.world import ASKED, VARIATIONS, World
from tests.makers import client_of
from tests.shares import in_share, sampled
from trustwide.rooms.devices import board_page
from trustwide.rooms.devices.actions import give_code, join_device

#: In a short run each role of its own looks at one address in so many, in a full run at all.
SAMPLE = 40
#: What each looks at in any run: one is open to them.
ALWAYS = {"front:home", "devices:board", "measures:comparison"}
#: When a session was last used, and how often somebody asked for what is limited.
UNCOUNTED = {"django_session", "attempts"}


def table_contents() -> dict[str, tuple[int, str]]:
    """Rows and a checksum of each table."""
    tables = {}
    with connection.cursor() as cursor:
        for name in set(connection.introspection.table_names(cursor)) - UNCOUNTED:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 (names of our own tables)
            rows = sorted(
                repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]) for row in cursor
            )
            tables[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return tables


def changed_since(before: dict[str, tuple[int, str]]) -> set[str]:
    """The tables that hold something else now."""
    return {name for name, found in table_contents().items() if found != before[name]}


def browsers(world: World) -> dict[str, Client]:
    """Somebody with every role, one of each role of the trust, one who is not signed in, and a shared device."""
    people = {"every role": world.trust.everyone, **world.trust.people}
    found = {name: client_of(person) for name, person in people.items()}
    found |= {"nobody": Client(), "shared device": Client()}
    joined = join_device(code=give_code(by=world.trust.people["team-leader"], device=world.trust.device))
    assert joined
    found["shared device"].cookies["device"] = joined[1]
    found["shared device"].get(world.at("devices:board"))  # notes that the device was seen
    return found


def test_get_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_page, "SEEN_EVERY", 86_400)  # on a slow machine too, a device is noted once
    visitors = browsers(world)
    before = table_contents()
    every = {world.path(each): str(each) for each in ASKED} | {path: path for path in VARIATIONS}
    asked, shown = Counter[str](), Counter[str]()
    for who, browser in visitors.items():
        for path, name in every.items():
            if name not in ALWAYS and not in_share(f"{who} {name}", one_in=1 if who == "every role" else SAMPLE):
                continue  # the others are looked at on the other database
            asked[who] += 1
            shown[who] += browser.get(path).status_code == 200
            if sampled(f"{who} {name}", one_in=4):
                browser.head(path)
    filled = sum(rows > 0 for rows, _ in before.values())
    print(f"{asked.total()} looks at {len(every)} addresses × {len(visitors)} visitors, {shown.total()} shown;")
    print(f"{len(before)} tables, {filled} with rows in them")
    assert filled >= 4
    assert {who for who in visitors if shown[who]} == set(visitors), "whoever it is, something was shown to them"
    assert changed_since(before) == set()


def test_control_a_change_of_one_row_is_seen(world: World, client: Client) -> None:
    before = table_contents()
    client.post(world.at("measures:remove-report"))
    assert changed_since(before) == {
        "people_auditrow",
        "measures_measureset",
        "measures_setmeasure",
        "measures_setobservation",
    }
