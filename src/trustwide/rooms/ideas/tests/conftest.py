from collections.abc import Iterator

import pytest
import time_machine

from trustwide.rooms.ideas.tests.made import House, make_house


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """On a Monday, three weeks before the clocks change and with no bank holiday near."""
    with time_machine.travel("2026-09-07 10:00", tick=False):
        yield make_house()
