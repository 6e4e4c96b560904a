"""What the kernel reads and fills, as flat arrays: points, settings and what is found in each segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc.model import CHARTS, RULES, Batch, Chart, Floats, Settings

Array = NDArray[Any]
DIRECTION = {"increase": 1, "decrease": -1, "neutral": 0}


def read_only(array: Array) -> Array:
    """A view that may not be written, as Arrow's own memory is: so one compiled form serves what any caller gives."""
    if not array.flags.writeable:
        return array
    view = array.view()
    view.flags.writeable = False
    return view


NO_NUMBERS: Floats = read_only(np.empty(0))
NO_SWITCHES = read_only(np.empty(0, np.bool_))


def given(array: Array | None, otherwise: Array) -> Array:
    """What the kernel reads of an array that need not be there."""
    return otherwise if array is None else read_only(array)


class Points(NamedTuple):
    """Arrays by point; those that no chart uses are empty."""

    values: Floats
    numerators: Floats
    sizes: Floats
    spreads: Floats
    excluded: Array

    @classmethod
    def of(cls, batch: Batch, values: Floats) -> Points:
        """The points of a batch, with these values."""
        return cls(
            read_only(values),
            numerators=given(batch.numerators, NO_NUMBERS),
            sizes=given(batch.sizes, NO_NUMBERS),
            spreads=given(batch.spreads, NO_NUMBERS),
            excluded=given(batch.excluded, NO_SWITCHES),
        )


class SettingsArrays(NamedTuple):
    """The settings of each series or segment that the kernel reads, and which charts are among them."""

    charts: Array
    rules: Array
    screens: Array
    baselines: Array
    knowns: Floats
    directions: Array
    multiplies: Floats
    floors: Array
    targets: Floats
    kinds: frozenset[Chart]
    by_runs: bool
    any_floors: bool

    @classmethod
    def of(cls, batch: Batch) -> SettingsArrays:
        if not isinstance(batch.settings, Settings):
            return cls.each(batch.settings)
        count = len(batch.offsets) - 1
        one = _one_for_all(batch.settings)
        return one if count == 1 else one.over(lambda array: array.repeat(count))

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
            kinds=frozenset(each.chart for each in settings),
            by_runs=any(each.rules == "anhoj" for each in settings),
            any_floors=any(each.floor_zero for each in settings),
        )

    def over(self, change: Callable[[Array], Array]) -> SettingsArrays:
        """The same settings, each array changed alike."""
        arrays: dict[str, Any] = {name: change(getattr(self, name)) for name in self._fields[:9]}
        return self._replace(**arrays)


@lru_cache(maxsize=256)
def _one_for_all(settings: Settings) -> SettingsArrays:
    return SettingsArrays.each([settings])


class Segments(NamedTuple):
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
        """With room for what the kernel finds."""
        size = len(series)
        numbers: list[Array] = [np.empty(size) for _each in range(4)]
        counts: list[Array] = [np.empty(size, np.int64) for _each in range(4)]
        return cls(bounds, series, *numbers, *counts)
