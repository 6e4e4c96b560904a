"""What goes into and comes out of a control chart: settings, batches of series, and one analysed series.

The words follow *Making Data Count* (NHS England) and qicharts2 (Anhøj); `docs/charts.md` defines each chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.sheets.problem import Problem as Problem

Floats = NDArray[np.float64]
Dates = NDArray[np.datetime64]

Chart = Literal["run", "xmr", "i", "ip", "mr", "p", "pp", "u", "up", "c", "g", "t", "xbar", "s"]
Rules = Literal["nhs", "anhoj"]
Improvement = Literal["increase", "decrease", "neutral"]
Aggregate = Literal["mean", "median", "sum"]
Signal = Literal["outside", "shift", "trend", "two_of_three"]
Effect = Literal["improvement", "concern", "common", "neutral"]
Variation = Literal[
    "common", "improvement_high", "improvement_low", "concern_high", "concern_low", "neutral_high", "neutral_low"
]
Assurance = Literal["pass", "fail", "inconsistent"]

CHARTS: tuple[Chart, ...] = get_args(Chart)
RULES: tuple[Rules, ...] = get_args(Rules)
IMPROVEMENTS: tuple[Improvement, ...] = get_args(Improvement)
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)

#: Charts of a numerator over a denominator; `ip` may also take plain values, with rows a date as its sizes.
RATIO_CHARTS: frozenset[Chart] = frozenset({"p", "pp", "u", "up", "ip"})
#: Charts of proportions, which cannot exceed one.
PROPORTION_CHARTS: frozenset[Chart] = frozenset({"p", "pp"})
#: Charts whose points are subgroups of several rows of one date.
SUBGROUP_CHARTS: frozenset[Chart] = frozenset({"xbar", "s"})
#: Fewer values than this under the limits and they are "trial" limits.
TRIAL_BELOW = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """How one series is charted. The defaults are those of *Making Data Count*.

    `multiply` scales what is plotted (value, centre, limits), not `target`, which is in plotted units; `centre` is
    a known centre in the units before scaling (for `t` on its root scale), as in qicharts2. `baseline` is a number
    of points, counted from the start of each segment; `rebase` the dates on which new segments start.
    """

    chart: Chart = "xmr"
    rules: Rules = "nhs"
    improvement: Improvement = "increase"
    target: float | None = None
    screen: bool = True
    baseline: int | None = None
    rebase: tuple[np.datetime64, ...] = ()
    multiply: float = 1.0
    floor_zero: bool = False
    centre: float | None = None
    aggregate: Aggregate | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a word that is none of those."""
        words = (("chart", CHARTS), ("rules", RULES), ("improvement", IMPROVEMENTS), ("aggregate", (*AGGREGATES, None)))
        for name, known in words:
            if getattr(self, name) not in known:
                told = ", ".join(str(each) for each in known if each)
                raise ValueError(f"{name}={getattr(self, name)!r} is none of {told}")


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Many ragged series ready for analysis: S series, N points in all, points in date order within a series.

    `values` (N) is what is plotted before `multiply`: NaN where undefined. For a ratio it is
    `numerators / sizes`; for `xbar` the subgroup mean and for `s` too (its own value is in `spreads`).
    `sizes` (N) are denominators or, for subgroups, how many rows made the point. `segments` (N) count from 1
    within each series; None where each series is one. `settings` are one a series, or one for all of them.
    `targets` (N) is NaN where none. `notes` maps a point's index in 0..N-1 to its words.
    """

    names: Sequence[str]
    settings: list[Settings] | Settings
    offsets: NDArray[np.int64]
    dates: Dates
    values: Floats
    segments: NDArray[np.int32] | None = None
    numerators: Floats | None = None
    sizes: Floats | None = None
    spreads: Floats | None = None
    targets: Floats | None = None
    excluded: NDArray[np.bool_] | None = None
    notes: dict[int, str] = field(default_factory=dict)

    def settings_of(self, number: int) -> Settings:
        return self.settings if isinstance(self.settings, Settings) else self.settings[number]


@dataclass(frozen=True, slots=True)
class RunsTest:
    """Anhøj's runs test of one segment (Anhøj and Olesen 2014): longest run and crossings against their limits."""

    segment: int
    useful: int
    longest: int | None
    longest_limit: int | None
    crossings: int | None
    crossings_limit: int | None
    signal: bool


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One analysed series of n points, in plotted units: what chart, sentence, table and icon are all made from."""

    name: str
    settings: Settings
    dates: Dates
    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    targets: Floats
    segments: NDArray[np.int32]
    excluded: NDArray[np.bool_]
    signals: list[tuple[Signal, ...]]
    effects: list[Effect]
    notes: dict[int, str]
    runs: list[RunsTest]
    variation: Variation
    assurance: Assurance | None
    trial: bool
    sentence: str
