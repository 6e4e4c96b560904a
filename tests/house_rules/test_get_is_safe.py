"""Looking changes nothing: every table holds the same before and after every page is asked for."""

from __future__ import annotations

import hashlib

from django.db import connection
from django.test import Client

from tests.house_rules.world import ASKED, World
from tests.shares import in_share, sampled

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


def test_get_changes_nothing(world: World, client: Client) -> None:
    before = table_contents()
    every = list(dict.fromkeys([*map(world.path, ASKED), *world.pages(ASKED)]))
    paths = list(filter(in_share, every))  # the others are looked at on the other database
    for path in paths:
        client.get(path)
        if sampled(path, one_in=2):
            client.head(path)
    filled = sum(rows > 0 for rows, _ in before.values())
    print(f"{len(paths)} of {len(every)} addresses looked at, {len(before)} tables, {filled} with rows in them")
    assert filled >= 4
    assert table_contents() == before


def test_control_a_change_of_one_row_is_seen(world: World, client: Client) -> None:
    before = table_contents()
    client.post(world.at("measures:remove-report"))
    changed = {name for name, found in table_contents().items() if found != before[name]}
    assert changed == {"people_auditrow", "measures_measureset", "measures_setmeasure", "measures_setobservation"}
