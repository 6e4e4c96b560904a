"""From a batch of series to limits, signals, icons and runs: the one result that charts, sentences and tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc import kernel, limits, rules, verdicts, words
from trustwide.engines.spc.model import (
    CHARTS,
    RULES,
    TRIAL_BELOW,
    Assurance,
    Batch,
    Effect,
    Floats,
    RunsTest,
    Series,
    Settings,
    Signal,
    Variation,
)
from trustwide.engines.spc.runs_limits import runs_limits

Array = NDArray[Any]
NOTHING: Floats = np.empty(0)
VARIATIONS: tuple[Variation, ...] = (
    "common", "improvement_high", "improvement_low", "concern_high", "concern_low", "neutral_high", "neutral_low",
)  # fmt: skip
ASSURANCES: tuple[Assurance | None, ...] = (None, "pass", "fail", "inconsistent")
EFFECTS: tuple[Effect, ...] = ("common", "improvement", "concern", "neutral")
DIRECTION = {"increase": 1, "decrease": -1, "neutral": 0}
SIGNAL_BITS: dict[Signal, int] = {
    "outside": rules.OUTSIDE,
    "shift": rules.SHIFT,
    "trend": rules.TREND,
    "two_of_three": rules.TWO_OF_THREE,
}
ANY_SIGNAL = sum(SIGNAL_BITS.values())
SIGNALS_OF = [tuple(name for name, bit in SIGNAL_BITS.items() if byte & bit) for byte in range(256)]
ROOT = 3.6  # times between events, raised to 1/3.6, are near normal (Nelson 1994)


@dataclass(frozen=True, slots=True, eq=False)
class SettingsArrays:
    """The settings that the kernel reads, as one array each, by series or by segment."""

    charts: Array
    rules: Array
    screens: Array
    baselines: Array
    knowns: Floats
    directions: Array
    multiplies: Floats
    floors: Array
    targets: Floats

    @classmethod
    def of(cls, batch: Batch) -> SettingsArrays:
        if isinstance(batch.settings, Settings):
            count = len(batch.offsets) - 1
            one = _one_for_all(batch.settings)
            return one if count == 1 else one.take(np.zeros(count, np.int64))
        return cls.each(batch.settings)

    @classmethod
    def each(cls, settings: Sequence[Settings]) -> SettingsArrays:
        def column(get: Callable[[Settings], Any], kind: type) -> Array:
            return np.fromiter(map(get, settings), kind, len(settings))

        return cls(
            charts=column(lambda each: CHARTS.index(each.chart), np.int8),
            rules=column(lambda each: RULES.index(each.rules), np.int8),
            screens=column(lambda each: each.screen, np.bool_),
            baselines=column(lambda each: each.baseline or 0, np.int64),
            knowns=column(lambda each: np.nan if each.centre is None else each.centre, np.float64),
            directions=column(lambda each: DIRECTION[each.improvement], np.int8),
            multiplies=column(lambda each: each.multiply, np.float64),
            floors=column(lambda each: each.floor_zero, np.bool_),
            targets=column(lambda each: np.nan if each.target is None else each.target, np.float64),
        )

    def take(self, places: Array) -> SettingsArrays:
        return SettingsArrays(*(getattr(self, name)[places] for name in self.__slots__))


@lru_cache(maxsize=256)
def _one_for_all(settings: Settings) -> SettingsArrays:
    return SettingsArrays.each([settings])


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """What was found in each segment: `bounds` (one more than segments) cut the points, `series` says whose it is."""

    bounds: Array
    series: Array
    centres: Floats
    middles: Floats
    widths: Floats
    margins: Floats
    counts: Array
    useful: Array
    longest: Array
    crossings: Array

    @classmethod
    def between(cls, bounds: Array, series: Array) -> Segments:
        size = len(series)
        numbers = (np.empty(size) for _ in range(4))
        counts = (np.zeros(size, np.int64) for _ in range(4))
        return cls(bounds, series, *numbers, *counts)

    @property
    def found(self) -> tuple[Array, ...]:
        """What the kernel fills."""
        return tuple(getattr(self, name) for name in self.__slots__[2:])


class Analysis:
    """The charts of a batch. Iterate or index for one `Series` each; whole arrays are attributes.

    By point (N): `values` as plotted before scaling, `flags` (bits of `rules`). By segment: `segments`.
    By series (S): `lasts` (index of the last usable point, -1 if none), `variations`, `assurances` (indices into
    VARIATIONS and ASSURANCES) and `trials`.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.settings = SettingsArrays.of(batch)
        settings = [batch.settings] if isinstance(batch.settings, Settings) else batch.settings
        charts = {each.chart for each in settings}
        self._rooted = "t" in charts
        bounds = kernel.read_only(_bounds(batch))
        if batch.segments is None:  # every series is one segment
            self.segments = Segments.between(bounds, np.arange(len(bounds) - 1))
            self.by_segment = self.settings
        else:
            self.segments = Segments.between(bounds, np.searchsorted(batch.offsets, bounds[:-1], side="right") - 1)
            self.by_segment = self.settings.take(self.segments.series)
        self.values = batch.values
        if not charts.isdisjoint(("mr", "s")):
            self.values = _plotted(batch, bounds, self.by_segment.charts)
        self.flags = np.zeros(len(self.values), np.uint8)
        self._run()
        self.lasts = np.full(len(self), -1, np.int64)
        self.variations, self.assurances = (np.zeros(len(self), np.int8) for _ in range(2))
        self._judge()

    def _run(self) -> None:
        batch, settings = self.batch, self.by_segment
        numerators, sizes, spreads = (
            NOTHING if array is None else array for array in (batch.numerators, batch.sizes, batch.spreads)
        )
        excluded = np.empty(0, np.bool_) if batch.excluded is None else batch.excluded
        points = (self._rooted_values(), numerators, sizes, spreads, excluded)
        kernel.analyse_segments(
            kernel.Points(*map(kernel.read_only, points)),
            self.segments.bounds,
            kernel.SegmentSettings(
                settings.charts, settings.rules, settings.screens, settings.baselines, settings.knowns
            ),
            kernel.Found(np.empty(len(self.values), np.int8), self.flags, self.segments.found),
        )

    def _rooted_values(self) -> Floats:
        """The values on the scale they are judged on: times between events by their root."""
        if not self._rooted:
            return self.values
        rare = np.repeat(self.by_segment.charts == limits.T, np.diff(self.segments.bounds))
        return np.where(rare, np.abs(self.values) ** (1 / ROOT), self.values)

    @cached_property
    def runs_signals(self) -> NDArray[np.bool_]:
        """By segment, whether the runs test signals."""
        return _runs_signals(self.segments, self.by_segment.charts)

    def _judge(self) -> None:
        """Both icons, from each series' last usable point."""
        batch, settings = self.batch, self.settings
        self._last_segments = np.zeros(len(self), np.int64)
        targets = settings.targets.copy()
        stated = kernel.read_only(NOTHING if batch.targets is None else batch.targets)
        points = (self.flags, stated, kernel.read_only(batch.offsets), self.segments.bounds)
        by_runs = bool(settings.rules.any())  # under `nhs` alone nobody asks the runs test
        runs = self.runs_signals if by_runs else np.zeros(len(self.segments.series), np.bool_)
        kernel.call(
            verdicts,
            "write_variations",
            (*points, settings.rules, settings.directions, runs),
            (self.lasts, self._last_segments, targets, self.variations),
            len(self.flags),
        )
        if np.isnan(targets).all():
            return
        _, lower, upper, _, _ = self.last_lines
        given = (self.lasts, lower, upper, targets, settings.directions)
        kernel.call(verdicts, "write_assurances", given, (self.assurances,), len(self))

    @property
    def trials(self) -> NDArray[np.bool_]:
        """By series: whether its final segment rests on fewer values than limits should."""
        finals = np.searchsorted(self.segments.series, np.arange(len(self)), side="right") - 1
        return self.segments.counts[finals] < TRIAL_BELOW

    def _lines_at(self, points: Array, segments: Array) -> tuple[Floats, ...]:
        """Centre, lower, upper, near lower, near upper of some points, in plotted units."""
        charts = self.by_segment.charts[segments]
        sizes = NOTHING if self.batch.sizes is None else self.batch.sizes[points]
        middles, widths = self.segments.middles[segments], self.segments.widths[segments]
        lines = tuple(np.empty(len(points)) for _ in range(4))
        kernel.call(limits, "write_limits", (sizes, charts, middles, widths), lines, len(points))
        if self._rooted:
            lines = tuple(_unrooted(line, charts == limits.T) for line in lines)
            lines[0][(charts == limits.T) & np.isnan(lines[0]) & ~np.isnan(lines[1])] = 0
        series = self.segments.series[segments]
        if self.settings.floors.any():
            floored = (self.settings.floors & self._never_negative)[series]
            for line in (lines[0], lines[2]):
                line[floored & (line < 0)] = 0
        centres = self.segments.centres[segments]
        if self._rooted:
            centres = _unrooted(centres, charts == limits.T)
        scale = self.settings.multiplies[series]
        return tuple(line * scale for line in (centres, *lines))

    @cached_property
    def last_lines(self) -> tuple[Floats, ...]:
        """By series, the same lines at the last usable point."""
        return self._lines_at(self.lasts.clip(0), self._last_segments)

    @cached_property
    def _never_negative(self) -> NDArray[np.bool_]:
        """By series: no value below zero."""
        negative = np.concatenate([[0], np.cumsum(self.values < 0)])
        any_negative: Array = np.diff(negative[self.batch.offsets]) > 0
        return ~any_negative

    @cached_property
    def lines(self) -> tuple[Floats, ...]:
        """Centre, lower, upper, near lower and near upper limit of every point, in plotted units."""
        sizes = np.diff(self.segments.bounds)
        return self._lines_at(np.arange(len(self.flags)), np.repeat(np.arange(len(sizes)), sizes))

    @cached_property
    def effects(self) -> Array:
        """By point, an index into EFFECTS."""
        directions = np.repeat(self.settings.directions, np.diff(self.batch.offsets))
        return np.where(self.flags & ANY_SIGNAL, _effects(_is_high(self.flags), directions), 0)

    def __len__(self) -> int:
        return len(self.batch.offsets) - 1

    def __iter__(self) -> Iterator[Series]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> Series:
        """The series at this place in the batch, in order of first appearance."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        batch = self.batch
        start, stop = int(batch.offsets[number]), int(batch.offsets[number + 1])
        part = slice(start, stop)
        centre, lower, upper, near_lower, near_upper = (line[part] for line in self.lines)
        series = Series(
            name=batch.names[number],
            settings=batch.settings_of(number),
            dates=batch.dates[part],
            values=self.values[part] * batch.settings_of(number).multiply,
            centre=centre,
            lower=lower,
            upper=upper,
            near_lower=near_lower,
            near_upper=near_upper,
            targets=np.full(stop - start, self.settings.targets[number])
            if batch.targets is None
            else batch.targets[part],
            segments=np.ones(stop - start, np.int32) if batch.segments is None else batch.segments[part],
            excluded=np.zeros(stop - start, np.bool_) if batch.excluded is None else batch.excluded[part],
            signals=[SIGNALS_OF[flag] for flag in self.flags[part].tolist()],
            effects=[EFFECTS[effect] for effect in self.effects[part].tolist()],
            notes=self._notes.get(number, {}),
            runs=self._runs(number),
            variation=VARIATIONS[self.variations[number]],
            assurance=ASSURANCES[self.assurances[number]],
            trial=bool(self.trials[number]),
            sentence="",
        )
        return replace(series, sentence=words.sentence(series))

    @cached_property
    def _notes(self) -> dict[int, dict[int, str]]:
        """Notes by series, then by place within it."""
        notes: dict[int, dict[int, str]] = {}
        for point, note in self.batch.notes.items():
            number = int(np.searchsorted(self.batch.offsets, point, side="right")) - 1
            notes.setdefault(number, {})[point - int(self.batch.offsets[number])] = note
        return notes

    def _runs(self, number: int) -> list[RunsTest]:
        """The runs test of each segment; none for moving ranges, whose neighbours share a value."""
        if self.batch.settings_of(number).chart == "mr":
            return []
        first, last = np.searchsorted(self.segments.series, [number, number + 1])
        return [self._run_of(int(at), place) for place, at in enumerate(range(first, last), start=1)]

    def _run_of(self, at: int, place: int) -> RunsTest:
        useful = int(self.segments.useful[at])
        if not useful:
            return RunsTest(place, 0, None, None, None, None, signal=False)
        longest_limits, crossings_limits = runs_limits(useful)
        return RunsTest(
            segment=place,
            useful=useful,
            longest=int(self.segments.longest[at]),
            longest_limit=int(longest_limits[useful]),
            crossings=int(self.segments.crossings[at]),
            crossings_limit=int(crossings_limits[useful]),
            signal=bool(self.runs_signals[at]),
        )


def _bounds(batch: Batch) -> Array:
    """Where segments start, and the end: at each change of segment and of series."""
    if batch.segments is None:
        return batch.offsets
    changes = np.flatnonzero(np.diff(batch.segments)) + 1
    return np.unique(np.concatenate([batch.offsets, changes]))


def _plotted(batch: Batch, bounds: Array, charts: Array) -> Floats:
    """What each chart plots: values, but for `mr` the moving ranges and for `s` the standard deviations."""
    values = batch.values
    by_point = np.diff(bounds)
    if (charts == limits.MR).any():
        ranges = np.abs(np.diff(values, prepend=np.nan))
        ranges[bounds[:-1]] = np.nan
        values = np.where(np.repeat(charts == limits.MR, by_point), ranges, values)
    if (charts == limits.S).any() and batch.spreads is not None:
        values = np.where(np.repeat(charts == limits.S, by_point), batch.spreads, values)
    return values


def _unrooted(line: Floats, rare: NDArray[np.bool_]) -> Floats:
    """Back from the root scale where `rare`; below zero there is no such time."""
    times = np.where(line < 0, np.nan, np.abs(line)) ** ROOT
    return np.where(rare, times, line)


def _is_high(flags: Array) -> NDArray[np.bool_]:
    """The direction a point's signal is named by: a trend's own, else its side of the centre line."""
    by_trend = (flags & (rules.TREND | rules.OUTSIDE)) == rules.TREND
    return np.where(by_trend, flags & rules.TREND_UP, flags & rules.ABOVE) > 0


def _effects(high: NDArray[np.bool_], directions: Array) -> Array:
    """Index into EFFECTS of a signal that way, where up is good (1), bad (-1) or neither (0)."""
    return np.where(directions == 0, 3, np.where(high == (directions > 0), 1, 2))


def _runs_signals(segments: Segments, charts: Array) -> NDArray[np.bool_]:
    longest_limits, crossings_limits = runs_limits(int(segments.useful.max(initial=0)))
    long = segments.longest > longest_limits[segments.useful]
    few = segments.crossings < crossings_limits[segments.useful]
    signals: Array = (long | few) & (segments.useful > 0) & (charts != limits.MR)
    return signals
