"""The limits of many ragged series, and where each point stands against them, as plain loops over flat arrays.

Like `rules.py`, every function here runs two ways from this one source: as ordinary Python (small work, no
start-up cost) and compiled by numba (`kernel.py`). So it keeps to loops, numbers and flat arrays, and calls
nothing outside this file. Arrays that a chart does not use may be empty. Sources: Making Data Count (NHS England)
as coded in NHSRplotthedots 0.2.2; qicharts2 0.8.1; Montgomery, *Introduction to Statistical Quality Control*
(6.29-6.33, 7.17, 7.19); Nelson 1982 (screening) and 1994 (rare events); Laney 2002 (prime charts).
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SmallInts = NDArray[np.int8]
Switches = NDArray[np.bool_]

# In the order of model.CHARTS.
RUN, XMR, I, IP, MR, P, PP, U, UP, C, G, T, XBAR, S = range(14)  # noqa: E741

ROOT = 3.6  # times between events, raised to 1/3.6, are near normal (Nelson 1994)
CLOSENESS = 1e-12  # relative to the largest value: nearer than this to a line counts as on it


def is_left_out(values: Floats, excluded: Switches, i: int) -> bool:
    return math.isnan(values[i]) or (len(excluded) > 0 and excluded[i])


def mean_from_first(values: Floats, excluded: Switches, start: int, stop: int) -> tuple[float, int, float]:
    """Mean, count and largest size of the included values.

    Sums differences from the first value, so that a constant series has exactly itself as its mean.
    """
    first, total, largest, count = 0.0, 0.0, 0.0, 0
    for i in range(start, stop):
        if is_left_out(values, excluded, i):
            continue
        if count == 0:
            first = values[i]
        total += values[i] - first
        largest = max(largest, abs(values[i]))
        count += 1
    return (first + total / count if count else math.nan), count, largest


def median_of(values: Floats, excluded: Switches, start: int, stop: int) -> float:
    kept = np.empty(stop - start)
    count = 0
    for i in range(start, stop):
        if not is_left_out(values, excluded, i):
            kept[count] = values[i]
            count += 1
    if count == 0:
        return math.nan
    ordered = np.sort(kept[:count])
    return float(ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def average_range(values: Floats, excluded: Switches, start: int, stop: int, below: float) -> tuple[float, float]:
    """Mean of the moving ranges under `below`, and the largest.

    A missing value takes both its ranges; an excluded one is bridged.
    """
    previous, total, count, largest = math.nan, 0.0, 0, 0.0
    for i in range(start, stop):
        if len(excluded) > 0 and excluded[i]:
            continue
        gap = abs(values[i] - previous)
        if gap < below:  # false for a missing neighbour
            total += gap
            count += 1
            largest = max(largest, gap)
        previous = values[i]
    return (total / count if count else math.nan), largest


def screened_range(values: Floats, excluded: Switches, start: int, stop: int, screen: bool) -> float:
    """Average moving range, ranges of 3.267 times the average or more left out once (Nelson 1982)."""
    average, largest = average_range(values, excluded, start, stop, math.inf)
    if screen and average == 0:
        return no_range(values, excluded, start, stop)
    if screen and largest >= 3.267 * average:
        average, largest = average_range(values, excluded, start, stop, 3.267 * average)
    return average


def no_range(values: Floats, excluded: Switches, start: int, stop: int) -> float:
    """What screening leaves where every range is 0: no width for a constant series, else no range at all."""
    return 0.0 if is_constant(values, excluded, start, stop) else math.nan


def is_constant(values: Floats, excluded: Switches, start: int, stop: int) -> bool:
    first = math.nan
    for i in range(start, stop):
        if not is_left_out(values, excluded, i):
            if values[i] != first and not math.isnan(first):
                return False
            first = values[i]
    return True


def pooled_ratio(numerators: Floats, sizes: Floats, values: Floats, excluded: Switches, start: int, stop: int) -> float:
    top, bottom = 0.0, 0.0
    for i in range(start, stop):
        if not is_left_out(values, excluded, i):
            top += numerators[i]
            bottom += sizes[i]
    return top / bottom if bottom > 0 else math.nan


def size_free_range(values: Floats, sizes: Floats, start: int, stop: int, below: float) -> float:
    """Mean of the I' chart's size-free ranges under `below` (Taylor); every point takes part."""
    total, count = 0.0, 0
    for i in range(start + 1, stop):
        if math.isnan(values[i]) or math.isnan(values[i - 1]):
            continue
        gap = math.sqrt(math.pi / 2) * abs(values[i] - values[i - 1]) / math.sqrt(1 / sizes[i] + 1 / sizes[i - 1])
        if gap < below:
            total += gap
            count += 1
    return total / count if count else math.nan


def size_free_spread(values: Floats, sizes: Floats, excluded: Switches, start: int, stop: int, screen: bool) -> float:
    average = size_free_range(values, sizes, start, stop, math.inf)
    if screen and average == 0:
        return no_range(values, excluded, start, stop)
    if screen and average > 0:
        average = size_free_range(values, sizes, start, stop, 3.2665 * average)
    return average


def standardised_range(
    chart: int, values: Floats, sizes: Floats, excluded: Switches, start: int, stop: int, centre: float, below: float
) -> float:
    """Mean moving range of Laney's z scores under `below`."""
    spread = centre * (1 - centre) if chart == PP else centre
    previous, total, count = math.nan, 0.0, 0
    for i in range(start, stop):
        if len(excluded) > 0 and excluded[i]:
            continue
        score = math.nan
        if not math.isnan(values[i]):
            score = (values[i] - centre) / math.sqrt(spread / sizes[i])
        gap = abs(score - previous)
        if gap < below:
            total += gap
            count += 1
        previous = score
    return total / count if count else math.nan


def prime_spread(
    chart: int, values: Floats, sizes: Floats, excluded: Switches, start: int, stop: int, centre: float, screen: bool
) -> float:
    if centre <= 0 or (chart == PP and centre >= 1):  # nothing varies: z scores are undefined, ranges are zero
        return average_range(values, excluded, start, stop, math.inf)[0]
    average = standardised_range(chart, values, sizes, excluded, start, stop, centre, math.inf)
    if screen and average == 0:
        return no_range(values, excluded, start, stop)
    if screen and average > 0:
        average = standardised_range(chart, values, sizes, excluded, start, stop, centre, 3.267 * average)
    return average / 1.128


def subgroup_spread(sizes: Floats, spreads: Floats, excluded: Switches, start: int, stop: int, base_stop: int) -> float:
    """Sigma within subgroups: the mean standard deviation, pooled when sizes differ (Montgomery 6.29, 6.31).

    As in qicharts2, a date whose rows are all blank is a subgroup of size 0: it makes the sizes differ and takes
    one degree of freedom away.
    """
    sizes_differ = False
    for i in range(start + 1, stop):
        sizes_differ = sizes_differ or size_or_zero(sizes[i]) != size_or_zero(sizes[start])
    squares, freedom, total, count = 0.0, 0.0, 0.0, 0
    for i in range(start, base_stop):
        if len(excluded) > 0 and excluded[i]:
            continue
        freedom += size_or_zero(sizes[i]) - 1
        if not math.isnan(spreads[i]):
            squares += (sizes[i] - 1) * spreads[i] ** 2
            total += spreads[i]
            count += 1
    if sizes_differ:
        return math.sqrt(squares / freedom) if freedom > 0 else math.nan
    return total / count if count else math.nan


def size_or_zero(size: float) -> float:
    return size if size > 0 else 0.0


def subgroup_mean(values: Floats, sizes: Floats, excluded: Switches, start: int, stop: int) -> float:
    top, bottom = 0.0, 0.0
    first = math.nan
    for i in range(start, stop):
        if not is_left_out(values, excluded, i):
            if math.isnan(first):
                first = values[i]
            top += sizes[i] * (values[i] - first)
            bottom += sizes[i]
    return first + top / bottom if bottom > 0 else math.nan


def middle_and_spread(
    chart: int,
    values: Floats,
    numerators: Floats,
    sizes: Floats,
    spreads: Floats,
    excluded: Switches,
    start: int,
    stop: int,
    base_stop: int,
    screen: bool,
    known: float,
    average: float,
) -> tuple[float, float]:
    """The line the limits are measured from, and the spread that `limits_at` takes, of one segment."""
    given = not math.isnan(known)
    middle = known if given else average
    if chart == RUN:
        return (known if given else median_of(values, excluded, start, base_stop)), math.nan
    if chart in (XMR, I, T):
        return middle, screened_range(values, excluded, start, base_stop, screen)
    if chart in (C, G, MR):
        return middle, 1.0
    if chart == XBAR:
        middle = known if given else subgroup_mean(values, sizes, excluded, start, base_stop)
        return middle, subgroup_spread(sizes, spreads, excluded, start, stop, base_stop)
    if chart == S:
        pooled = subgroup_spread(sizes, spreads, excluded, start, stop, base_stop)
        return (known if given else pooled), 1.0
    if not given:
        middle = pooled_ratio(numerators, sizes, values, excluded, start, base_stop)
    if chart == IP:
        return middle, size_free_spread(values, sizes, excluded, start, stop, screen)
    if chart in (PP, UP):
        return middle, prime_spread(chart, values, sizes, excluded, start, base_stop, middle, screen)
    return middle, 1.0


def follows_size(chart: int) -> bool:
    return chart in (IP, P, PP, U, UP, XBAR, S)


def limits_by_size(chart: int, middle: float, spread: float, size: float) -> float:
    """Half-widths (three and two sigma) of a chart whose limits follow each point's size; S gives sigma alone."""
    if not size > 0:
        return math.nan
    if chart == IP:
        return spread * math.sqrt(1 / size)
    if chart in (P, PP):
        return math.sqrt(max(middle * (1 - middle), 0.0) / size) * spread
    if chart in (U, UP):
        return math.sqrt(max(middle, 0.0) / size) * spread
    if not size > 1:
        return math.nan
    c4 = math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))
    if chart == XBAR:
        return spread / (c4 * math.sqrt(size))
    return middle * math.sqrt(max(1 - c4 * c4, 0.0)) / c4


def limits_at(chart: int, middle: float, spread: float, size: float) -> tuple[float, float, float, float]:
    """Lower, upper, near lower and near upper limit of a point; undefined ones are NaN. T is in its root scale."""
    if chart == RUN:
        return math.nan, math.nan, math.nan, math.nan
    if chart == MR:
        return 0.0, 3.267 * middle, 0.0, 3.267 / 3 * 2 * middle
    if chart == XMR:
        wide, near = 2.66 * spread, 2.66 * 2 / 3 * spread
    else:
        if chart in (I, T):
            sigma = spread / 1.128
        elif chart == C:
            sigma = math.sqrt(max(middle, 0.0))
        elif chart == G:
            sigma = math.sqrt(max(middle * (middle + 1), 0.0))
        else:
            sigma = limits_by_size(chart, middle, spread, size)
        wide, near = 3 * sigma, 2 * sigma
    lower, upper, near_lower, near_upper = middle - wide, middle + wide, middle - near, middle + near
    if chart in (P, PP, U, UP, C, G, S):
        lower, near_lower = clip_below(lower), clip_below(near_lower)
    if chart in (P, PP):
        upper, near_upper = clip_above(upper), clip_above(near_upper)
    return lower, upper, near_lower, near_upper


def clip_below(limit: float) -> float:
    return 0.0 if limit < 0 else limit


def clip_above(limit: float) -> float:
    return 1.0 if limit > 1 else limit


def zone_of(value: float, centre: float, limits: tuple[float, float, float, float], margin: float) -> int:
    """0 on the centre line (or missing), else the side's sign times 1, 2 (beyond a near limit) or 3 (outside)."""
    lower, upper, near_lower, near_upper = limits
    above = (value > centre + margin) + (value > near_upper + margin) + (value > upper + margin)
    below = (value < centre - margin) + (value < near_lower - margin) + (value < lower - margin)
    return above - below


def find_limits(
    values: Floats, numerators: Floats, sizes: Floats, spreads: Floats, excluded: Switches,
    bounds: Ints, charts: SmallInts, screens: Switches, baselines: Ints, knowns: Floats,
    zones: SmallInts, centres: Floats, middles: Floats, widths: Floats, margins: Floats, counts: Ints,
) -> None:  # fmt: skip
    """Find the limits of each segment `bounds[s]:bounds[s + 1]` and each point's zone.

    Out, by point: `zones` (see `zone_of`). By segment: `centres` (the line drawn), `middles` and `widths` (what
    `limits_at` takes), `margins` (how near counts as on a line), `counts` (values under the limits).
    """
    for s in range(len(bounds) - 1):
        start, stop, chart = bounds[s], bounds[s + 1], charts[s]
        base_stop = min(stop, start + baselines[s]) if baselines[s] > 0 else stop
        average, counts[s], largest = mean_from_first(values, excluded, start, base_stop)
        middle, width = middle_and_spread(
            chart, values, numerators, sizes, spreads, excluded, start, stop, base_stop, screens[s], knowns[s], average
        )
        centre = middle
        if chart == G:
            centre = median_of(values, excluded, start, base_stop) if math.isnan(knowns[s]) else 0.693 * middle
        margin = CLOSENESS * largest
        until = stop if chart == IP else base_stop
        screened = screens[s] or chart in (PP, UP)
        reach = width
        if width == 0 and screened and chart != XBAR and is_constant(values, excluded, start, until):
            reach = math.nan  # every range was screened away: limits of no width say nothing of what is outside
        limits = limits_at(chart, middle, reach, 1.0)
        if follows_size(chart):
            for i in range(start, stop):
                zones[i] = zone_of(values[i], centre, limits_at(chart, middle, reach, sizes[i]), margin)
        else:
            for i in range(start, stop):
                zones[i] = zone_of(values[i], centre, limits, margin)
        centres[s], middles[s], widths[s], margins[s] = centre, middle, width, margin


def unrooted(line: float) -> float:
    """Back from the root scale; below zero there is no such time."""
    return math.nan if line < 0 else abs(line) ** ROOT


def write_lines(
    sizes: Floats, found_centres: Floats, middles: Floats, widths: Floats,
    charts: SmallInts, multiplies: Floats, floored: Switches, points: Ints, segments: Ints,
    centres: Floats, lowers: Floats, uppers: Floats, near_lowers: Floats, near_uppers: Floats,
) -> None:  # fmt: skip
    """Write the lines of some points, in plotted units, from each one's size and what was found in its segment."""
    for k in range(len(points)):
        s = segments[k]
        chart, centre = charts[s], found_centres[s]
        size = sizes[points[k]] if len(sizes) > 0 else 1.0
        lower, upper, near_lower, near_upper = limits_at(chart, middles[s], widths[s], size)
        if chart == T:
            centre, upper, near_upper = unrooted(centre), unrooted(upper), unrooted(near_upper)
            lower, near_lower = unrooted(lower), unrooted(near_lower)
            if math.isnan(lower) and not math.isnan(upper):
                lower = 0.0
        if floored[s]:
            lower, near_lower = clip_below(lower), clip_below(near_lower)
        scale = multiplies[s]
        centres[k], lowers[k], uppers[k] = centre * scale, lower * scale, upper * scale
        near_lowers[k], near_uppers[k] = near_lower * scale, near_upper * scale
