"""Checks of the machine that Django runs beside its own; `trustwide prepare` prints what they say."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.core import checks
from django.db import connection

#: A rare race of several connections can damage a database with a write-ahead log; mended in this release.
MENDED_SQLITE = (3, 51, 3)


@checks.register
def sqlite_is_old(**_about: Any) -> list[checks.CheckMessage]:
    """A word of warning where SQLite has a fault that a busy site could meet."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= MENDED_SQLITE:
        return []
    mended = ".".join(map(str, MENDED_SQLITE))
    return [
        checks.Warning(
            f"SQLite {sqlite3.sqlite_version} is older than {mended} and can, very rarely, damage a busy database.",
            hint="It is fine for trying out. For real work use PostgreSQL, and keep copies: see docs/hosting.md.",
            id="trustwide.W001",
        )
    ]
