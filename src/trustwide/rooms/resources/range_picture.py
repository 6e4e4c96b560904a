"""One benefit as a picture: the range that was thought of as a bar, what was seen as marks on the same line."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from trustwide.rooms.resources.looking_back import plain, said_of, thought_of
from trustwide.rooms.resources.models import Benefit, Seen

WIDTH, HEIGHT, LEFT, LINE = 320, 92, 14, 40
BLUE, PALE, BLACK, GREY = "#005eb8", "#d3e5f5", "#212b32", "#4c6272"


def draw_range(benefit: Benefit) -> Markup:
    """A complete `<svg>`, whose name is the sentence beside it. `seen` is loaded with the benefit."""
    seen = [each for each in benefit.seen.all() if each.value is not None]
    at = scale([benefit.low, benefit.likely, benefit.high, *(each.value for each in seen if each.value is not None)])
    name = " ".join([thought_of(benefit), *(said_of(benefit, each) for each in benefit.seen.all())])
    parts = [*_bar(benefit, at), *(_mark(each, at) for each in seen)]
    drawn = "".join(parts)
    return Markup(  # noqa: S704 (numbers, and words that were escaped)
        f'<svg class="range" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(name)}" font-size="14" font-family="Arial, sans-serif">{drawn}</svg>'
    )


def scale(values: list[float]) -> Callable[[float], float]:
    """From a number to its place from the left; all of them fit, and nought too where they are on both its sides.

    >>> at = scale([2, 4, 6])
    >>> at(2) < at(4) < at(6) <= WIDTH
    True
    """
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low) or 1.0
    return lambda value: round(LEFT + (value - low) / room * (WIDTH - 2 * LEFT), 1)


def _bar(benefit: Benefit, at: Callable[[float], float]) -> list[str]:
    start, end, likely = at(benefit.low), at(benefit.high), at(benefit.likely)
    width = max(2.0, round(end - start, 1))
    return [
        f'<line x1="{LEFT}" y1="{LINE}" x2="{WIDTH - LEFT}" y2="{LINE}" stroke="{GREY}"/>',
        f'<rect x="{start}" y="{LINE - 9}" width="{width}" height="18" fill="{PALE}" stroke="{BLUE}"/>',
        f'<line x1="{likely}" y1="{LINE - 12}" x2="{likely}" y2="{LINE + 12}" stroke="{BLUE}" stroke-width="3"/>',
        _words(start, LINE + 32, plain(benefit.low)) if abs(end - start) > 60 else "",
        _words(end, LINE + 32, plain(benefit.high)),
    ]


def _mark(seen: Seen, at: Callable[[float], float]) -> str:
    """After six months a diamond, after twelve a dot, each with its months beside it."""
    value = seen.value or 0.0
    x = at(value)
    shape = (
        f'<path d="M{x} {LINE - 8}l8 8l-8 8l-8 -8z" fill="{BLACK}"/>'
        if seen.months == 6
        else f'<circle cx="{x}" cy="{LINE}" r="8" fill="{BLACK}"/>'
    )
    return shape + _words(x, 20 if seen.months == 6 else LINE + 46, f"{seen.months}: {plain(value)}")


def _words(x: float, y: float, words: str) -> str:
    anchor = "start" if x < WIDTH / 4 else "end" if x > WIDTH * 3 / 4 else "middle"
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{BLACK}">{escape(words)}</text>'
