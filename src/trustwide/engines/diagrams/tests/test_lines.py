"""The text form gives back what was written, says what is wrong with it, and can show anything at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.diagrams import MOST_ROWS, TOOLS, DiagramError, Row, read, read_kindly, write
from trustwide.engines.diagrams.tests.made import drawings

WHYS, DRIVERS, MAP = TOOLS["five-whys"], TOOLS["driver-diagram"], TOOLS["process-map"]


@given(drawings())
def test_what_is_written_is_read_again(drawing: Any) -> None:
    text = write(drawing.rows)
    assert read(drawing.tool, text) == list(drawing.rows)
    assert read_kindly(drawing.tool, text) == list(drawing.rows)


@given(st.sampled_from(list(TOOLS.values())), st.text(max_size=300))
def test_any_text_is_read_kindly_into_rows_that_can_be_written(tool: Any, text: str) -> None:
    rows = read_kindly(tool, text)
    assert read_kindly(tool, write(rows)) == rows
    assert all(row.level <= tool.deepest for row in rows)


@given(st.sampled_from(list(TOOLS.values())), st.text(max_size=300))
def test_any_text_is_read_or_refused_with_words(tool: Any, text: str) -> None:
    try:
        found: Any = read(tool, text)
    except DiagramError as refusal:
        found = refusal
    assert str(found).endswith(".") or all(row.text for row in found)


@pytest.mark.parametrize(
    ("tool", "text", "said"),
    [
        (DRIVERS, "- a\n    - b", "Line 2 is too far in"),
        (MAP, "- a\n  - b", "at most 1 levels"),
        (MAP, "- a\n  minuets: 5", "Line 2: there is no “minuets”. Here it can be: lane, minutes, wait, worth"),
        (MAP, "- a\n  minutes: five", "Line 2: “minutes” must be a whole number from 0 to 10,000"),
        (MAP, "- a\n  worth: gold", "must be one of: value, needed, waste"),
        (WHYS, "- a\n  act: no", "“act” can only be: yes"),
        (MAP, "- " + "x" * 201, "Line 1 is longer than 200 letters"),
        (MAP, "- a\n  lane: " + "x" * 201, "“lane” is longer than 200 letters"),
        (MAP, "- a\n" * (MOST_ROWS + 1), "Keep to 50 rows. This has 51"),
        (DRIVERS, "- a\n  - b\n    - c\n      measure: d", "Line 4: there is no “measure”. Such a row has no details"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_the_cure(tool: Any, text: str, said: str) -> None:
    with pytest.raises(DiagramError, match=said.replace("(", r"\(")):
        read(tool, text)


def test_a_list_that_was_pasted_is_rows() -> None:
    assert read(MAP, "Write up\nCarry down\n  minutes: 5") == [Row("Write up"), Row("Carry down", 0, {"minutes": "5"})]


def test_words_without_a_mark_are_shown_as_one_row() -> None:
    assert read_kindly(WHYS, "We tried it.\nIt went well.") == [Row("We tried it. It went well.")]
    assert read_kindly(WHYS, "[removed]") == [Row("[removed]")]
    assert read_kindly(WHYS, "") == []
