"""Rows of any tool, as anybody might fill them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from trustwide.engines.diagrams import LONGEST, TOOLS, Detail, Drawing, Row, Tool
from trustwide.engines.spc.typed import plain

WORDS = st.one_of(
    st.text(max_size=LONGEST),
    st.sampled_from(
        ["", "x" * LONGEST, "W" * LONGEST, "a b " * 40, "- a", "minutes: 5", "<script>", "漢字" * 60, "a\tb"]
    ),
)
TEXTS = WORDS.map(plain).map(lambda words: words[:LONGEST].strip()).filter(bool)


def value_of(detail: Detail) -> Any:
    if detail.sort == "number":
        return st.integers(detail.low, detail.high).map(str)
    if detail.sort == "choice":
        return st.sampled_from([key for key, _words in detail.choices])
    return st.just("yes") if detail.sort == "tick" else TEXTS


@st.composite
def rows_of(draw: Any, tool: Tool, most: int = 12) -> list[Row]:
    rows: list[Row] = []
    for _each in range(draw(st.integers(0, most))):
        level = draw(st.integers(0, min(tool.deepest, rows[-1].level + 1 if rows else 0)))
        details = {each.key: draw(st.none() | value_of(each)) for each in tool.details_at(level)}
        rows.append(Row(draw(TEXTS), level, {key: value for key, value in details.items() if value}))
    return rows


@st.composite
def drawings(draw: Any, most: int = 12) -> Drawing:
    tool = draw(st.sampled_from(list(TOOLS.values())))
    return Drawing(tool, draw(WORDS), tuple(draw(rows_of(tool, most))))
