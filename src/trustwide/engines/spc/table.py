"""One series as an accessible table: what its chart shows, in numbers and words."""

from __future__ import annotations

import numpy as np

from trustwide.engines.spc.marks import why
from trustwide.engines.spc.model import Floats, Series
from trustwide.engines.spc.scale import Scale
from trustwide.engines.spc.timeline import timeline_of
from trustwide.engines.spc.typed import safe
from trustwide.engines.spc.words import how_charted

HEADING = '<th class="nhsuk-table__header{kind}" scope="col" role="columnheader">{words}</th>'
NUMERIC = " nhsuk-table__header--numeric"


def table(series: Series, *, unit: str = "") -> str:
    """The points of a series as an HTML `<table>` of the NHS design system, which stacks its rows on a phone.

    Columns that would be empty (a target, the limits of a run chart) are left out. `unit` follows every number: "%".
    """
    everything = np.concatenate((series.values, series.centre, series.lower, series.upper, series.targets))
    numbers = Scale.of(everything, unit=safe(unit)).numbers
    average = "Median" if series.settings.chart in {"run", "g"} else "Average"
    lines = ((average, series.centre), ("Lower limit", series.lower), ("Upper limit", series.upper))
    columns: list[tuple[str, Floats]] = [("Value", series.values)]
    columns += [(words, line) for words, line in (*lines, ("Target", series.targets)) if (line == line).any()]
    told = [(words, _told(line, numbers.exact_all(line.tolist()))) for words, line in columns]
    said = [_said(series, at) for at in range(len(series.values))]
    heads = HEADING.format(kind="", words="Date") + "".join(
        HEADING.format(kind=NUMERIC, words=words) for words, _ in told
    )
    rows = [
        _row(date, [(words, column[at]) for words, column in told], said[at])
        for at, date in enumerate(timeline_of(series.dates).said)
    ]
    return (
        '<table class="nhsuk-table nhsuk-table--responsive" role="table">'
        f'<caption class="nhsuk-table__caption">{safe(series.name) or "Chart"}. '
        f"{how_charted(series.settings)}</caption>"
        f'<thead class="nhsuk-table__head" role="rowgroup"><tr class="nhsuk-table__row" role="row">{heads}'
        f"{HEADING.format(kind='', words='What the chart says')}</tr></thead>"
        f'<tbody class="nhsuk-table__body">{"".join(rows)}</tbody></table>'
    )


def _told(line: Floats, words: list[str]) -> list[str]:
    """The numbers of a column, with words where there is none."""
    return [text if value == value else "None" for value, text in zip(line.tolist(), words, strict=True)]


def _row(date: str, cells: list[tuple[str, str]], said: str) -> str:
    """One point. The heading within each cell is seen where rows are stacked, and not read out twice."""
    numbers = "".join(
        [
            '<td class="nhsuk-table__cell nhsuk-table__cell--numeric" role="cell">'
            f'<span class="nhsuk-table__heading" aria-hidden="true">{words} </span>{text}</td>'
            for words, text in cells
        ]
    )
    return (
        '<tr class="nhsuk-table__row" role="row"><th class="nhsuk-table__header" scope="row" role="rowheader">'
        f'<span class="nhsuk-table__heading" aria-hidden="true">Date </span>{date}</th>{numbers}'
        '<td class="nhsuk-table__cell" role="cell"><span class="nhsuk-table__heading" aria-hidden="true">'
        f"What the chart says </span>{said}</td></tr>"
    )


def _said(series: Series, at: int) -> str:
    """What the chart says at one point: its signals, a reset of the limits, and its note."""
    value = series.values[at]
    parts = ["No value"] if value != value else [why(series.effects[at], series.signals[at], bool(series.excluded[at]))]
    if at and series.segments[at] != series.segments[at - 1]:
        parts.append("Limits reset here")
    parts.append(safe(series.notes.get(at, "")))
    return ". ".join([part for part in parts if part]) or "Usual variation"
