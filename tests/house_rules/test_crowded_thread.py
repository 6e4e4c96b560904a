"""How a record fits is asked of the database as often among 100,000 records as in the demo group alone.

The pages are those that `python -m bench thread` times. That one query more is seen, `test_queries.py` shows.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.copies import Copies
from bench.thread import DAY, chosen
from tests.makers import client_of
from tests.shares import WHOLE
from trustwide.demo.load import load_demo
from trustwide.rooms.commons.models import Record

pytestmark = [
    pytest.mark.both_databases,  # each walks links in its own SQL
    pytest.mark.skipif(not WHOLE, reason="it takes minutes to write so many"),
]

RECORDS = 100_000


def asked() -> dict[str, int]:
    """How many queries each page takes, the second time that it is opened."""
    found = {}
    for name, address, who in chosen():
        client = client_of(who)
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = len(queries)
    return found


def test_a_thread_asks_no_more_among_many(real_transactions: None) -> None:
    load_demo(day=DAY)
    copies, before, few = Copies(), asked(), Record.objects.count()
    copies.grow_to(RECORDS // len(copies.records) + 1)
    many, after = Record.objects.count(), asked()
    print(f"{connection.vendor}: queries at {few:,} records {before}, at {many:,} {after}")
    assert many >= RECORDS
    assert {name: count for name, count in after.items() if count > before[name]} == {}
