"""The chart kernel: limits, rules and runs of many ragged series, as plain loops over flat arrays.

Every function here runs two ways from this one source: as ordinary Python (small work, no start-up cost) and
compiled by numba (`kernel.py`). So it keeps to loops, numbers and flat arrays. Arrays that a chart does not use
may be empty. Sources: Making Data Count (NHS England) as coded in NHSRplotthedots 0.2.2; qicharts2 0.8.1;
Montgomery, *Introduction to Statistical Quality Control* (6.29-6.33, 7.17, 7.19); Nelson 1982 (screening);
Laney 2002 (prime charts); Anhøj and Olesen 2014 (runs).
"""

import math

import numpy as np

RUN, XMR, I, IP, MR, P, PP, U, UP, C, G, T, XBAR, S = range(14)
NHS, ANHOJ = range(2)

# One byte a point. ABOVE and TREND_UP give a signal its direction.
OUTSIDE, SHIFT, TREND, TWO_OF_THREE, ABOVE, TREND_UP, EXCLUDED, MISSING = (1 << bit for bit in range(8))

PAD = 8  # more than the seven points that a rule looks back over
CLOSENESS = 1e-12  # relative to the largest value: nearer than this to a line counts as on it


def is_left_out(values, excluded, i):
    return math.isnan(values[i]) or (len(excluded) > 0 and excluded[i])


def mean_from_first(values, excluded, start, stop):
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


def median_of(values, excluded, start, stop):
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


def average_range(values, excluded, start, stop, below):
    """Mean of the moving ranges under `below`, and the largest. A missing value takes both; an excluded one is bridged."""
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


def screened_range(values, excluded, start, stop, screen):
    """Average moving range, ranges of 3.267 times the average or more left out once (Nelson 1982)."""
    average, largest = average_range(values, excluded, start, stop, math.inf)
    if screen and largest >= 3.267 * average > 0:
        average, largest = average_range(values, excluded, start, stop, 3.267 * average)
    return average


def pooled_ratio(numerators, sizes, values, excluded, start, stop):
    top, bottom = 0.0, 0.0
    for i in range(start, stop):
        if not is_left_out(values, excluded, i):
            top += numerators[i]
            bottom += sizes[i]
    return top / bottom if bottom > 0 else math.nan


def size_free_range(values, sizes, start, stop, below):
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


def standardised_range(chart, values, sizes, excluded, start, stop, centre, below):
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


def prime_spread(chart, values, sizes, excluded, start, stop, centre, screen):
    if centre <= 0 or (chart == PP and centre >= 1):
        return 0.0  # nothing varies
    average = standardised_range(chart, values, sizes, excluded, start, stop, centre, math.inf)
    if screen and average > 0:
        average = standardised_range(chart, values, sizes, excluded, start, stop, centre, 3.267 * average)
    return average / 1.128


def subgroup_spread(values, sizes, spreads, excluded, start, stop, base_stop):
    """Within-subgroup sigma: the plain mean of the standard deviations, pooled when sizes differ (Montgomery 6.29, 6.31)."""
    size, sizes_differ = 0.0, False
    for i in range(start, stop):
        if sizes[i] > 0:
            sizes_differ = sizes_differ or (size > 0 and sizes[i] != size)
            size = sizes[i]
    squares, freedom, total, count = 0.0, 0.0, 0.0, 0
    for i in range(start, base_stop):
        if sizes[i] > 0 and not (len(excluded) > 0 and excluded[i]):
            freedom += sizes[i] - 1
            if not math.isnan(spreads[i]):
                squares += (sizes[i] - 1) * spreads[i] ** 2
                total += spreads[i]
                count += 1
    if sizes_differ:
        return math.sqrt(squares / freedom) if freedom > 0 else math.nan
    return total / count if count else math.nan


def subgroup_mean(values, sizes, excluded, start, stop):
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
    chart, values, numerators, sizes, spreads, excluded, start, stop, base_stop, screen, known, average
):
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
        return middle, subgroup_spread(values, sizes, spreads, excluded, start, stop, base_stop)
    if chart == S:
        pooled = subgroup_spread(values, sizes, spreads, excluded, start, stop, base_stop)
        return (known if given else pooled), 1.0
    if not given:
        middle = pooled_ratio(numerators, sizes, values, excluded, start, base_stop)
    if chart == IP:
        average = size_free_range(values, sizes, start, stop, math.inf)
        if screen and average > 0:
            average = size_free_range(values, sizes, start, stop, 3.2665 * average)
        return middle, average
    if chart in (PP, UP):
        return middle, prime_spread(chart, values, sizes, excluded, start, base_stop, middle, screen)
    return middle, 1.0


def limits_by_size(chart, middle, spread, size):
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


def limits_at(chart, middle, spread, size):
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


def clip_below(limit):
    return 0.0 if limit < 0 else limit


def clip_above(limit):
    return 1.0 if limit > 1 else limit


def follows_size(chart):
    return chart in (IP, P, PP, U, UP, XBAR, S)


def zone_of(value, centre, limits, margin):
    """0 on the centre line (or missing), else the side's sign times 1, 2 (beyond a near limit) or 3 (outside)."""
    lower, upper, near_lower, near_upper = limits
    above = (value > centre + margin) + (value > near_upper + margin) + (value > upper + margin)
    below = (value < centre - margin) + (value < near_lower - margin) + (value < lower - margin)
    return above - below


def gather(values, excluded, start, stop, kept, places):
    """Copy what the rules may use, excluded points left out; return how many that is."""
    count = 0
    for i in range(start, stop):
        kept[count] = values[i]
        places[count] = i
        count += 1 if len(excluded) == 0 or not excluded[i] else 0
    return count


def write_zones(kept, places, sizes, count, chart, middle, width, centre, margin, zones):
    by_size = follows_size(chart)
    limits = limits_at(chart, middle, width, 1.0)
    if not by_size:
        for k in range(count):
            zones[k] = zone_of(kept[k], centre, limits, margin)
        return
    for k in range(count):
        limits = limits_at(chart, middle, width, sizes[places[k]])
        zones[k] = zone_of(kept[k], centre, limits, margin)


def write_marks(kept, zones, count, marks):
    for k in range(count):
        marks[k] = own_bits(kept[k], zones[k])


def own_bits(value, zone):
    """What a point's flags say of itself, before any rule looks at its neighbours."""
    return ABOVE * (zone > 0) + OUTSIDE * (zone == 3 or zone == -3) + MISSING * (value != value)


def write_states(kept, zones, count, margin, sides, steps, closes):
    """What the rules look for, as bits: 1 above, rising, close to the upper limit; 2 below, falling, close to the lower.

    `steps[k]` leads from point k to the next. Zeros follow the last point, so that a rule may look past the end.
    """
    for k in range(count):
        sides[k] = (zones[k] > 0) + 2 * (zones[k] < 0)
        closes[k] = (zones[k] == 2) + 2 * (zones[k] == -2)
    for k in range(count - 1):
        step = kept[k + 1] - kept[k]
        steps[k] = (step > margin) + 2 * (step < -margin)
    steps[max(count - 1, 0)] = 0
    for k in range(PAD):
        sides[count + k], steps[count + k], closes[count + k] = 0, 0, 0


def spread_back(starts, count, twos, fours):
    """`fours[k] | fours[k + 3]` then holds what `starts` has anywhere in k to k + 6."""
    for k in range(count + PAD):
        twos[k] = starts[k] | starts[k + 1]
    for k in range(count + 4):
        fours[k] = twos[k] | twos[k + 2]


def flag_shifts(sides, count, marks, twos, fours, starts):
    """Seven or more in a row on one side: every point of the run. A gap or a point on the centre line ends it.

    Seven in a row is found by doubling (two, four, seven) and spread over the seven by doubling again, all points
    at a time. A run that starts at k is noted at k + 6, six zeros being in front.
    """
    for k in range(count + PAD - 1):
        twos[k] = sides[k] & sides[k + 1]
    for k in range(count + 4):
        fours[k] = twos[k] & twos[k + 2]
    for k in range(count + 1):
        starts[k + 6] = fours[k] & fours[k + 3]
    spread_back(starts, count, twos, fours)
    for k in range(count):
        marks[k] |= SHIFT * ((fours[k] | fours[k + 3]) != 0)


def flag_trends(steps, count, marks, twos, fours, starts):
    """Seven or more points, each above (or each below) the one before: all of them, in the trend's own direction.

    Six steps one way in a row, found like seven points and spread over their seven. A turning point between two
    trends belongs to both and takes the later one's direction.
    """
    for k in range(count + PAD - 1):
        twos[k] = steps[k] & steps[k + 1]
    for k in range(count + 4):
        fours[k] = twos[k] & twos[k + 2]
    for k in range(count + 1):
        starts[k + 6] = fours[k] & twos[k + 4]
    spread_back(starts, count, twos, fours)
    for k in range(count):
        ways = fours[k] | fours[k + 3]
        way = steps[k] if ways == 3 else ways
        marks[k] |= TREND * (ways != 0) | TREND_UP * (way == 1)


def flag_two_of_three(sides, closes, count, marks, starts):
    """Two of three neighbours between the near limit and the limit, all three on one side: those two (or three)."""
    for k in range(count + 1):
        a, b, c = closes[k], closes[k + 1], closes[k + 2]
        starts[k + 2] = ((a & b) | (a & c) | (b & c)) & sides[k] & sides[k + 1] & sides[k + 2]
    for k in range(count):
        found = (starts[k] | starts[k + 1] | starts[k + 2]) & closes[k]
        marks[k] |= TWO_OF_THREE * (found != 0)


def runs_of(zones, count):
    """Useful points, longest run and crossings; runs go through gaps and points on the centre line (Anhøj)."""
    useful, longest, changes, length, side = 0, 0, 0, 0, 0
    for k in range(count):
        here = (zones[k] > 0) - (zones[k] < 0)
        if here == 0:
            continue
        changes += here != side
        length = length + 1 if here == side else 1
        side = here
        useful += 1
        longest = max(longest, length)
    return useful, longest, max(changes - 1, 0)


def write_flags(values, sizes, excluded, start, stop, chart, middle, width, centre, margin, marks, flags):
    """The marks of the kept points to their places; excluded points are judged against the limits, no more."""
    if len(excluded) == 0:
        for i in range(start, stop):
            flags[i] = marks[i - start]
        return
    k = 0
    for i in range(start, stop):
        if excluded[i]:
            size = sizes[i] if len(sizes) > 0 else 1.0
            zone = zone_of(values[i], centre, limits_at(chart, middle, width, size), margin)
            flags[i] = EXCLUDED | own_bits(values[i], zone)
        else:
            flags[i] = marks[k]
            k += 1


def analyse_segments(
    values, numerators, sizes, spreads, excluded, bounds, charts, rules, screens, baselines, knowns,
    kept, places, zones, marks, sides, steps, closes, twos, fours, runs, pairs,
    flags, centres, middles, widths, counts, useful, longest, crossings,
):  # fmt: skip
    """Analyse each segment `bounds[s]:bounds[s + 1]`, writing a byte a point and numbers a segment.

    `kept` to `pairs` are room to work in, from `working_room`.
    Out: `flags` (N bytes); by segment `centres` (the line drawn), `middles` and `widths` (what `limits_at` takes),
    `counts` (values under the limits), and the runs test's `useful`, `longest`, `crossings`.
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
        count = gather(values, excluded, start, stop, kept, places)
        write_zones(kept, places, sizes, count, chart, middle, width, centre, margin, zones)
        write_marks(kept, zones, count, marks)
        if rules[s] == NHS:
            write_states(kept, zones, count, margin, sides, steps, closes)
            flag_shifts(sides, count, marks, twos, fours, runs)
            flag_trends(steps, count, marks, twos, fours, runs)
            flag_two_of_three(sides, closes, count, marks, pairs)
        write_flags(values, sizes, excluded, start, stop, chart, middle, width, centre, margin, marks, flags)
        centres[s], middles[s], widths[s] = centre, middle, width
        useful[s], longest[s], crossings[s] = runs_of(zones, count)


def write_limits(sizes, charts, middles, widths, lower, upper, near_lower, near_upper):
    """Write the limits of each point from its own size (where the chart has sizes) and its segment's middle and width."""
    for i in range(len(charts)):
        size = sizes[i] if len(sizes) > 0 else 1.0
        lower[i], upper[i], near_lower[i], near_upper[i] = limits_at(charts[i], middles[i], widths[i], size)


def write_last(flags, targets, offsets, lasts, last_targets):
    """By series, the index of the last point that is neither missing nor excluded (-1: none) and its target.

    The target is the latest one stated up to that point, NaN if none.
    """
    for s in range(len(offsets) - 1):
        i = offsets[s + 1] - 1
        while i >= offsets[s] and flags[i] & (MISSING | EXCLUDED):
            i -= 1
        lasts[s] = i if i >= offsets[s] else -1
        while len(targets) > 0 and i >= offsets[s] and math.isnan(targets[i]):
            i -= 1
        if len(targets) > 0 and i >= offsets[s]:
            last_targets[s] = targets[i]


def write_runs_limits(longest_limits, crossings_limits):
    """Fill both limits of the runs test for 0, 1, 2 … useful points.

    Longest run: round(log2(n)) + 3 (Schilling 2012). Crossings: the 5 % quantile of Binomial(n - 1, 1/2)
    (Chen 2010), by stepping the distribution from n - 1 to n trials.
    """
    quantile, below_or_at, exactly = 0, 1.0, 1.0
    for n in range(1, len(longest_limits)):
        longest_limits[n] = round(math.log2(n)) + 3
        if n > 1:
            trials = n - 1
            below_or_at -= exactly / 2
            exactly *= trials / (2 * (trials - quantile))
            if below_or_at < 0.05:
                exactly *= (trials - quantile) / (quantile + 1)
                quantile += 1
                below_or_at += exactly
        crossings_limits[n] = quantile
