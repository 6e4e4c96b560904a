"""A clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine


@pytest.fixture
def time_machine_at() -> Iterator[Any]:
    """A quiet winter's noon, which stands still until `shift`."""
    with time_machine.travel(datetime(2026, 1, 14, 12, tzinfo=UTC), tick=False) as clock:
        yield clock
