"""A board report's order, matrix, summary and questions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from trustwide.engines.spc.model import Assurance, Effect, Series, Settings
from trustwide.engines.spc.tests.makers import make_series
from trustwide.rooms.measures.board_report import CHANGES, QUESTIONS, TARGETS, WORTH, BoardReport, change_of
from trustwide.rooms.measures.report_html import report_as_html

VARIATIONS = {
    "improvement": "improvement_high",
    "concern": "concern_low",
    "neutral": "neutral_high",
    "common": "common",
}
#: A measure of neither direction never has a target's verdict.
PAIRS = [(change, target) for change, target in product(CHANGES, TARGETS) if change != "neutral" or target is None]
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'too'"


def standing(change: Effect, target: Assurance | None, name: str = "Falls") -> Series:
    return make_series([50, 51, 49], name=name, variation=VARIATIONS[change], assurance=target)


@pytest.mark.parametrize(("change", "target"), PAIRS)
def test_every_standing_has_a_worth_and_a_question(change: Effect, target: Assurance | None) -> None:
    block = BoardReport.of("Board", [standing(change, target)]).blocks[0]
    assert (change, target) in WORTH
    assert block.question == QUESTIONS[change, target]
    assert block.question.endswith("?")


def test_no_question_is_for_a_standing_that_cannot_be() -> None:
    assert set(QUESTIONS) == set(WORTH) == set(PAIRS)


def test_what_moves_the_wrong_way_and_misses_comes_first_and_what_is_steady_and_meets_last() -> None:
    report = BoardReport.of("Board", [standing(*pair) for pair in reversed(PAIRS)])
    order = [(block.change, block.series.assurance) for block in report.blocks]
    assert order[0] == ("concern", "fail")
    assert order[-1] == ("common", "pass")
    assert order.index(("concern", "pass")) < order.index(("common", "fail")) < order.index(("improvement", "fail"))
    assert [block.number for block in report.blocks] == list(range(1, len(PAIRS) + 1))


def test_measures_that_stand_alike_keep_the_order_of_the_file() -> None:
    report = BoardReport.of("Board", [standing("concern", "fail", name) for name in "CAB"])
    assert [block.series.name for block in report.blocks] == ["C", "A", "B"]


def test_each_measure_stands_once_in_the_matrix() -> None:
    report = BoardReport.of("Board", [standing(*pair) for pair in PAIRS])
    cells = {(row, column): cell for row, columns in report.matrix.items() for column, cell in columns.items()}
    assert [len(cells[pair]) for pair in PAIRS] == [1] * len(PAIRS)
    assert sum(map(len, cells.values())) == len(PAIRS)


def test_the_matrix_has_no_empty_row_or_column() -> None:
    report = BoardReport.of("Board", [standing("concern", None), standing("common", "pass")])
    assert list(report.matrix) == ["concern", "common"]
    assert report.columns == ["pass", None]


def test_the_summary_counts_every_measure_then_tells_at_most_four_changes() -> None:
    every = [standing("concern", "fail") for _ in range(6)] + [standing("common", None), standing("improvement", None)]
    summary = BoardReport.of("Board", every).summary
    assert summary[0] == "Of 8 measures, 1 is improving, 6 are moving the wrong way and 1 is as usual."
    assert len(summary) == 5


def test_a_report_of_one_or_no_measure_still_reads() -> None:
    assert BoardReport.of("Board", [standing("common", None)]).summary == ["Of 1 measure, 1 is as usual."]
    assert BoardReport.of("Board", []).columns == []


def test_the_last_month_is_the_last_with_a_value() -> None:
    series = make_series([50, 51, np.nan])
    assert BoardReport.of("Board", [series]).until == "May 2018"


def test_the_words_of_change_follow_the_icon() -> None:
    assert (
        change_of(make_series([1, 2], variation="concern_high", settings=Settings(improvement="decrease"))) == "concern"
    )


def test_hostile_names_stay_words() -> None:
    page = report_as_html(BoardReport.of(HOSTILE, [standing("concern", "fail", HOSTILE)]))
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 5


def test_a_measure_with_too_few_numbers_is_said_to_be_so_and_asked_for_more() -> None:
    report = BoardReport.of("Board", [standing("common", "pass"), make_series([50, 51], name="New clinic")])
    assert report.summary[0] == "Of 2 measures, 2 are as usual (1 of these with too few numbers to tell)."
    assert {block.series.name: "too few numbers" in block.question for block in report.blocks} == {
        "Falls": False,
        "New clinic": True,
    }
