"""From rows to points: rows of one series and date become one point, in date order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc.intake.problems import Problems
from trustwide.engines.spc.intake.rows import Rows
from trustwide.engines.spc.model import CHARTS, RATIO_CHARTS, SUBGROUP_CHARTS, Batch, Floats, Settings

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Groups:
    """Rows of one series and date, in order: where each group starts and how many rows it has."""

    starts: Ints
    counts: Ints
    of_row: Ints

    @classmethod
    def of(cls, rows: Rows) -> Groups:
        new = np.ones(len(rows), np.bool_)
        new[1:] = (np.diff(rows.series) != 0) | (np.diff(rows.dates) != 0)
        starts = np.flatnonzero(new)
        return cls(starts, np.diff(np.append(starts, len(rows))), np.cumsum(new) - 1)

    def sum(self, numbers: NDArray[Any]) -> NDArray[Any]:
        if not len(self.starts):
            return numbers[:0]
        return np.asarray(np.add.reduceat(numbers, self.starts))

    def count(self, numbers: Floats) -> Ints:
        return self.sum((~np.isnan(numbers)).astype(np.int64))

    def total(self, numbers: Floats) -> Floats:
        """Sum without the missing ones; NaN where all are missing."""
        return np.where(self.count(numbers) > 0, self.sum(np.nan_to_num(numbers, nan=0.0)), np.nan)

    def first(self, numbers: Floats) -> Floats:
        """The first that is not missing."""
        present = np.flatnonzero(~np.isnan(numbers))
        found = np.full(len(self.starts), np.nan)
        found[self.of_row[present][::-1]] = numbers[present][::-1]
        return found

    def mean(self, numbers: Floats) -> Floats:
        """Sums differences from the first, so that equal numbers have exactly themselves as their mean."""
        first = self.first(numbers)
        with np.errstate(invalid="ignore"):
            return first + self.total(numbers - first[self.of_row]) / np.maximum(self.count(numbers), 1)

    def deviation(self, numbers: Floats) -> Floats:
        """Standard deviation (n - 1); NaN of fewer than two."""
        counts = self.count(numbers)
        squares = self.total((numbers - self.mean(numbers)[self.of_row]) ** 2)
        return np.sqrt(np.where(counts > 1, squares / np.maximum(counts - 1, 1), np.nan))

    def median(self, numbers: Floats) -> Floats:
        ordered = numbers[np.lexsort((numbers, self.of_row))]  # the missing ones last in each group
        counts = self.count(numbers)
        low, high = self.starts + np.maximum(counts - 1, 0) // 2, self.starts + counts // 2
        high = np.minimum(high, np.maximum(len(ordered) - 1, 0))
        return np.where(counts > 0, (ordered[low] + ordered[high]) / 2, np.nan)


def in_order(rows: Rows) -> Rows:
    """Rows by series, then date; rows of one date as they stood in the file."""
    step = np.diff(rows.series)
    if ((step > 0) | ((step == 0) & (np.diff(rows.dates) >= 0))).all():
        return rows
    return rows.take(np.lexsort((rows.dates, rows.series)))


def without_repeats(rows: Rows, settings: list[Settings], problems: Problems) -> Rows:
    """For charts that want one row a date (`xmr` by the NHS rules): drop identical repeats, tell of the others.

    Ratio rows are left alone: they are summed.
    """
    one_row = np.array([each.chart == "xmr" and each.rules == "nhs" and each.aggregate is None for each in settings])
    groups = Groups.of(rows)
    repeated = groups.of_row[1:] == groups.of_row[:-1]
    repeated &= one_row[rows.series[1:]] if len(rows) else repeated
    if "numerator" in rows.numbers:
        is_ratio = np.zeros(len(rows.names), np.bool_)
        is_ratio[rows.series[~np.isnan(rows.numbers["numerator"])]] = True
        repeated &= ~is_ratio[rows.series[1:]]
    if not repeated.any():
        return rows
    second = np.flatnonzero(repeated) + 1
    same = np.ones(len(second), np.bool_)
    columns = [*rows.numbers.values(), *(each for each in (rows.segments, rows.excluded) if each is not None)]
    for numbers in columns:
        one, other = numbers[second], numbers[second - 1]
        same &= (one == other) | ((one != one) & (other != other))
    for is_same, at in zip(same.tolist(), second.tolist(), strict=True):
        _tell_of_repeat(rows, at, is_same, problems)
    keep = np.ones(len(rows), np.bool_)
    keep[second] = False
    return rows.take(np.flatnonzero(keep))


def _tell_of_repeat(rows: Rows, at: int, is_same: bool, problems: Problems) -> None:
    first, row = int(rows.numbers_in_file[at - 1]), int(rows.numbers_in_file[at])
    name, day = rows.names[int(rows.series[at])], shown(rows.dates[at])
    if is_same:
        message = f"This row of “{name}” for {day} is the same as row {first}; one is used."
        problems.warn(message, "Take out one of them.", row=row, column="date", series=name)
    else:
        message = f"“{name}” has another row for {day}, row {first}."
        cure = "Keep one row a date, or state how to pool them: aggregate mean, median or sum."
        problems.add(message, cure, row=row, column="date", series=name)


def shown(seconds: Any) -> str:
    """A date for a message: 1 April 2018."""
    moment = np.datetime64(int(seconds), "s").item()
    return f"{moment.day} {moment:%B %Y}"


def to_batch(rows: Rows, settings: list[Settings], same_settings: bool) -> Batch:
    """The batch of rows that are in order and make sense. Every name has at least one row."""
    groups = Groups.of(rows)
    series = rows.series[groups.starts]
    charts = np.array([CHARTS.index(each.chart) for each in settings], np.int64)[series]
    values, numerators, sizes, spreads = _measured(rows, groups, settings, charts)
    offsets = np.searchsorted(series, np.arange(len(rows.names) + 1))
    notes: dict[int, str] = {}
    for at in sorted(rows.notes):
        point, note = int(groups.of_row[at]), rows.notes[at]
        notes[point] = f"{notes[point]}; {note}" if point in notes and notes[point] != note else note
    return Batch(
        names=rows.names,
        settings=settings[0] if same_settings else settings,
        offsets=offsets.astype(np.int64),
        dates=rows.dates[groups.starts].astype("datetime64[s]"),
        values=values,
        segments=_segments(rows, groups, settings, offsets),
        numerators=numerators,
        sizes=sizes,
        spreads=spreads,
        targets=_targets(rows, groups, settings, series),
        excluded=None if rows.excluded is None else groups.sum(rows.excluded.astype(np.int64)) > 0,
        notes=notes,
    )


def _measured(
    rows: Rows, groups: Groups, settings: list[Settings], charts: Ints
) -> tuple[Floats, Floats | None, Floats | None, Floats | None]:
    """Values of the points and, where some chart uses them, numerators, sizes and spreads."""
    is_alone = len(groups.starts) == len(rows)
    value = rows.numbers.get("value", np.full(len(rows), np.nan))
    is_ratio = np.isin(charts, [CHARTS.index(chart) for chart in RATIO_CHARTS])
    is_subgroup = np.isin(charts, [CHARTS.index(chart) for chart in SUBGROUP_CHARTS])
    values = value.copy() if is_alone else _pooled(value, groups, settings, charts, rows)
    numerators = sizes = spreads = None
    if is_ratio.any() or is_subgroup.any():
        sizes = groups.count(value).astype(np.float64)
        sizes[sizes == 0] = np.nan
        numerators = groups.total(value)
    if is_subgroup.any():
        spreads = np.where(is_subgroup, groups.deviation(value), np.nan)
    if "numerator" in rows.numbers and "denominator" in rows.numbers:
        top, bottom = rows.numbers["numerator"], rows.numbers["denominator"]
        lost = np.isnan(top) | np.isnan(bottom)
        tops, bottoms = (groups.total(np.where(lost, np.nan, each)) for each in (top, bottom))
        given = ~np.isnan(tops)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(bottoms == 0, np.nan, tops / bottoms)
        values[given] = ratios[given]
        if sizes is not None and numerators is not None:
            numerators[given], sizes[given] = tops[given], bottoms[given]
    return values, numerators, sizes, spreads


def _pooled(value: Floats, groups: Groups, settings: list[Settings], charts: Ints, rows: Rows) -> Floats:
    """Several rows of one date as one value: counts are summed, subgroups averaged, others as their settings say."""
    ways = np.array(["mean" if each.aggregate is None else each.aggregate for each in settings])
    by_point = ways[rows.series[groups.starts]]
    by_point[np.isin(charts, [CHARTS.index(chart) for chart in SUBGROUP_CHARTS | RATIO_CHARTS])] = "mean"
    by_point[charts == CHARTS.index("c")] = "sum"
    pooled = groups.mean(value)
    for way, pool in (("sum", groups.total), ("median", groups.median)):
        if (by_point == way).any():
            pooled = np.where(by_point == way, pool(value), pooled)
    return pooled


def _targets(rows: Rows, groups: Groups, settings: list[Settings], series: Ints) -> Floats | None:
    if "target" not in rows.numbers:
        return None
    own = groups.first(rows.numbers["target"])
    if np.isnan(own).all():
        return None
    common = np.array([np.nan if each.target is None else each.target for each in settings], np.float64)
    return np.where(np.isnan(own), common[series], own)


def _segments(rows: Rows, groups: Groups, settings: list[Settings], offsets: Ints) -> NDArray[np.int32] | None:
    """Segments from 1 in each series: a new one where the label changes or a rebase date stands."""
    size = len(groups.starts)
    starts_new = np.zeros(size, np.bool_)
    if rows.segments is not None:
        starts_new |= _label_changes(groups.first(np.where(rows.segments < 0, np.nan, rows.segments)), offsets)
    dates = rows.dates[groups.starts]
    for number, each in enumerate(settings):
        if each.rebase:
            own = slice(offsets[number], offsets[number + 1])
            starts_new[own] |= np.isin(dates[own], np.array(each.rebase, "datetime64[s]").astype(np.int64))
    starts_new[offsets[:-1]] = False
    if not starts_new.any():
        return None
    changes = np.cumsum(starts_new)
    return np.asarray(changes - np.repeat(changes[offsets[:-1]], np.diff(offsets)) + 1, np.int32)


def _label_changes(labels: Floats, offsets: Ints) -> Mask:
    """Where a label differs from the last one; a blank goes on with the segment before it."""
    known = ~np.isnan(labels)
    known[offsets[:-1]] = True
    last = labels[np.maximum.accumulate(np.where(known, np.arange(len(labels)), 0))]
    last = np.nan_to_num(last, nan=-1.0)
    changes = np.zeros(len(labels), np.bool_)
    changes[1:] = np.diff(last) != 0
    return changes
