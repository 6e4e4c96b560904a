"""Nothing that is done to one row loses another, and an outline stays an outline."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.diagrams import MOST_ROWS, TOOLS, DiagramError, Row, editing
from trustwide.engines.diagrams.tests.made import drawings

WHYS = TOOLS["five-whys"]
filled = drawings().filter(lambda drawing: bool(drawing.rows))


def is_an_outline(tool: Any, rows: list[Row]) -> bool:
    levels = [-1, *(row.level for row in rows)]
    return all(0 <= now <= min(tool.deepest, before + 1) for before, now in pairwise(levels))


def texts(rows: Any) -> Counter[str]:
    return Counter(row.text for row in rows)


@given(filled, st.data())
def test_a_moved_row_takes_its_own_along_and_loses_none(drawing: Any, data: Any) -> None:
    tool, rows = drawing.tool, list(drawing.rows)
    number, name = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from(list(editing.MOVES)))
    moved, place = editing.MOVES[name](tool, rows, number)
    size = editing.end_of(rows, number) - number
    assert texts(moved) == texts(rows)
    assert is_an_outline(tool, moved)
    assert [row.text for row in moved[place : place + size]] == [row.text for row in rows[number : number + size]]
    assert (name in editing.can(tool, rows, number)) == (moved != rows)


@given(filled, st.data())
def test_up_and_down_undo_each_other(drawing: Any, data: Any) -> None:
    rows = list(drawing.rows)
    number = data.draw(st.integers(0, len(rows) - 1))
    up, place = editing.move_up(drawing.tool, rows, number)
    if place != number:
        assert editing.move_down(drawing.tool, up, place) == (rows, number)


@given(filled, st.data())
def test_a_row_that_is_taken_away_takes_no_other(drawing: Any, data: Any) -> None:
    rows = list(drawing.rows)
    number = data.draw(st.integers(0, len(rows) - 1))
    left, place = editing.remove(rows, number)
    assert texts(left) == texts(rows) - Counter([rows[number].text])
    assert is_an_outline(drawing.tool, left)
    assert 0 <= place <= max(0, len(left) - 1)


@given(drawings(), st.data())
def test_a_new_row_stands_where_it_was_asked_for(drawing: Any, data: Any) -> None:
    rows = list(drawing.rows)
    after, level = data.draw(st.integers(-1, len(rows) - 1)), data.draw(st.integers(0, 6))
    more, place = editing.add(drawing.tool, rows, Row("new", level), after)
    assert more[place].text == "new"
    assert texts(more) == texts(rows) + Counter(["new"])
    assert is_an_outline(drawing.tool, more)


def test_a_worked_outline() -> None:
    rows = [Row("a"), Row("b", 1), Row("c", 1), Row("d")]
    assert editing.move_in(WHYS, rows, 3)[0] == [Row("a"), Row("b", 1), Row("c", 1), Row("d", 1)]
    assert editing.move_down(WHYS, rows, 0) == ([Row("d"), Row("a"), Row("b", 1), Row("c", 1)], 1)
    assert editing.remove(rows, 0)[0] == [Row("b"), Row("c"), Row("d")]
    assert editing.change(rows, 1, Row("x", 0, {"act": "yes"}))[0][1] == Row("x", 1, {"act": "yes"})
    assert editing.can(WHYS, rows, 0) == ["down"]


def test_a_full_drawing_takes_no_more() -> None:
    with pytest.raises(DiagramError, match="50 rows"):
        editing.add(WHYS, [Row("a")] * MOST_ROWS, Row("b"), 0)
