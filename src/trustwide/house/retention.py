"""How long the data folder keeps what no room owns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from trustwide.rooms.people.retention import RecordClass, register_class


def letters(before: datetime) -> Iterator[Path]:
    """Letters that were written to files, where no mail server is named: they hold links that open accounts."""
    folder = settings.DATA / "letters"
    return (each for each in folder.glob("*.log") if each.stat().st_mtime < before.timestamp())


def forget_letters(before: datetime) -> int:
    return sum(each.unlink() is None for each in list(letters(before)))


register_class(
    RecordClass(
        "letters",
        "Letters in the data folder, where no mail server is named",
        timedelta(days=30),
        "after they were written",
        "their links have ended by then",
        due=lambda before: len(list(letters(before))),
        forget=forget_letters,
    )
)
