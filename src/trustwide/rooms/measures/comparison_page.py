"""The comparison page: every organisation of the open data, the changed ones first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from trustwide.engines.spc.words import period_of, since, spoken_date
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.board_report import (
    CHANGE_WORDS,
    CHANGES,
    TARGET_WORDS,
    TARGETS,
    Block,
    BoardReport,
)
from trustwide.rooms.measures.models import MeasureSet, SetMeasure
from trustwide.rooms.measures.open_data import WAITS

ALL = "all"


@dataclass(frozen=True)
class Row:
    """One organisation's line: its block in the report, its name, and since when it has changed."""

    block: Block
    code: str
    name: str
    since: str


@dataclass(frozen=True)
class ComparisonPage:
    """What the page shows. `change` and `target` are the filters in force, '' for none."""

    measure_set: MeasureSet
    report: BoardReport
    rows: list[Row]
    change: str
    target: str
    words: str
    change_words = CHANGE_WORDS
    target_words = TARGET_WORDS

    @property
    def is_filtered(self) -> bool:
        return bool(self.change or self.target or self.words)

    @property
    def heading(self) -> str:
        """What the list holds."""
        if self.words:
            return _("Found")
        if self.change == ALL:
            return _("Every organisation")
        words = [CHANGE_WORDS[each] for each in CHANGES if each == self.change]
        words += [TARGET_WORDS[each] for each in TARGETS if (each or "none") == self.target]
        return ", ".join(words) or _("The ones that changed, and since when")


@dataclass(frozen=True)
class OrganisationPage:
    code: str
    name: str
    measure_set: MeasureSet
    charts: list[tuple[Block, SetMeasure]]


def page_for(asked: QueryDict) -> ComparisonPage | None:
    """The page that a query string asks for; None before the open data is loaded."""
    measure_set = queries.open_data_set()
    if measure_set is None:
        return None
    report, every = _report(measure_set.pk)
    change = asked.get("change", "") if asked.get("change") in (*CHANGES, ALL) else ""
    targets = {target or "none": target for target in TARGETS}
    target = asked.get("target", "") if asked.get("target") in targets else ""
    words = asked.get("q", "").strip()[:100]
    rows = [
        row
        for row in every
        if (change == ALL or row.block.change == change or (not change and (words or row.block.change != "common")))
        and (not target or row.block.series.assurance == targets[target])
        and words.lower() in f"{row.name} {row.code}".lower()
    ]
    return ComparisonPage(measure_set, report, rows, change, target, words)


@lru_cache(maxsize=2)
def _report(measure_set: UUID) -> tuple[BoardReport, list[Row]]:
    """The report on waits with a row a block; remembered like the analysis it rests on."""
    measures, analysis = queries.charted(measure_set)
    waits = [(measure, series) for measure, series in zip(measures, analysis, strict=True) if measure.name == WAITS]
    owners = {id(series): measure for measure, series in waits}
    report = BoardReport.of(measures[0].measure_set.title, (series for _, series in waits), noun="organisation")
    return report, [_row(block, owners[id(block.series)], report.until) for block in report.blocks]


def _row(block: Block, measure: SetMeasure, until: str) -> Row:
    """The line of one organisation; one that stopped reporting before the others says so."""
    began = since(block.series)
    words = [] if began is None else [spoken_date(began, period_of(block.series.dates))]
    last = BoardReport("", [block]).until
    if last != until:
        words.append(_("data to %(last)s only") % {"last": last} if last else _("no data"))
    return Row(block, measure.org_code, measure.org_name, ", ".join(words))


def organisation(code: str) -> OrganisationPage | None:
    """One organisation's charts, None where the data has no such code."""
    measure_set = queries.open_data_set()
    if measure_set is None:
        return None
    measures, analysis = queries.charted(measure_set.pk)
    places = [place for place, measure in enumerate(measures) if measure.org_code == code]
    if not places:
        return None
    charts = [(Block(number, analysis[place]), measures[place]) for number, place in enumerate(places, start=1)]
    return OrganisationPage(code, charts[0][1].org_name, measure_set, charts)
