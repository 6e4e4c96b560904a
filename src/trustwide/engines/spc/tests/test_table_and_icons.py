"""The table of a chart and the icons of the matrix."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from hypothesis import given

from trustwide.engines.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, assurance_icon, variation_icon
from trustwide.engines.spc.model import Series
from trustwide.engines.spc.table import table
from trustwide.engines.spc.tests.makers import make_series
from trustwide.engines.spc.tests.test_draw import ALLOWED_COLOURS, ALLOWED_ELEMENTS, HOSTILE, SVG, any_series, parsed


def rows(html: str) -> list[list[str]]:
    """The words of each row, without the headings that only stacked rows show."""
    found = []
    for row in parsed(html).iter("tr"):
        for cell in row:
            for heading in cell.findall("span"):
                words = heading.tail
                cell.remove(heading)
                cell.text = words
        found.append(["".join(cell.itertext()) for cell in row])
    return found


def test_table_says_in_words_what_the_chart_shows() -> None:
    series = make_series(
        [50.25, np.nan, 64, 51],
        targets=[np.nan, 55, 55, 55],
        flagged={2: ("concern", ("outside",))},
        excluded=[True, False, False, False],
        segments=[1, 1, 1, 2],
        notes={3: "New ward"},
    )
    assert rows(table(series, unit="%")) == [
        ["Date", "Value", "Average", "Lower limit", "Upper limit", "Target", "What the chart says"],
        ["April 2018", "50.25%", "50%", "40%", "60%", "None", "Left out of the limits"],
        ["May 2018", "None", "50%", "40%", "60%", "55%", "No value"],
        ["June 2018", "64%", "50%", "40%", "60%", "55%", "Concern: outside the limits"],
        ["July 2018", "51%", "50%", "40%", "60%", "55%", "Limits reset here. New ward"],
    ]


def test_table_leaves_out_columns_that_would_be_empty() -> None:
    html = table(make_series([5, 6], chart="run", lower=np.nan, upper=np.nan))
    assert rows(html)[0] == ["Date", "Value", "Median", "What the chart says"]
    assert rows(html)[1] == ["April 2018", "5", "50", "Usual variation"]


def test_table_has_caption_scopes_and_numeric_cells() -> None:
    root = parsed(table(make_series([5, 6], name="Falls & trips")))
    assert root.findtext("caption", "").startswith("Falls & trips. XmR chart, by the rules of Making Data Count.")
    assert [each.get("scope") for each in root.iter("th")] == ["col"] * 6 + ["row"] * 2
    numeric = [each for each in root.iter("td") if "nhsuk-table__cell--numeric" in each.get("class", "")]
    assert len(numeric) == 2 * 4


def test_table_of_hostile_words_is_inert() -> None:
    html = table(make_series([5, 6], name=HOSTILE, notes={0: HOSTILE}), unit=HOSTILE)
    assert "<script" not in html
    assert parsed(html).findtext("caption", "").startswith("""</title><script>alert(1)</script>"'&]]>. XmR chart""")


@given(any_series())
def test_any_series_makes_a_table_of_its_points(series: Series) -> None:
    html = table(series)
    found = rows(html)
    assert len(found) == 1 + len(series.values)
    assert len({len(row) for row in found}) == 1
    assert not any("nan" in cell for row in found for cell in row[:2])


def test_icons_are_named_alike_drawn_apart_and_inert() -> None:
    icons = [variation_icon(each) for each in VARIATION_WORDS] + [assurance_icon(each) for each in ASSURANCE_WORDS]
    shapes = set()
    for svg, words in zip(icons, [*VARIATION_WORDS.values(), *ASSURANCE_WORDS.values()], strict=True):
        root = parsed(svg)
        assert (root.get("role"), root.get("aria-label"), root.findtext(f"{SVG}title")) == ("img", words, words)
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= ALLOWED_ELEMENTS
        colours = {value for each in root.iter() for name, value in each.attrib.items() if name in ("fill", "stroke")}
        assert colours <= ALLOWED_COLOURS
        shapes.add(without_colour(root))
    assert len(shapes) == len(icons) == 11


def without_colour(root: ElementTree.Element) -> str:
    """What is left of an icon to a reader who sees neither its colours nor its words."""
    for each in root.iter():
        for name in ("fill", "stroke", "aria-label"):
            each.attrib.pop(name, None)
        each.text = None
    return ElementTree.tostring(root, encoding="unicode")
