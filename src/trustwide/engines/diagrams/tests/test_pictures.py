"""Whatever is typed, boxes never overlap, words stay inside, and the SVG is whole."""

from __future__ import annotations

import time
from functools import partial
from itertools import combinations
from timeit import repeat
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.diagrams import LONGEST, MOST_ROWS, TOOLS, Drawing, Row, draw, outline, readings
from trustwide.engines.diagrams.drawing import scene_of
from trustwide.engines.diagrams.scene import BODY, Box, Scene
from trustwide.engines.diagrams.tests.made import drawings
from trustwide.engines.spc.typed import width_of

EACH_TOOL = pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.key)


def overlapping(scene: Scene) -> list[tuple[Any, Any]]:
    def apart(one: Box, other: Box) -> bool:
        beside = one.right <= other.x + 0.01 or other.right <= one.x + 0.01
        return beside or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01

    return [(one.lines, other.lines) for one, other in combinations(scene.boxes, 2) if not apart(one, other)]


def spilling(scene: Scene) -> list[str]:
    """Words that leave their box, and boxes that leave the picture."""
    found = []
    for box in scene.boxes:
        room = box.width - 2 * box.pad
        for words, style in box.lines:
            wide = width_of(words, style.size * (1.08 if style.bold else 1))
            found += [words] if wide > room and len(words) > 1 else []
        if box.x < 0 or box.y < 0 or box.right > scene.width or box.bottom > scene.height:
            found.append("a box outside the picture")
        tall = sum(style.line for _words, style in box.lines) + 2 * box.pad
        found += ["too low a box"] if tall > box.height + 0.01 else []
    return found


@given(drawings(20), st.lists(drawings(6), max_size=3))
def test_boxes_never_overlap_and_words_stay_inside(drawing: Any, others: Any) -> None:
    scene = scene_of(drawing, [("Other", other) for other in others])
    assert overlapping(scene) == []
    assert spilling(scene) == []


@given(drawings(10), st.text(max_size=60))
def test_a_picture_is_whole_and_says_what_it_is(drawing: Any, title: str) -> None:
    picture = ET.fromstring(draw(drawing, title, "1"))  # noqa: S314 (our own)
    assert picture[0].tag.endswith("title")
    assert picture[1].tag.endswith("desc")
    assert picture[1].text
    assert not {"script", "style"} & {each.tag.rpartition("}")[2] for each in picture.iter()}
    assert not any(name == "style" or name.startswith("on") for each in picture.iter() for name in each.attrib)


@given(drawings(15))
def test_the_outline_has_every_row_once(drawing: Any) -> None:
    def numbers(told: Any) -> list[int]:
        return [n for each in told for n in ([] if each.number is None else [each.number]) + numbers(each.below)]

    assert sorted(numbers(outline(drawing))) == list(range(len(drawing.rows)))
    assert readings(drawing)


@EACH_TOOL
def test_an_empty_one_is_drawn(tool: Any) -> None:
    assert draw(Drawing(tool, ""), "Nothing yet").startswith("<svg")
    assert readings(Drawing(tool, "")) == ["Nothing is drawn yet."]


@EACH_TOOL
def test_ten_times_the_rows_take_no_more_than_ten_times_the_time(tool: Any) -> None:
    def full(count: int) -> Drawing:
        rows = (Row("w " * (LONGEST // 2), min(number % 3, tool.deepest)) for number in range(count))
        return Drawing(tool, "x " * 90, tuple(rows))

    few, many = (partial(draw, full(count), "Full") for count in (MOST_ROWS // 10, MOST_ROWS))
    took = [min(repeat(each, number=1, repeat=15, timer=time.process_time)) for each in (few, many)]
    print(f"{tool.key}: {1000 * took[1]:.1f} ms for {MOST_ROWS} rows of {LONGEST} letters")
    assert took[1] < 30 * took[0]  # work that grows with the square would take a hundred times as long


def test_one_sheet_holds_no_drawing_that_says_things_of_people() -> None:
    angles = Drawing(TOOLS["angles"], "Chairs", (Row("Night manager"),))
    assert "Night manager" not in draw(Drawing(TOOLS["a3"], "Chairs"), "A3", others=[("Who", angles)])
    causes = Drawing(TOOLS["fishbone"], "Falls", (Row("Place"), Row("Dark", 1)))
    assert "Dark" in draw(Drawing(TOOLS["a3"], "Falls"), "A3", others=[("Why", causes)])


def test_control_overlaps_and_spills_are_seen() -> None:
    scene = Scene()
    for x in (10.0, 20.0):
        scene.add(Box(50, [("words", BODY)]), x, 10)
    assert len(overlapping(scene)) == 1
    scene.boxes[0].lines = [("words that are far too long for it", BODY)]
    assert spilling(scene)
