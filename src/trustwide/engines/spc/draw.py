"""One series drawn as a control chart: the same SVG on web pages, in PDF, on wall boards and in print.

Everything is a presentation attribute: no style, no script, nothing that a strict content security policy refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from trustwide.engines.spc.layout import TEXT, WIDEST, Layout, LegendItem
from trustwide.engines.spc.lines import band, joined, spread, stepped
from trustwide.engines.spc.marks import BAND, COLOURS, FRAME, INK, PALE, PAPER, QUIET, excluded_mark, outline
from trustwide.engines.spc.model import Series
from trustwide.engines.spc.points import draw_points
from trustwide.engines.spc.typed import safe, shortened, wrapped

HEADING = 16
LINE = 17  # from one line of a note to the next
#: More points than this and lines step only so many times across the plot.
MOST_STEPS = 1000


def draw(
    series: Series, *, width: int = 720, height: int = 320, prefix: str = "", unit: str = "", heading: bool = False
) -> str:
    """A complete `<svg>` of one analysed series, as text.

    `width` by `height` are the units of its own coordinates: it grows to the room it is given. 360 wide is laid out
    for a phone. Numbered notes are listed below and, with `heading`, the name above, so the picture may be taller
    than `height`. `prefix` makes its ids unique on a page. `unit` follows every number: "%".
    """
    layout = Layout(series, max(240, width), max(160, height), safe(unit))
    prefix = re.sub(r"[^\w-]", "-", prefix)
    title, description = f"{prefix}chart-title", f"{prefix}chart-description"
    name, rise = _heading(layout) if heading else ("", 0)
    notes, depth = _note_list(layout)
    tall = layout.bottom + 38 + depth + rise
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="control-chart" viewBox="0 {-rise} {layout.width} {tall}"'
        f' width="100%" role="img" aria-labelledby="{title}" aria-describedby="{description}"'
        f' font-family="Arial, Liberation Sans, sans-serif" font-size="{TEXT}" fill="{INK}">'
        f'<title id="{title}">{safe(series.name) or "Chart"}</title><desc id="{description}">{safe(series.sentence)}'
        f'</desc><rect y="{-rise}" width="{layout.width}" height="{tall}" fill="{PAPER}"/>{name}{_legend(layout)}'
        f"{_limits(layout)}{_axes(layout)}{_resets(layout)}{_leaders(layout)}{draw_points(layout)}"
        f"{_line_labels(layout)}{_badges(layout)}{notes}</svg>"
    )


def draw_all(every: Iterable[Series], *, width: int = 720, height: int = 320, prefix: str = "", unit: str = "") -> str:
    """One `<svg>` of many series, each with its name above it, one under the other."""
    drawings, down = [], 0
    for place, series in enumerate(every, start=1):
        svg = draw(series, width=width, height=height, prefix=f"{prefix}{place}-", unit=unit, heading=True)
        tall = int(svg.partition('viewBox="')[2].partition('"')[0].split()[3])
        drawings.append(svg.replace(' width="100%"', f' y="{down}" width="{max(240, width)}" height="{tall}"', 1))
        down += tall + 24
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {max(240, width)} {down}" width="100%">'
        f"{''.join(drawings)}</svg>"
    )


def _heading(layout: Layout) -> tuple[str, int]:
    """The name above the picture, and how high it stands."""
    lines = wrapped(layout.series.name, HEADING, (layout.width - layout.left - 8) / WIDEST, 3)
    rise = 20 * len(lines)
    words = [
        f'<text x="{layout.left}" y="{HEADING + 20 * number - rise}" font-size="{HEADING}" font-weight="700">'
        f"{safe(line)}</text>"
        for number, line in enumerate(lines)
    ]
    return "".join(words), rise


def _legend(layout: Layout) -> str:
    return "".join([_legend_item(item) for item in layout.legend])


def _legend_item(item: LegendItem) -> str:
    """A mark and its word."""
    x, y = item.right + 5, 11.5 + 18 * item.row
    if item.hollow:
        mark = excluded_mark(item.effect, f"{x:.1f}", f"{y}", 4.5)
    else:
        mark = f'<path d="M{x:.1f} {y}{outline(item.effect, 4.5)}" fill="{COLOURS[item.effect]}"/>'
    return f'{mark}<text x="{x + 10:.1f}" y="{y + 4.5}">{item.words}</text>'


def _axes(layout: Layout) -> str:
    """Value ticks with their gridlines, and dates under the axis."""
    left, right, bottom = layout.left, layout.right, layout.bottom
    dates = _date_labels(layout)
    axis = f'<path d="M{left} {bottom}H{right}" stroke="{FRAME}" fill="none"/>'
    if not layout.lines and not layout.drawn.any():
        middle = f'x="{(left + right) / 2:.1f}" y="{(layout.top + bottom) / 2:.1f}"'
        return f'{axis}{dates}<text {middle} text-anchor="middle">No values yet</text>'
    heights = layout.placed(np.array(layout.scale.ticks))
    grid = "".join([f"M{left} {y}H{right}" for y in heights])
    numbers = "".join(
        [
            f'<text x="{left - 7:.1f}" y="{y + 4.5:.1f}">{words}</text>'
            for y, words in zip(heights, layout.ticks, strict=True)
        ]
    )
    return (
        f'<path class="grid" d="{grid}" stroke="{PALE}" fill="none"/>{axis}'
        f'<g class="numbers" fill="{QUIET}" text-anchor="end">{numbers}</g>{dates}'
    )


def _date_labels(layout: Layout) -> str:
    marks, words = [], []
    for label in layout.time.labels(layout.right - layout.left, TEXT):
        x = layout.xs[label.at]
        marks.append(f"M{x} {layout.bottom}v5")
        below = f'<tspan x="{x}" dy="15">{label.below}</tspan>' if label.below else ""
        words.append(f'<text x="{x}" y="{layout.bottom + 18}">{label.words}{below}</text>')
    return (
        _path("date-ticks", "".join(marks), f'stroke="{FRAME}" fill="none"')
        + f'<g class="dates" fill="{QUIET}" text-anchor="middle">{"".join(words)}</g>'
    )


def _limits(layout: Layout) -> str:
    """The usual range as a pale band, then limits, average and target, each segment apart."""
    edges, centre, lower, upper = layout.edges, layout.centre, layout.lower, layout.upper
    stride = -(-layout.count // MOST_STEPS) or 1
    bands, centres, limits = [], [], []
    for start, stop in layout.segments if layout.count else []:
        bands.append(band(edges, upper, lower, start, stop, stride))
        centres.append(stepped(edges, centre, start, stop, stride))
        limits.append(stepped(edges, upper, start, stop, stride))
        limits.append(stepped(edges, lower, start, stop, stride))
    line = 'fill="none" stroke-width="1.5"'
    return (
        _path("band", "".join(bands), f'fill="{BAND}"')
        + _path("limits", "".join(limits), f'{line} stroke="{QUIET}" stroke-dasharray="6 4"')
        + _path("centre", "".join(centres), f'{line} stroke="{INK}"')
        + _path(
            "target",
            _target(layout),
            f'fill="none" stroke="{INK}" stroke-width="2.5" stroke-dasharray="0 6" stroke-linecap="round"',
        )
    )


def _target(layout: Layout) -> str:
    """The target as a line that steps or, where it is another at most points, a trajectory that climbs."""
    heights = layout.target
    if not heights or heights.count(heights[0]) == len(heights):
        return stepped(layout.edges, heights, 0, layout.count) if heights else ""
    changes = sum(after != before for before, after in pairwise(heights) if after == after)
    if changes > len(heights) / 2 > 1:
        return joined(layout.xs, [f"{y:.1f}" for y in heights])
    return stepped(layout.edges, heights, 0, layout.count)


def _resets(layout: Layout) -> str:
    """A vertical line where limits start afresh, with its words above the plot."""
    if not layout.resets:
        return ""
    lines = "".join([f"M{layout.edges[at]} {layout.reset_row - 11}V{layout.bottom}" for at in layout.resets])
    words = "".join(
        [
            f'<text x="{x:.1f}" y="{layout.reset_row}" text-anchor="{anchor}">{safe(said)}</text>'
            for x, said, anchor in layout.reset_labels
            if said
        ]
    )
    return f'<path class="resets" d="{lines}" stroke="{INK}" fill="none"/>{words}'


def _line_labels(layout: Layout) -> str:
    """What each line is and its number, at its right end, moved apart where they would touch."""
    if not layout.lines:
        return ""
    heights = layout.placed(np.array([value for value, _ in layout.lines]))
    ordered = sorted(zip(heights, [words for _, words in layout.lines], strict=True), key=lambda each: each[0])
    places = spread([y for y, _ in ordered], TEXT + 2, layout.top, layout.bottom)
    ties = "".join([f"M{layout.right} {y}l8 {place - y:.1f}" for (y, _), place in zip(ordered, places, strict=True)])
    words = "".join(
        [
            f'<text x="{layout.right + 11:.1f}" y="{place + 4.5:.1f}">{said}</text>'
            for (_, said), place in zip(ordered, places, strict=True)
        ]
    )
    return f'<path class="ties" d="{ties}" stroke="{FRAME}" fill="none"/>{words}'


def _badge_places(layout: Layout) -> list[float]:
    wanted = [layout.edges[note.at] if note.resets else float(layout.across[note.at]) for note in layout.notes]
    return spread(wanted, 18, layout.left + 8, layout.right - 8)


def _leaders(layout: Layout) -> str:
    """Thin lines from the numbers of notes to their points."""
    parts = []
    for note, x in zip(layout.notes, _badge_places(layout), strict=True):
        y = layout.heights[note.at]
        if not note.resets:
            parts.append(f"M{x:.1f} {layout.top - 4}L{layout.xs[note.at]} {y if y == y else layout.bottom}")
    return _path("leaders", "".join(parts), f'fill="none" stroke="{FRAME}" stroke-dasharray="2 2"')


def _badges(layout: Layout) -> str:
    return "".join(
        [
            _badge(x, layout.top - 12, note.number, f"{layout.time.say(note.at)}: {note.words}")
            for note, x in zip(layout.notes, _badge_places(layout), strict=True)
        ]
    )


def _badge(x: float, y: float, number: int, title: str = "") -> str:
    """A small numbered circle."""
    words = f"<title>{safe(title)}</title>" if title else ""
    return (
        f'<g class="note">{words}<circle cx="{x:.1f}" cy="{y}" r="8" fill="{PAPER}" stroke="{INK}"/>'
        f'<text x="{x:.1f}" y="{y + 4}" text-anchor="middle" font-size="11" font-weight="700">{number}</text></g>'
    )


def _note_list(layout: Layout) -> tuple[str, int]:
    """Numbered notes in words under the chart, and how deep the list is."""
    parts, room = [], (layout.width - 44) / WIDEST
    first = y = layout.bottom + 56
    for note in layout.notes:
        said = f"{layout.time.say(note.at)}{', limits reset' if note.resets else ''}: {note.words}"
        parts.append(_badge(18, y - 4, note.number))
        for line in wrapped(said, TEXT, room, 3):
            parts.append(f'<text x="34" y="{y}">{safe(line)}</text>')
            y += LINE
        y += 4
    if layout.earlier_notes:
        more = f"and {layout.earlier_notes} earlier {'note' if layout.earlier_notes == 1 else 'notes'}, in the table"
        parts.append(f'<text x="34" y="{y}">{shortened(more, TEXT, room)}</text>')
        y += LINE + 4
    return "".join(parts), y - first + 4 if parts else 0


def _path(kind: str, data: str, look: str) -> str:
    return f'<path class="{kind}" d="{data}" {look}/>' if data else ""
