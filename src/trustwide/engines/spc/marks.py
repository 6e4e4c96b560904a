"""The marks of a chart: colours, a shape for each effect, and the points of a series drawn with them.

Colours are never the only sign: every effect has its own shape and word. Marks stand out at least 3:1 and words at
least 4.5:1 against white. Improvement is blue, concern orange, neutral purple, as *Making Data Count* has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from trustwide.engines.spc.model import Effect, Signal

INK, QUIET, FRAME, PALE, PAPER = "#212b32", "#4c6272", "#768692", "#d8dde0", "#ffffff"
BAND = "#eef2f5"
COLOURS: dict[Effect, str] = {
    "common": "#5f6e78",
    "improvement": "#005eb8",
    "concern": "#c25700",
    "neutral": "#6f3fa5",
}
EFFECT_WORDS: dict[Effect, str] = {
    "common": "Usual variation",
    "improvement": "Improvement",
    "concern": "Concern",
    "neutral": "Change",
}
SIGNAL_WORDS: dict[Signal, str] = {
    "outside": "outside the limits",
    "shift": "7 or more on one side",
    "trend": "7 or more going one way",
    "two_of_three": "2 of 3 close to a limit",
}
LEFT_OUT = "left out of the limits"


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline around a point: where it starts, seen from the point, and the rest as relative steps."""

    right: float
    down: float
    outline: str

    def at(self, x: float, y: float) -> str:
        """The outline around this point, as path data."""
        return f"M{x + self.right:.1f} {y + self.down:.1f}{self.outline}"


def shape_of(effect: Effect, radius: float) -> Shape:
    """Circle, diamond, square or triangle that look about as large as a circle of this radius.

    >>> shape_of("concern", 4).at(100, 50)
    'M96.4 46.4h7.2v7.2h-7.2z'
    """
    if effect == "improvement":
        reach = round(radius * 1.35, 1)
        return Shape(0, -reach, f"l{reach} {reach}-{reach} {reach}-{reach}-{reach}z")
    if effect == "concern":
        half = round(radius * 0.9, 1)
        side = round(2 * half, 1)
        return Shape(-half, -half, f"h{side}v{side}h-{side}z")
    if effect == "neutral":
        half, tall = round(radius * 1.3, 1), round(radius * 2.2, 1)
        return Shape(0, -round(radius * 1.35, 1), f"l{half} {tall}h-{round(2 * half, 1)}z")
    radius = round(radius, 1)
    return Shape(-radius, 0, f"a{radius} {radius} 0 1 0 {2 * radius:g} 0 {radius} {radius} 0 1 0-{2 * radius:g} 0z")


def cross(x: float, y: float, radius: float) -> str:
    """The cross through an excluded point, as path data."""
    reach = round(radius * 0.6, 1)
    return f"M{x - reach:.1f} {y - reach:.1f}l{2 * reach:g} {2 * reach:g}m0-{2 * reach:g}l-{2 * reach:g} {2 * reach:g}"


def outlined(effect: Effect, x: float, y: float, radius: float, title: str = "") -> str:
    """An excluded point: hollow, in its effect's shape, with a cross."""
    data = shape_of(effect, radius).at(x, y) + cross(x, y, radius)
    return (
        f'<path class="excluded {effect}" d="{data}" fill="{PAPER}" stroke="{COLOURS[effect]}" stroke-width="1.5">'
        f"{title}</path>"
    )


@lru_cache(maxsize=256)
def why(effect: Effect, signals: tuple[Signal, ...], excluded: bool = False) -> str:
    """What the chart says about one point, in words.

    >>> why("concern", ("outside", "shift"))
    'Concern: outside the limits, 7 or more on one side'
    """
    words = ", ".join([SIGNAL_WORDS[signal] for signal in signals])
    said = f"{EFFECT_WORDS[effect]}: {words}" if words else EFFECT_WORDS[effect] if effect != "common" else ""
    if not excluded:
        return said
    return f"{said}; {LEFT_OUT}" if said else LEFT_OUT.capitalize()
