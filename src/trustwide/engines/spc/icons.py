"""The icons of a matrix: how a measure varies, and whether it will meet its target. Drawn for Trustwide.

Each is told apart by its shape and by its title, never by colour alone. Variation is a path of dots that rises, falls
or stays level and ends in the mark of its effect, as on the chart. Assurance is a ring to aim at: where the dots fall
says whether the target is met.
"""

from __future__ import annotations

from trustwide.engines.spc.marks import COLOURS, FRAME, INK, PAPER, outline
from trustwide.engines.spc.model import Assurance, Effect, Variation

VARIATION_WORDS: dict[Variation, str] = {
    "common": "Usual variation",
    "improvement_high": "Improving: higher than usual",
    "improvement_low": "Improving: lower than usual",
    "concern_high": "Concern: higher than usual",
    "concern_low": "Concern: lower than usual",
    "neutral_high": "Higher than usual",
    "neutral_low": "Lower than usual",
}
ASSURANCE_WORDS: dict[Assurance | None, str] = {
    "pass": "Consistently meets the target",
    "fail": "Consistently misses",
    "inconsistent": "Hit and miss",
    None: "No target",
}
#: Down the tile at x = 9, 19 and 29, and where the last mark stands; rising, and mirrored for falling.
RISE, LAST = (33, 30, 25), (38, 14)


def variation_icon(variation: Variation) -> str:
    """A 48 by 48 `<svg>` of how a measure varies, with its words as title and label."""
    effect, _, way = variation.partition("_")
    if not way:
        body = (
            f'<path d="M6 24H42" stroke="{FRAME}" stroke-width="1.5" stroke-dasharray="3 2.5"/>'
            f'<path d="M9 26l10-6 10 7 10-5" stroke="{COLOURS["common"]}" stroke-width="2" fill="none"/>'
            f'<g fill="{COLOURS["common"]}">{_dots(((9, 26), (19, 20), (29, 27), (39, 22)), 3.2)}</g>'
        )
        return _tile(VARIATION_WORDS[variation], COLOURS["common"], body)
    return _tile(VARIATION_WORDS[variation], COLOURS[_effect(effect)], _moving(_effect(effect), way == "high"))


def assurance_icon(assurance: Assurance | None) -> str:
    """A 48 by 48 `<svg>` of whether a target will be met, with its words as title and label."""
    words = ASSURANCE_WORDS[assurance]
    if assurance is None:
        return _tile(words, FRAME, f'<path d="M16 24H32" stroke="{FRAME}" stroke-width="3" stroke-linecap="round"/>')
    ring = f'<circle cx="24" cy="24" r="{{}}" fill="none" stroke="{INK}" stroke-width="{{}}"/>'
    rings = ring.format(17, 1.5) + ring.format(9.5, 2.5)
    inside, outside = ((21, 21.5), (28, 22), (24, 28)), ((10, 10), (38.5, 13), (34, 39))
    hits, misses = {"pass": (inside, ()), "fail": ((), outside), "inconsistent": (inside[1:], outside[:2])}[assurance]
    colour = COLOURS[_effect({"pass": "improvement", "fail": "concern"}.get(assurance, "common"))]
    crosses = "".join(f"M{x - 3} {y - 3}l6 6m0-6l-6 6" for x, y in misses)
    body = f'{rings}<g fill="{colour}">{_dots(hits, 2.6)}</g><path d="{crosses}" stroke="{colour}" stroke-width="2.5"/>'
    return _tile(words, colour, body)


def _effect(name: str) -> Effect:
    return next(effect for effect in COLOURS if effect == name)


def _moving(effect: Effect, rising: bool) -> str:
    """Three grey dots about the usual, and the effect's own mark far above or below it."""
    heights = RISE if rising else [48 - y for y in RISE]
    x, y = LAST[0] - 2, LAST[1] if rising else 48 - LAST[1]
    dots = tuple(zip((9, 18, 27), heights, strict=True))
    path = "L".join(f"{across} {down}" for across, down in (*dots, (x, y)))
    usual = 31 if rising else 17
    return (
        f'<path d="M6 {usual}H42" stroke="{FRAME}" stroke-width="1.5" stroke-dasharray="3 2.5"/>'
        f'<path d="M{path}" stroke="{COLOURS["common"]}" stroke-width="2" fill="none"/>'
        f'<g fill="{COLOURS["common"]}">{_dots(dots, 2.6)}</g>'
        f'<path d="M{x} {y}{outline(effect, 6.5)}" fill="{COLOURS[effect]}" stroke="{PAPER}" stroke-width="1.5"/>'
    )


def _dots(places: tuple[tuple[float, float], ...], radius: float) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="{radius}"/>' for x, y in places)


def _tile(words: str, colour: str, body: str) -> str:
    """A rounded square with the words as its name."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart-icon" viewBox="0 0 48 48" width="48" height="48"'
        f' role="img" aria-label="{words}"><title>{words}</title><rect x="1.5" y="1.5" width="45" height="45" rx="8"'
        f' fill="{PAPER}" stroke="{colour}" stroke-width="2"/>{body}</svg>'
    )
