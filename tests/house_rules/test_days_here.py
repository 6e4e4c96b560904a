"""A moment's day is the day where people work: in summer the hour after midnight is another day in UTC."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trustwide

pytestmark = pytest.mark.seen_once  # no database

PACKAGE = Path(trustwide.__file__).parent
#: The day of a moment as the database keeps it, which is in UTC: asked for outright, or written out.
IN_UTC = re.compile(r"(?:_at|\.at|now\(\))\.date\(\)|\{[\w.]*(?:_at|\.at|now\(\)):[^}]*%-?[dBmYHM]")
#: A time of day alone, and days that the demo reckons with.
BESIDE = ("board.huddle_at:%H:%M", "/demo")
#: A `class.at` that is a day: the line of a table's own name.
NAMED = re.compile(r"return f\"\{self\.\w+_id\} ")


def days_in_utc(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if IN_UTC.search(line) and not NAMED.search(line.strip())]


def test_days_are_of_here() -> None:
    files = [each for part in ("rooms", "house") for each in (PACKAGE / part).rglob("*.py")]
    ours = [each for each in files if not {"tests", "migrations"} & set(each.parts)]
    found = [f"{each.relative_to(PACKAGE)}: {line}" for each in ours for line in days_in_utc(each.read_text())]
    print(f"{len(ours)} files, {len(found)} lines that take a day of a moment")
    assert [line for line in found if not any(beside in line for beside in BESIDE)] == [], "use localdate(moment)"


@pytest.mark.parametrize("line", ["days = today() - test.started_at.date()", 'f"{found.at:%-d %B}"'])
def test_control_a_day_in_utc_is_seen(line: str) -> None:
    assert days_in_utc(line)
