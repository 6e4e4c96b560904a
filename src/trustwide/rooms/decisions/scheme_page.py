"""What the page of who may decide what shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trustwide.rooms.decisions import queries
from trustwide.rooms.decisions.models import SORTS, SchemeLine
from trustwide.rooms.decisions.scheme import at_top, may_words, upward
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import LEVEL_WORDS, Place

MOST_BEFORE = 20


@dataclass(frozen=True)
class Row:
    """One line in words."""

    line: SchemeLine

    @property
    def level(self) -> Any:
        return LEVEL_WORDS[self.line.level]

    @property
    def role(self) -> Any:
        return ROLES[self.line.role].name

    @property
    def may(self) -> str:
        return may_words(self.line)

    @property
    def sort(self) -> Any:
        return SORTS[self.line.sort]


def told_of(organisation: Place) -> dict[str, Any]:
    """The lines that run, by what they are about, and who is at the top; and those that ended, the latest first."""
    running = upward(queries.lines_of(organisation).filter(ended_at=None))
    ended = queries.lines_of(organisation).exclude(ended_at=None).order_by("-ended_at", "-pk")[:MOST_BEFORE]
    return {
        "by_sort": [(words, [Row(each) for each in running if each.sort == sort]) for sort, words in SORTS.items()],
        "any": bool(running),
        "top": {role: people[0] if people else None for role, people in at_top(organisation, today()).items()},
        "before": [Row(each) for each in ended],
    }
