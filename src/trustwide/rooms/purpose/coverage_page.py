"""What the checked documents of an organisation carry: by kind, by place, and over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.models import SORTS, DocumentCheck, Value

QUARTERS = 8  # two years


def kind() -> Kind:
    return KINDS[DocumentCheck._meta.label_lower]


@dataclass
class Share:
    """Of so many, how many carry it."""

    some: int = 0
    of: int = 0

    def count(self, carried: bool) -> None:
        self.some, self.of = self.some + carried, self.of + 1

    @property
    def words(self) -> str:
        return _("%(some)s of %(all)s") % {"some": self.some, "all": self.of} if self.of else "–"


@dataclass
class Row:
    """One kind of document, one place or one quarter: how many documents, and what they carry."""

    name: Any
    documents: int = 0
    by_value: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    support: Share = field(default_factory=Share)
    all_values: Share = field(default_factory=Share)

    def add(self, found: dict[str, Any], shown: set[str]) -> None:
        self.documents += 1
        self.support.count(_carried(found.get("support", {})))
        for each in found.get("values", []):
            if each["id"] in shown:
                self.by_value[each["id"]].count(_carried(each))
                self.all_values.count(_carried(each))


@dataclass(frozen=True)
class Coverage:
    """The whole page; `whole` counts the latest version of each document."""

    values: list[Value]
    whole: Row
    by_sort: list[Row]
    by_place: list[Row]
    quarters: list[Row]

    @property
    def sentences(self) -> list[str]:
        """What the tables say, in words."""
        whole = self.whole
        told = [
            ngettext("We checked %(num)s document.", "We checked %(num)s documents.", whole.documents)
            % {"num": whole.documents},
            ngettext(
                "%(num)s asks people to help improve our work.",
                "%(num)s ask people to help improve our work.",
                whole.support.some,
            )
            % {"num": whole.support.some},
        ]
        shares = [(whole.by_value[str(each.pk)], each.title) for each in self.values if str(each.pk) in whole.by_value]
        if shares:
            most, least = max(shares, key=_of), min(shares, key=_of)
            told.append(_("“%(value)s” is carried by %(share)s.") % {"value": most[1], "share": most[0].words})
            if _of(least) < _of(most):
                told.append(_("“%(value)s” is carried by %(share)s.") % {"value": least[1], "share": least[0].words})
        return told


def _of(each: tuple[Share, str]) -> float:
    return each[0].some / each[0].of


def _carried(told: dict[str, Any]) -> bool:
    return bool(told.get("count"))


def coverage_of(person: Person, organisation: Place) -> Coverage:
    """As far as the person may read. Five queries, whatever the number of documents."""
    checks = queries.checks_read(person, organisation)
    values = queries.values_looked_for(person, organisation)
    directorates = queries.directorates_of(organisation)
    shown = {str(each.pk) for each in values}
    latest = [each for each in checks if not each.superseded]
    whole = Row("")
    for each in latest:
        whole.add(each.found, shown)
    return Coverage(
        [each for each in values if str(each.pk) in whole.by_value],
        whole,
        _rows(latest, shown, lambda each: each.sort, SORTS),
        _rows(latest, shown, lambda each: _part_of(each, directorates), {None: organisation.name, **directorates}),
        _by_quarter(checks, shown),
    )


def _rows(checks: Iterable[Any], shown: set[str], part: Callable[[Any], Hashable], names: dict[Any, Any]) -> list[Row]:
    """A row for each name that has any, in the order of the names."""
    rows = {key: Row(name) for key, name in names.items()}
    for each in checks:
        rows[part(each)].add(each.found, shown)  # type: ignore[index]
    return [row for row in rows.values() if row.documents]


def _part_of(check: Any, directorates: dict[str, str]) -> str | None:
    """The path of the directorate that a check stands in; None is the organisation itself."""
    return next((path for path in directorates if check.place.path.startswith(path)), None)


def _by_quarter(checks: list[Any], shown: set[str]) -> list[Row]:
    """Each quarter in which documents were checked, earlier versions too: as they were then."""
    rows: dict[tuple[int, int], Row] = {}
    for each in sorted(checks, key=lambda check: check.created_at):
        day = localtime(each.created_at).date()
        quarter = (day.year, (day.month - 1) // 3)
        rows.setdefault(quarter, Row(_quarter_words(*quarter))).add(each.found, shown)
    return list(rows.values())[-QUARTERS:]


def _quarter_words(year: int, quarter: int) -> str:
    first, last = date(year, quarter * 3 + 1, 1), date(year, quarter * 3 + 3, 1)
    return f"{first:%b} – {last:%b %Y}"
