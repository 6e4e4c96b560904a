"""The lines of a chart as path data: values joined with gaps, and limits that step from point to point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trustwide.engines.spc.model import Floats

Numbers = Sequence[float]


def joined(xs: Sequence[str], ys: Sequence[str]) -> str:
    """Values joined in order, with a gap where one is missing ("nan"); one alone is a dot.

    >>> joined(["0", "1", "2", "3"], ["5", "6", "nan", "7"])
    'M0 5L0 5 1 6M3 7L3 7'
    """
    if "nan" not in ys:
        return f"M{xs[0]} {ys[0]}L" + " ".join([f"{x} {y}" for x, y in zip(xs, ys, strict=True)]) if xs else ""
    parts: list[str] = []
    drawing = False
    for x, y in zip(xs, ys, strict=True):
        if y == "nan":
            drawing = False
        elif drawing:
            parts.append(f" {x} {y}")
        else:
            parts.append(f"M{x} {y}L{x} {y}")
            drawing = True
    return "".join(parts)


def stepped(edges: Numbers, heights: Numbers, start: int, stop: int, stride: int = 1) -> str:
    """A line of one or more points, `start` to `stop`, level from `edges[i]` to `edges[i + 1]`, with gaps.

    >>> stepped([0, 10, 20, 30], [5, 5, 7], 0, 3)
    'M0 5H20V7H30'
    """
    if (
        heights[start] == heights[start] and heights[start:stop].count(heights[start]) == stop - start
    ):  # most lines are level
        return f"M{edges[start]} {heights[start]}H{edges[stop]}"
    parts: list[str] = []
    level: float | None = None
    for place in range(start, stop, stride):
        y = heights[place]
        if y == level:
            continue
        if y != y:
            if level is not None:
                parts.append(f"H{edges[place]}")
            level = None
        else:
            parts.append(f"M{edges[place]} {y}" if level is None else f"H{edges[place]}V{y}")
            level = y
    if level is not None:
        parts.append(f"H{edges[stop]}")
    return "".join(parts)


def band(edges: Numbers, upper: Numbers, lower: Numbers, start: int, stop: int, stride: int = 1) -> str:
    """The area between two stepped lines, in parts where either is missing.

    >>> band([0, 10, 20], [1, 1], [9, 8], 0, 2)
    'M0 1H20V8H10V9H0Z'
    """
    size, top, floor = stop - start, upper[start], lower[start]
    if top == top and upper[start:stop].count(top) == size == lower[start:stop].count(floor) and floor == floor:
        return f"M{edges[start]} {top}H{edges[stop]}V{floor}H{edges[start]}Z"
    parts: list[str] = []
    places = list(range(start, stop, stride))
    first = 0
    for at in range(len(places) + 1):
        if at < len(places) and upper[places[at]] == upper[places[at]] and lower[places[at]] == lower[places[at]]:
            continue
        if first < at:
            end = edges[places[at]] if at < len(places) else edges[stop]
            parts.append(_one_band(edges, upper, lower, places[first:at], end))
        first = at + 1
    return "".join(parts)


def _one_band(edges: Numbers, upper: Numbers, lower: Numbers, places: Sequence[int], end: float) -> str:
    """Along the upper line, and back along the lower."""
    level = upper[places[0]]
    parts = [f"M{edges[places[0]]} {level}"]
    for place in places:
        if upper[place] != level:
            level = upper[place]
            parts.append(f"H{edges[place]}V{level}")
    level = lower[places[-1]]
    parts.append(f"H{end}V{level}")
    for before, place in zip(places[-2::-1], places[:0:-1], strict=True):
        if lower[before] != level:
            level = lower[before]
            parts.append(f"H{edges[place]}V{level}")
    parts.append(f"H{edges[places[0]]}Z")
    return "".join(parts)


def telling_points(across: Floats, heights: Floats) -> list[int]:
    """Which of very many points the eye can tell apart: in each half unit across, the first, last, lowest and highest.

    Missing points stay, so that gaps do. Returns places in order (Jugel and others 2014, "M4").
    """
    columns = np.floor(across * 2).astype(np.int64)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    ends = np.append(starts[1:], len(columns)) - 1
    keep = np.isnan(heights)
    rising = np.lexsort((heights, columns))  # column by column, missing ones last
    known = np.add.reduceat((~keep).astype(np.int64), starts)
    keep[rising[starts]] = keep[rising[starts + (known - 1).clip(0)]] = True
    keep[starts] = keep[ends] = True
    places: list[int] = np.flatnonzero(keep).tolist()
    return places


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels as near as they may be to the wanted ones, at least `gap` apart, between `low` and `high`.

    `wanted` is in order; where all cannot fit, they share the room evenly.

    >>> spread([10, 11, 50], 14, 0, 60)
    [10, 24, 50]
    """
    count = len(wanted)
    if count > 1:
        gap = min(gap, (high - low) / (count - 1))
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + gap if places else low))
    limit = high
    for at in range(count - 1, -1, -1):
        places[at] = min(places[at], limit)
        limit = places[at] - gap
    return places
