"""What the last usable point of each series says: its icons, as plain loops over flat arrays.

Runs as Python and compiled, like `limits.py`, and calls nothing outside this file.
"""

import math

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc.rules import (
    ABOVE,
    ANHOJ,
    EXCLUDED,
    MISSING,
    OUTSIDE,
    SHIFT,
    TREND,
    TREND_UP,
    TWO_OF_THREE,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SmallInts = NDArray[np.int8]
Bytes = NDArray[np.uint8]
Switches = NDArray[np.bool_]

CLOSENESS = 1e-12  # as in limits.py: nearer than this to a limit counts as on it


def variation_of(flag: int, direction: int, by_runs: bool) -> int:
    """Index into VARIATIONS: 0 common, then improvement, concern and neutral, each high and low.

    A signal is named by its trend's direction if it is a trend inside the limits, else by its side of the centre.
    """
    if not by_runs and not flag & (OUTSIDE | SHIFT | TREND | TWO_OF_THREE):
        return 0
    by_trend = flag & TREND and not flag & OUTSIDE
    high = (flag & TREND_UP if by_trend else flag & ABOVE) != 0
    if direction == 0:
        return 5 if high else 6
    if high == (direction > 0):
        return 1 if high else 2
    return 3 if high else 4


def write_variations(
    flags: Bytes, targets: Floats, offsets: Ints, bounds: Ints, rules: SmallInts, directions: SmallInts,
    usual_targets: Floats, runs_signals: Switches,
    lasts: Ints, segments: Ints, last_targets: Floats, variations: SmallInts,
) -> None:  # fmt: skip
    """By series: its last point that is neither missing nor excluded (-1: none), that point's segment and icon.

    `last_targets` takes the latest target stated up to that point, else the series' usual one.
    """
    segment = 0
    for s in range(len(offsets) - 1):
        first, i = offsets[s], offsets[s + 1] - 1
        while i >= first and flags[i] & (MISSING | EXCLUDED):
            i -= 1
        while segment < len(bounds) - 2 and bounds[segment + 1] <= max(first, i):
            segment += 1
        segments[s], last_targets[s] = segment, usual_targets[s]
        lasts[s], variations[s] = -1, 0
        if i < first:
            continue
        lasts[s] = i
        variations[s] = variation_of(flags[i], directions[s], rules[s] == ANHOJ and runs_signals[segment])
        while len(targets) > 0 and i >= first and math.isnan(targets[i]):
            i -= 1
        if len(targets) > 0 and i >= first:
            last_targets[s] = targets[i]


def write_assurances(
    lasts: Ints, lower: Floats, upper: Floats, targets: Floats, directions: SmallInts, assurances: SmallInts
) -> None:
    """By series, index into ASSURANCES: 0 none, 1 pass, 2 fail, 3 inconsistent.

    On limits of no width a target is simply met or missed.
    """
    for s in range(len(lasts)):
        assurances[s] = 0
        if lasts[s] < 0 or directions[s] == 0 or math.isnan(targets[s]) or math.isnan(lower[s] + upper[s]):
            continue
        margin = CLOSENESS * max(abs(lower[s]), abs(upper[s]))
        below, above = targets[s] < lower[s] - margin, targets[s] > upper[s] + margin
        if below or above:
            assurances[s] = 1 if below == (directions[s] > 0) else 2
        else:
            assurances[s] = 1 if upper[s] - lower[s] <= margin else 3
