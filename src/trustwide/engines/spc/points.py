"""The points of a chart: the values joined, and each point in the shape and colour of its effect."""

from __future__ import annotations

import numpy as np

from trustwide.engines.spc.layout import Layout
from trustwide.engines.spc.lines import joined, telling_points
from trustwide.engines.spc.marks import COLOURS, EFFECT_WORDS, FRAME, PAPER, excluded_mark, outline, why
from trustwide.engines.spc.typed import safe

#: The most points of which each has a title; the most common, and the most flagged, points drawn one by one.
MOST_TITLES, MOST_COMMON, MOST_FLAGGED = 200, 600, 600


def draw_points(layout: Layout) -> str:
    """The line through the values and the marks on it: common, then flagged, then excluded points."""
    common, flagged, excluded = _sorted_points(layout)
    drawn = _value_line(layout)
    titled = common if layout.count <= MOST_TITLES and not layout.is_narrow else []
    single = flagged if len(flagged) <= MOST_FLAGGED else []
    titles = point_titles(layout, [*titled, *single, *excluded])
    if common and layout.count <= MOST_COMMON:
        drawn += _common_points(layout, common, titles)
    if flagged:
        drawn += _flagged_points(layout, flagged, titles)
    return drawn + _excluded_points(layout, excluded, titles)


def point_titles(layout: Layout, places: list[int]) -> dict[int, str]:
    """What one reads on pointing at a point: "October 2018: 84.2. Concern: outside the limits"."""
    series, dates, excluded = layout.series, layout.time.said, layout.series.excluded.tolist()
    values = layout.numbers.exact_all(series.values[places].tolist())
    effects, signals = series.effects, series.signals
    told = [why(effects[at], signals[at], excluded[at]) for at in places]
    titles = {
        at: f"<title>{dates[at]}: {value}{'. ' if words else ''}{words}</title>"
        for at, value, words in zip(places, values, told, strict=True)
    }
    for at in series.notes.keys() & titles.keys():
        titles[at] = f"{titles[at].removesuffix('</title>')}. {safe(series.notes[at])}</title>"
    return titles


def _sorted_points(layout: Layout) -> tuple[list[int], list[int], list[int]]:
    """The places of common, flagged and excluded points that have a value."""
    effects, excluded = layout.series.effects, layout.series.excluded
    drawn = (layout.drawn & ~excluded).nonzero()[0].tolist()
    common = [at for at in drawn if effects[at] == "common"]
    flagged = [at for at in drawn if effects[at] != "common"]
    return common, flagged, (layout.drawn & excluded).nonzero()[0].tolist()


def _value_line(layout: Layout) -> str:
    """Values joined in order, with gaps; of very many, those that the eye can tell apart."""
    xs, ys = layout.xs, layout.ys
    if layout.count > 2 * layout.width:
        places = telling_points(layout.across, np.array(layout.heights))
        xs, ys = [xs[at] for at in places], [ys[at] for at in places]
    return (
        f'<path class="values" d="{joined(xs, ys)}" fill="none" stroke="{FRAME}" stroke-width="1.5"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _common_points(layout: Layout, places: list[int], titles: dict[int, str]) -> str:
    xs, ys, radius = layout.xs, layout.ys, f"{layout.radius:.1f}"
    if places[0] in titles:
        circles = [f'<circle cx="{xs[at]}" cy="{ys[at]}" r="{radius}">{titles[at]}</circle>' for at in places]
    else:
        circles = [f'<circle cx="{xs[at]}" cy="{ys[at]}" r="{radius}"/>' for at in places]
    return f'<g class="common" fill="{COLOURS["common"]}">{"".join(circles)}</g>'


def _flagged_points(layout: Layout, places: list[int], titles: dict[int, str]) -> str:
    """Every flagged point: one by one with its title, or all of an effect at once where there are very many."""
    effects, xs, ys = layout.series.effects, layout.xs, layout.ys
    parts = []
    for effect, colour in COLOURS.items():
        flagged = [at for at in places if effects[at] == effect]
        if not flagged:
            continue
        if len(places) <= MOST_FLAGGED:
            shape = outline(effect, max(2.8, layout.radius + 1))
            marks = "".join([f'<path d="M{xs[at]} {ys[at]}{shape}">{titles[at]}</path>' for at in flagged])
            parts.append(f'<g class="{effect}" fill="{colour}" stroke="{PAPER}">{marks}</g>')
        else:
            shape = outline(effect, 1.5)
            data = "".join([f"M{xs[at]} {ys[at]}{shape}" for at in flagged])
            title = f"<title>{EFFECT_WORDS[effect]}: {len(flagged):,} points</title>"
            parts.append(f'<path class="{effect}" fill="{colour}" d="{data}">{title}</path>')
    return "".join(parts)


def _excluded_points(layout: Layout, places: list[int], titles: dict[int, str]) -> str:
    radius, effects = max(3.5, layout.radius + 0.5), layout.series.effects
    return "".join([excluded_mark(effects[at], layout.xs[at], layout.ys[at], radius, titles[at]) for at in places])
