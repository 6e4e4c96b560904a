"""An installation to copy, and somewhere to bring the copy back to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house_rules.lookalikes import make_trust
from trustwide.house.tests.copies import empty_database


@pytest.fixture
def installation(real_transactions: None, tmp_path: Path, settings: Any) -> Any:
    """A database and a data folder of this test's own, with a trust in it, one of whose records has a file."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return make_trust()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder; on PostgreSQL, with an empty database named in the environment."""
    with empty_database("back") as address:
        monkeypatch.setenv("TRUSTWIDE_DATABASE", address)
        yield tmp_path / "back"
