from __future__ import annotations

from collections.abc import Iterator

import pytest

from trustwide.rooms.escalation.tests.way_up import TEN, WayUp, make_way_up
from trustwide.rooms.people import clock


@pytest.fixture
def way(db: None) -> Iterator[WayUp]:
    with clock.at(TEN):
        yield make_way_up()
