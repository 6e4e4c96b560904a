"""What would let decisions be made lower: counted from what was decided, and the limits that would have done it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.decisions import queries
from trustwide.rooms.decisions.counted import KEYS
from trustwide.rooms.decisions.models import SORTS, SchemeLine
from trustwide.rooms.decisions.scheme import HEIGHT, pounds, running_lines
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import DIRECTORATE, LEVEL_WORDS, LEVELS, ORGANISATION, SERVICE, TEAM, Place

WINDOW = timedelta(days=365)
FEWEST = 3  # that a limit must have let be decided lower, before it is worth saying
MOST_OF_THEM = 0.6  # of those that could go lower: the smallest limit that lets so many
LIMITS = (0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000)
LED_BY = {TEAM: "team-leader", SERVICE: "manager", DIRECTORATE: "manager"}


@dataclass(frozen=True)
class Decided:
    """What of one decision tells whether it could have been made lower."""

    place_level: str
    first_level: str
    level: str
    sort: str
    money: int | None
    reversible: bool

    @property
    def went_up(self) -> bool:
        return self.first_level != self.level


@dataclass(frozen=True)
class Suggestion:
    """A limit that would have let some be decided one level lower."""

    sort: str
    level: str
    lower: str
    role: str
    limit: int
    kept: int
    all: int

    @property
    def sentence(self) -> str:
        """In words, with the numbers that it rests on."""
        told = {
            "all": self.all, "kept": self.kept, "level": plural(self.level), "lower": plural(self.lower),
            "role": ROLES[self.role].name, "sort": str(SORTS[self.sort]).lower(),
        }  # fmt: skip
        if self.limit == 0:
            return _(
                "%(sort)s: of %(all)s decisions where %(level)s decide, %(kept)s cost nothing and could be undone. "
                "If the role “%(role)s” could decide what costs nothing, %(lower)s could have decided them."
            ) % {**told, "sort": str(SORTS[self.sort])}
        return _(
            "%(sort)s: of %(all)s decisions where %(level)s decide, %(kept)s cost %(sum)s or less and could be "
            "undone. If the role “%(role)s” could decide up to %(sum)s, %(lower)s could have decided them."
        ) % {**told, "sort": str(SORTS[self.sort]), "sum": pounds(self.limit)}


def plural(level: str) -> str:
    words = {
        TEAM: _("teams"), SERVICE: _("services"), DIRECTORATE: _("directorates"), ORGANISATION: _("executives"),
    }  # fmt: skip
    return words.get(level, _("the group"))


def smallest_limit(sums: Iterable[int]) -> tuple[int, int] | None:
    """The smallest of our limits that lets most of these sums be decided, and how many; None where too few would be.

    >>> smallest_limit([0, 90, 120, 400, 9_000])
    (250, 3)
    """
    sums = list(sums)
    for limit in LIMITS:
        kept = sum(each <= limit for each in sums)
        if kept >= max(FEWEST, MOST_OF_THEM * len(sums)):
            return limit, kept
    return None


def suggestions(decided: list[Decided], lines: list[SchemeLine]) -> list[Suggestion]:
    """For each thing and level, the limit that would have let most of what can be undone be decided one level lower."""
    found = []
    for level in LEVELS[1:-1]:
        lower = LEVELS[LEVELS.index(level) + 1]
        for sort in SORTS:
            here = [each for each in decided if each.level == level and each.sort == sort and not each.went_up]
            could = [each for each in here if each.reversible and HEIGHT[each.place_level] <= HEIGHT[lower]]
            limit = smallest_limit(each.money or 0 for each in could)
            if limit and not _is_let(lines, sort, lower, limit[0]):
                role = next((each.role for each in lines if (each.sort, each.level) == (sort, lower)), LED_BY[lower])
                found.append(Suggestion(sort, level, lower, role, *limit, len(here)))
    return sorted(found, key=lambda each: (-each.kept, each.sort))


def _is_let(lines: list[SchemeLine], sort: str, level: str, limit: int) -> bool:
    """Whether the scheme lets that level decide it now: then nobody held the role, and no limit would help."""
    mine = [each for each in lines if (each.sort, each.level) == (sort, level)]
    return any(each.limit is None or each.limit >= limit for each in mine)


def told_of(person: Person, organisation: Place, day: date) -> dict[str, Any]:
    """The whole page. Three queries."""
    decided = [Decided(*each) for each in queries.decided_within(person, organisation, day - WINDOW)]
    went_up = sum(each.went_up for each in decided)
    return {
        "count": len(decided),
        "went_up": ngettext("%(num)s went up because no word had come.", "%(num)s went up because no word had come.",
                            went_up) % {"num": went_up},
        "levels": [(each, LEVEL_WORDS[each]) for each in reversed(LEVELS[1:])],
        "rows": [(words, _row(decided, sort)) for sort, words in SORTS.items()],
        "ups": {level: sum(each.went_up for each in decided if each.level == level) for level in LEVELS},
        "suggestions": suggestions(decided, list(running_lines(organisation))),
        "measures": queries.measures_of_days(person, organisation, KEYS.values()),
    }  # fmt: skip


def _row(decided: list[Decided], sort: str) -> dict[str, int]:
    return {level: sum(each.level == level and each.sort == sort for each in decided) for level in LEVELS}
