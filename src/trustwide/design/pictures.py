"""What the page templates draw with: the engine's charts, tables and icons, as markup that is already safe."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from trustwide.engines.spc import draw as engine_drawing
from trustwide.engines.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, assurance_icon, variation_icon
from trustwide.engines.spc.model import Assurance, Series, Variation
from trustwide.engines.spc.table import table

WIDE, NARROW = {"width": 720, "height": 300}, {"width": 360, "height": 300}
SMALL = {"width": 300, "height": 210}


def chart(series: Series, prefix: str, unit: str = "") -> Markup:
    """A chart laid out twice: the style sheet shows the one that fits, so assistive technology meets one."""
    wide = engine_drawing(series, prefix=f"{prefix}-", unit=unit, **WIDE)
    narrow = engine_drawing(series, prefix=f"{prefix}-narrow-", unit=unit, **NARROW)
    return Markup(f'<div class="chart chart--wide">{wide}</div><div class="chart chart--narrow">{narrow}</div>')  # noqa: S704


def small_chart(series: Series, prefix: str, unit: str = "") -> Markup:
    """A chart for a column of a wall board: laid out so narrow that its letters are large."""
    return Markup(f'<div class="chart">{engine_drawing(series, prefix=f"{prefix}-", unit=unit, **SMALL)}</div>')  # noqa: S704


def numbers(series: Series, unit: str = "") -> Markup:
    """The table of a series."""
    return Markup(table(series, unit=unit))  # noqa: S704


def change_icon(variation: Variation) -> Markup:
    return Markup(variation_icon(variation))  # noqa: S704


def target_icon(assurance: Assurance | None) -> Markup:
    return Markup(assurance_icon(assurance))  # noqa: S704


PICTURES: dict[str, Any] = {
    "chart": chart,
    "small_chart": small_chart,
    "numbers": numbers,
    "change_icon": change_icon,
    "target_icon": target_icon,
    "variation_words": VARIATION_WORDS,
    "assurance_words": ASSURANCE_WORDS,
}
