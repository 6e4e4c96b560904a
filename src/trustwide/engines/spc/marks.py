"""The marks of a chart: colours, a shape for each effect, and the points of a series drawn with them.

Colours are never the only sign: every effect has its own shape and word. Marks stand out at least 3:1 and words at
least 4.5:1 against white. Improvement is blue, concern orange, neutral purple, as *Making Data Count* has them.
"""

from __future__ import annotations

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


@lru_cache(maxsize=256)
def outline(effect: Effect, radius: float) -> str:
    """Path data, to follow the `M` of a point, of a shape around it that looks about as large as such a circle.

    >>> "M100 50" + outline("concern", 4)
    'M100 50m-3.6-3.6h7.2v7.2h-7.2z'
    """
    if effect == "improvement":  # diamond
        reach = round(radius * 1.35, 1)
        return f"m0-{reach}l{reach} {reach}-{reach} {reach}-{reach}-{reach}z"
    if effect == "concern":  # square
        half = round(radius * 0.9, 1)
        return f"m-{half}-{half}h{2 * half:.1f}v{2 * half:.1f}h-{2 * half:.1f}z"
    if effect == "neutral":  # triangle
        half, tall = round(radius * 1.3, 1), round(radius * 2.2, 1)
        return f"m0-{radius * 1.35:.1f}l{half} {tall}h-{2 * half:.1f}z"
    across = round(2 * radius, 1)
    return f"m-{radius:.1f} 0a{radius:.1f} {radius:.1f} 0 1 0 {across} 0 {radius:.1f} {radius:.1f} 0 1 0-{across} 0z"


def excluded_mark(effect: Effect, x: str, y: str, radius: float, title: str = "") -> str:
    """An excluded point: hollow, in its effect's shape, with a cross."""
    reach = round(radius * 0.6, 1)
    across = round(2 * reach, 1)
    cross = f"M{x} {y}m-{reach}-{reach}l{across} {across}m0-{across}l-{across} {across}"
    return (
        f'<path class="excluded {effect}" d="M{x} {y}{outline(effect, radius)}{cross}" fill="{PAPER}"'
        f' stroke="{COLOURS[effect]}" stroke-width="1.5">{title}</path>'
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
