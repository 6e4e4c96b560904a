"""The share of our values that checked documents carried, quarter by quarter, drawn as bars.

Everything is a presentation attribute, as in the charts: nothing that a strict content security policy refuses.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from markupsafe import Markup

from trustwide.engines.spc.marks import INK, PALE, PAPER
from trustwide.engines.spc.typed import safe
from trustwide.rooms.purpose.coverage_page import Row

NAMES, BARS, COUNTS, HIGH, BAR, PAD = 145, 250, 90, 36, 22, 10
BLUE = "#005eb8"


def draw_quarters(rows: list[Row]) -> Markup | str:
    """A complete `<svg>`: a bar a quarter, whose length is the share, and the count in words at its end."""
    drawn = [row for row in rows if row.all_values.of]
    if not drawn:
        return ""
    width, height = NAMES + BARS + COUNTS, 2 * PAD + HIGH * len(drawn)
    bars = "".join(_bar(row, PAD + HIGH * place) for place, row in enumerate(drawn))
    name = _("How much of our values the documents carried")
    told = _(
        "A bar for each quarter: the longer, the more of our values were found. The table on this page says the same."
    )
    return Markup(  # noqa: S704 (each word goes through safe)
        f'<svg xmlns="http://www.w3.org/2000/svg" class="quarters" viewBox="0 0 {width} {height}" width="{width}"'
        f' role="img" aria-labelledby="quarters-title quarters-told" font-size="16" fill="{INK}"'
        f' font-family="Arial, Liberation Sans, sans-serif"><title id="quarters-title">{safe(name)}</title>'
        f'<desc id="quarters-told">{safe(told)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{bars}</svg>'
    )


def _bar(row: Row, top: int) -> str:
    share, middle = row.all_values, top + HIGH // 2 + 5
    long, y = round(BARS * share.some / share.of), top + (HIGH - BAR) // 2
    return (
        f'<text x="{NAMES - PAD}" y="{middle}" text-anchor="end">{safe(str(row.name))}</text>'
        f'<rect x="{NAMES}" y="{y}" width="{BARS}" height="{BAR}" fill="{PALE}"/>'
        f'<rect x="{NAMES}" y="{y}" width="{long}" height="{BAR}" fill="{BLUE}"/>'
        f'<text x="{NAMES + BARS + PAD}" y="{middle}">{safe(share.words)}</text>'
    )
