"""Rows against their charts: each that makes no sense is told by row, column and cure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc.intake.problems import Problems
from trustwide.engines.spc.intake.rows import Rows
from trustwide.engines.spc.model import PROPORTION_CHARTS, RATIO_CHARTS, Chart, Settings

Mask = NDArray[np.bool_]
COUNTS: frozenset[Chart] = frozenset({"c", "g"})
SUBGROUPS: frozenset[Chart] = frozenset({"xbar", "s"})
TIMES: frozenset[Chart] = frozenset({"t"})
#: Numerators here count events; those of `ip` may be any sum.
COUNTED: frozenset[Chart] = RATIO_CHARTS - {"ip"}
NOT_BELOW_0 = "Write 0 or more, or leave the cell empty."


def check_sense(rows: Rows, settings: list[Settings], problems: Problems) -> None:
    """Tell of each row that its series' chart cannot take."""
    sense = _Sense(rows, settings, problems)
    sense.check_kinds()
    sense.check_ratios()
    sense.check_values()


class _Sense:
    def __init__(self, rows: Rows, settings: list[Settings], problems: Problems) -> None:
        self.rows, self.problems = rows, problems
        self.charts = np.array([each.chart for each in settings], dtype="U4")
        nothing = np.full(len(rows), np.nan)
        roles = ("value", "numerator", "denominator")
        self.value, self.top, self.bottom = (rows.numbers.get(role, nothing) for role in roles)

    def on(self, charts: frozenset[Chart]) -> Mask:
        """Rows of series with one of these charts."""
        return np.isin(self.charts, list(charts))[self.rows.series]

    def check_kinds(self) -> None:
        """A value, or a numerator and a denominator: one of them, and the one that the chart takes."""
        has_value, has_part = ~np.isnan(self.value), ~np.isnan(self.top) | ~np.isnan(self.bottom)
        message = "This row has a value and also a numerator or denominator."
        self.tell(has_value & has_part, "value", message, "Keep the value, or the numerator and denominator.")
        needs = "The chart {chart} needs a numerator and a denominator; the series “{name}” has a value here."
        self.tell_once(has_value & self.on(COUNTED), "value", needs, "Give both, or use chart xmr.")
        needs = "The chart {chart} needs a value; the series “{name}” has a numerator or a denominator here."
        self.tell_once(
            has_part & self.on(COUNTS | TIMES | SUBGROUPS), "numerator", needs, "Give value, or use chart u."
        )

    def check_ratios(self) -> None:
        self.tell(self.bottom < 0, "denominator", "The denominator {denominator:.15g} is below 0.", NOT_BELOW_0)
        self.tell(
            self.on(COUNTED) & (self.top < 0), "numerator", "The numerator {numerator:.15g} is below 0.", NOT_BELOW_0
        )
        over = self.on(PROPORTION_CHARTS) & (self.top > self.bottom) & (self.bottom >= 0)
        message = "The numerator {numerator:.15g} is above the denominator {denominator:.15g}."
        cure = "Check both numbers; for events that can happen more than once, use chart u."
        self.tell(over, "numerator", message, cure)

    def check_values(self) -> None:
        self.tell(self.on(COUNTS) & (self.value < 0), "value", "The count {value:.15g} is below 0.", NOT_BELOW_0)
        message = "The time between events {value:.15g} is not above 0."
        self.tell(
            self.on(TIMES) & (self.value <= 0), "value", message, "Write a time above 0, or leave the cell empty."
        )

    def tell(self, wrong: Mask, column: str, message: str, cure: str) -> None:
        for at in np.flatnonzero(wrong).tolist():
            self._tell(at, column, message, cure)

    def tell_once(self, wrong: Mask, column: str, message: str, cure: str) -> None:
        """Once a series: of its first such row."""
        at = np.flatnonzero(wrong)
        _, first = np.unique(self.rows.series[at], return_index=True)
        for place in at[first].tolist():
            self._tell(place, column, message, cure)

    def _tell(self, at: int, column: str, message: str, cure: str) -> None:
        rows = self.rows
        code = int(rows.series[at])
        said = message.format(
            chart=self.charts[code],
            name=rows.names[code],
            value=self.value[at],
            numerator=self.top[at],
            denominator=self.bottom[at],
        )
        self.problems.add(said, cure, row=int(rows.numbers_in_file[at]), column=column, series=rows.names[code])
