"""The rules that say which points are unlikely to be chance, and the runs test, as plain loops over flat arrays.

Runs as Python and compiled, like `limits.py`, and calls nothing outside this file. Sources: Making Data Count
(NHS England) as coded in NHSRplotthedots 0.2.2; Anhøj and Olesen 2014 (runs).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SmallInts = NDArray[np.int8]
Bytes = NDArray[np.uint8]
Rows = NDArray[np.uint8]  # ROWS of them, as long as the longest segment and PAD at either end
Switches = NDArray[np.bool_]

NHS, ANHOJ = range(2)  # in the order of model.RULES

# One byte a point. ABOVE and TREND_UP give a signal its direction.
OUTSIDE, SHIFT, TREND, TWO_OF_THREE, ABOVE, TREND_UP, EXCLUDED, MISSING = (1 << bit for bit in range(8))

ROWS = 8
PAD = 8  # more than the seven points that a rule looks over


def gather(
    values: Floats, zones: SmallInts, excluded: Switches, start: int, stop: int, kept: Floats, kept_zones: SmallInts
) -> int:
    """Copy what the rules may use, excluded points left out; return how many that is."""
    if len(excluded) == 0:
        for i in range(start, stop):
            kept[i - start], kept_zones[i - start] = values[i], zones[i]
        return stop - start
    count = 0
    for i in range(start, stop):
        if not excluded[i]:
            kept[count], kept_zones[count] = values[i], zones[i]
            count += 1
    return count


def write_states(
    kept: Floats, zones: SmallInts, count: int, margin: float, sides: Bytes, steps: Bytes, closes: Bytes
) -> None:
    """What the rules look for, as bits: 1 above, rising, close to the upper limit; 2 below, falling, near the lower.

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


def spread_back(starts: Bytes, count: int, twos: Bytes, fours: Bytes) -> None:
    """`fours[k] | fours[k + 3]` then holds what `starts` has anywhere in k to k + 6."""
    for k in range(count + PAD):
        twos[k] = starts[k] | starts[k + 1]
    for k in range(count + 4):
        fours[k] = twos[k] | twos[k + 2]


def flag_shifts(sides: Bytes, count: int, marks: Bytes, twos: Bytes, fours: Bytes, starts: Bytes) -> None:
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


def flag_trends(steps: Bytes, count: int, marks: Bytes, twos: Bytes, fours: Bytes, starts: Bytes) -> None:
    """Seven or more points, each above (or each below) the one before: all of them, in the trend's own direction.

    Six steps one way in a row, found like seven points and spread over their seven. Where the next point is in a
    trend too, a point takes the direction of the step to it, as in NHSRplotthedots; unless that step is a tie.
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
        ahead = fours[k + 1] | fours[k + 4]
        way = steps[k] if (ahead != 0) & (steps[k] != 0) else ways  # `and` would be a branch, one point at a time
        marks[k] |= TREND * (ways != 0) | TREND_UP * (way == 1)


def flag_two_of_three(sides: Bytes, closes: Bytes, count: int, marks: Bytes, starts: Bytes) -> None:
    """Two of three neighbours between the near limit and the limit, all three on one side: those two (or three)."""
    for k in range(count + 1):
        a, b, c = closes[k], closes[k + 1], closes[k + 2]
        starts[k + 2] = ((a & b) | (a & c) | (b & c)) & sides[k] & sides[k + 1] & sides[k + 2]
    for k in range(count):
        found = (starts[k] | starts[k + 1] | starts[k + 2]) & closes[k]
        marks[k] |= TWO_OF_THREE * (found != 0)


def runs_of(zones: SmallInts, count: int) -> tuple[int, int, int]:
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


def write_flags(
    values: Floats, zones: SmallInts, excluded: Switches, start: int, stop: int, marks: Bytes, flags: Bytes
) -> None:
    """What each point says of itself, and the marks of the kept ones; an excluded point is judged alone."""
    for i in range(start, stop):
        zone = zones[i]
        flags[i] = ABOVE * (zone > 0) | OUTSIDE * ((zone == 3) | (zone == -3)) | MISSING * (values[i] != values[i])
    if len(excluded) == 0:
        for i in range(start, stop):
            flags[i] |= marks[i - start]
        return
    count = 0
    for i in range(start, stop):
        if excluded[i]:
            flags[i] |= EXCLUDED
        else:
            flags[i] |= marks[count]
            count += 1


def find_signals(
    values: Floats, zones: SmallInts, excluded: Switches, bounds: Ints, rules: SmallInts, margins: Floats,
    kept: Floats, kept_zones: SmallInts, room: Rows,
    flags: Bytes, useful: Ints, longest: Ints, crossings: Ints,
) -> None:  # fmt: skip
    """Flag the points of each segment and count its runs. `kept`, `kept_zones` and `room` are there to work in."""
    marks, sides, steps, closes = room[0], room[1], room[2], room[3]
    twos, fours, starts, pairs = room[4], room[5], room[6], room[7]
    for s in range(len(bounds) - 1):
        start, stop = bounds[s], bounds[s + 1]
        count = gather(values, zones, excluded, start, stop, kept, kept_zones)
        for k in range(count):
            marks[k] = 0
        if rules[s] == NHS:
            write_states(kept, kept_zones, count, margins[s], sides, steps, closes)
            flag_shifts(sides, count, marks, twos, fours, starts)
            flag_trends(steps, count, marks, twos, fours, starts)
            flag_two_of_three(sides, closes, count, marks, pairs)
        write_flags(values, zones, excluded, start, stop, marks, flags)
        useful[s], longest[s], crossings[s] = runs_of(kept_zones, count)
