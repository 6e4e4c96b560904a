"""A drawing as it was on two days, side by side, and in words what came, what went and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localtime
from markupsafe import Markup

from trustwide.engines import diagrams
from trustwide.rooms.commons.models import Version
from trustwide.rooms.people.models import Person
from trustwide.rooms.tools import drawing_page, queries
from trustwide.rooms.tools.models import Drawing


@dataclass(frozen=True)
class Side:
    """A version, drawn."""

    version: Version
    drawing: diagrams.Drawing
    picture: Markup
    readings: list[str]


def context(person: Person, record: Drawing, asked: dict[str, str]) -> dict[str, Any]:
    """Of each day its last version; without a choice the first and the last."""
    days = _days(person, record)
    chosen = [_chosen(days, asked["before"], min(days)), _chosen(days, asked["after"], max(days))]
    sides = [_side(person, record, days[day], number) for number, day in enumerate(sorted(chosen))]
    before, after = ({row.text: row for row in side.drawing.rows} for side in sides)
    return {
        "days": sorted(days, reverse=True)[: queries.DAYS],
        "chosen": sorted(chosen),
        "sides": sides,
        "came": [text for text in after if text not in before],
        "went": [text for text in before if text not in after],
        "moved": [text for text, row in after.items() if text in before and row != before[text]],
        "heads": [side.drawing.head for side in sides],
    }


def _days(person: Person, record: Drawing) -> dict[date, Version]:
    found: dict[date, Version] = {}
    for version in queries.versions_of(person, record):  # the newest first
        found.setdefault(localtime(version.at).date(), version)
    return found


def _chosen(days: dict[date, Version], asked: str, otherwise: date) -> date:
    return next((day for day in days if day.isoformat() == asked), otherwise)


def _side(person: Person, record: Drawing, version: Version, number: int) -> Side:
    """A sheet takes in the other drawings as they were at the end of its day."""
    next_day = localtime(version.at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    others = queries.beside_before(person, record, next_day) if record.tool == "a3" else []
    beside = [_as_it_was(each, then) for each, then in others]
    title, drawing = _as_it_was(record, version)
    drawn = Markup(diagrams.draw(drawing, title, f"-{number}", beside))  # noqa: S704 (each word goes through safe)
    return Side(version, drawing, drawn, diagrams.readings(drawing))


def _as_it_was(record: Drawing, version: Version) -> tuple[str, diagrams.Drawing]:
    kept = version.fields
    drawing = drawing_page.filled(record.tool, kept.get("head", ""), kept.get("lines", ""))
    return kept.get("title", record.title), drawing
