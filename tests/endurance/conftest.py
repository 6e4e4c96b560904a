"""A database on a disk, which other processes of a test open too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def on_disk(real_transactions: None, tmp_path: Path) -> Path:
    """A database that another process can open; the folder of its data, with our own secret in it."""
    (tmp_path / "trustwide.sqlite3").symlink_to(tmp_path / "own.sqlite3")
    (tmp_path / "secret-key").write_text(settings.SECRET_KEY, encoding="ascii")
    return tmp_path


def told(folder: Path) -> dict[str, str]:
    """The variables that bring a process of ours to that database; "" is the one of the data folder."""
    about: dict[str, Any] = connection.settings_dict
    server = f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
    return {"TRUSTWIDE_DATA": str(folder), "TRUSTWIDE_DATABASE": "" if connection.vendor == "sqlite" else server}
