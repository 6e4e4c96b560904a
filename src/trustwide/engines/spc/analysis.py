"""From a batch of series to limits, signals, icons and runs: the one result that charts, sentences and tables share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc import kernel, limits, rules, verdicts, words
from trustwide.engines.spc.arrays import NO_NUMBERS, NO_SWITCHES, Points, Segments, SettingsArrays, given, read_only
from trustwide.engines.spc.model import (
    TRIAL_BELOW,
    Assurance,
    Batch,
    Effect,
    Floats,
    RunsTest,
    Series,
    Signal,
    Variation,
)
from trustwide.engines.spc.runs_limits import runs_limits

Array = NDArray[Any]
VARIATIONS: tuple[Variation, ...] = (
    "common", "improvement_high", "improvement_low", "concern_high", "concern_low", "neutral_high", "neutral_low",
)  # fmt: skip
ASSURANCES: tuple[Assurance | None, ...] = (None, "pass", "fail", "inconsistent")
EFFECTS: tuple[Effect, ...] = ("common", "improvement", "concern", "neutral")
SIGNAL_BITS: dict[Signal, int] = {
    "outside": rules.OUTSIDE,
    "shift": rules.SHIFT,
    "trend": rules.TREND,
    "two_of_three": rules.TWO_OF_THREE,
}
ANY_SIGNAL = sum(SIGNAL_BITS.values())
SIGNALS_OF = [tuple(name for name, bit in SIGNAL_BITS.items() if byte & bit) for byte in range(256)]


class Analysis:
    """The charts of a batch. Iterate or index for one `Series` each; whole arrays are attributes.

    By point (N): `values` as plotted before scaling, `flags` (bits of `rules`). By segment: `segments`.
    By series (S): `lasts` (index of the last usable point, -1 if none), `variations`, `assurances` (indices into
    VARIATIONS and ASSURANCES) and `trials`.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.settings = self.by_segment = SettingsArrays.of(batch)
        bounds = offsets = read_only(batch.offsets)
        series = np.arange(len(self))
        if batch.segments is not None and len(batch.segments):  # else every series is one segment
            bounds = read_only(_bounds(offsets, batch.segments))
            series = np.searchsorted(offsets, bounds[:-1], side="right") - 1
            self.by_segment = self.settings.over(lambda array: array[series])
        self.segments = Segments.between(bounds, series)
        self.values = batch.values
        if not self.settings.kinds.isdisjoint(("mr", "s")):
            self.values = _plotted(batch, bounds, self.by_segment.charts)
        self.flags = np.empty(len(self.values), np.uint8)
        self._points = Points.of(batch, self._rooted_values())
        kernel.analyse_segments(self._points, self.by_segment, self.segments, self.flags)
        self.lasts, self._last_segments = np.empty((2, len(self)), np.int64)
        self.variations, self.assurances = np.empty((2, len(self)), np.int8)
        self._judge()

    def _rooted_values(self) -> Floats:
        """The values on the scale they are judged on: times between events by their root."""
        if "t" not in self.settings.kinds:
            return self.values
        rare = np.repeat(self.by_segment.charts == limits.T, np.diff(self.segments.bounds))
        return np.where(rare, np.abs(self.values) ** (1 / limits.ROOT), self.values)

    @cached_property
    def runs_signals(self) -> NDArray[np.bool_]:
        """By segment, whether the runs test signals."""
        return _runs_signals(self.segments, self.by_segment.charts)

    def _judge(self) -> None:
        """Both icons, from each series' last usable point."""
        batch, settings = self.batch, self.settings
        points = (self.flags, given(batch.targets, NO_NUMBERS), read_only(batch.offsets), self.segments.bounds)
        runs = read_only(self.runs_signals) if settings.by_runs else NO_SWITCHES  # under `nhs` alone nobody asks
        targets = np.empty(len(self))
        kernel.call(
            verdicts,
            "write_variations",
            (*points, settings.rules, settings.directions, settings.targets, runs),
            (self.lasts, self._last_segments, targets, self.variations),
            len(self.flags),
        )
        _, lower, upper, _, _ = self.last_lines
        ends = (self.lasts, lower, upper, targets, settings.directions)
        kernel.call(verdicts, "write_assurances", ends, (self.assurances,), len(self))

    @property
    def trials(self) -> NDArray[np.bool_]:
        """By series: whether its final segment rests on fewer values than limits should."""
        finals = np.searchsorted(self.segments.series, np.arange(len(self)), side="right") - 1
        return self.segments.counts[finals] < TRIAL_BELOW

    def _lines_at(self, points: Array, segments: Array) -> tuple[Floats, ...]:
        """Centre, lower, upper, near lower, near upper of some points, in plotted units."""
        found, settings, floored = self.segments, self.by_segment, self.by_segment.floors
        if settings.any_floors:
            floored = floored & self._never_negative[found.series]
        by_segment = (found.centres, found.middles, found.widths, settings.charts, settings.multiplies, floored)
        lines = tuple(np.empty((5, len(points))))
        kernel.call(limits, "write_lines", (self._points.sizes, *by_segment, points, segments), lines, len(points))
        return lines

    @cached_property
    def last_lines(self) -> tuple[Floats, ...]:
        """By series, the same lines at the last usable point."""
        return self._lines_at(self.lasts, self._last_segments)

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


def _bounds(offsets: Array, segments: Array) -> Array:
    """Where segments start, and the end: at each change of segment and of series."""
    changes = np.flatnonzero(np.diff(segments)) + 1
    return np.unique(np.concatenate([offsets, changes]))


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
