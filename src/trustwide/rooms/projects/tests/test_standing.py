"""Where a project stands: for any record there is a sentence, and what it claims is so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trustwide.rooms.projects.models import SIZES
from trustwide.rooms.projects.standing import TEST_STAGES, Facts, Told, standing_of

pytestmark = pytest.mark.seen_once  # pure
TODAY = date(2026, 5, 4)
DAYS = some.one_of(some.none(), some.integers(0, 900).map(lambda days: TODAY - timedelta(days=days)))
TOLD = some.builds(Told, some.sampled_from(TEST_STAGES), some.booleans(), some.just(""))
FACTS = some.builds(
    Facts,
    today=some.just(TODAY),
    size=some.sampled_from(SIZES),
    stage=some.sampled_from(["live", "paused", "done", "stopped", "handed-over"]),
    has_aim=some.booleans(),
    has_team=some.booleans(),
    tests=some.lists(TOLD, max_size=6),
    steady=some.booleans(),
    better_since=DAYS,
    worse_since=DAYS,
    first_test=DAYS,
    meets_target=some.booleans(),
)


@given(FACTS)
def test_every_record_stands_somewhere(facts: Facts) -> None:
    told = standing_of(facts)
    assert told.words
    assert "%(" not in told.words
    assert len(told.words) <= 300
    if facts.size == "just-do-it":
        assert told.scale is None
    else:
        assert told.scale is not None
        assert 0.5 <= told.scale <= 5


@given(FACTS)
def test_nothing_is_claimed_that_came_before_the_first_test(facts: Facts) -> None:
    told = standing_of(facts)
    if "shows improvement" in told.words:
        assert facts.better_since
        assert facts.first_test
        assert facts.better_since >= facts.first_test
        assert any(each.stage in ("studied", "done") for each in facts.tests)


@given(FACTS, some.data())
def test_the_order_of_tests_changes_nothing(facts: Facts, data: Any) -> None:
    mixed = data.draw(some.permutations(facts.tests))
    assert standing_of(facts) == standing_of(Facts(**{**facts.__dict__, "tests": mixed}))


TOLD_OF = "Testing; 3 tests studied, 1 prediction written afterwards"
RAN = [Told("done"), Told("done", afterwards=True), Told("studied")]
BEGAN = {"tests": RAN, "steady": True, "first_test": date(2025, 2, 1)}


@pytest.mark.parametrize(
    ("facts", "words", "scale"),
    [
        ({}, "An intent, no charter yet", 0.5),
        ({"has_aim": True}, "Charter, no team yet", 0.5),
        ({"has_aim": True, "has_team": True}, "Charter and team, no test yet", 1.0),
        ({"tests": [Told("planned")]}, "The first test is planned", 1.5),
        ({"tests": [Told("dropped")], "has_aim": True, "has_team": True}, "Charter and team, no test yet", 1.0),
        ({"tests": [Told("running")]}, "The first test is running", 2.0),
        (BEGAN, f"{TOLD_OF}; the chart shows no change yet", 2.5),
        ({**BEGAN, "better_since": date(2026, 3, 20)},
         f"{TOLD_OF}; the chart shows improvement since March 2026", 3.0),
        ({**BEGAN, "better_since": date(2025, 9, 1)},
         f"{TOLD_OF}; the chart shows improvement since September 2025, held for 8 months", 4.5),
        ({**BEGAN, "better_since": date(2024, 9, 1)},
         f"{TOLD_OF}; the chart was getting better before the first test", 2.5),
        ({**BEGAN, "stage": "stopped"},
         "Stopped. Tested; 3 tests studied, 1 prediction written afterwards; the chart shows no change yet", 2.5),
        ({"size": "just-do-it", "stage": "done"}, "Done", None),
    ],
)  # fmt: skip
def test_it_says(facts: dict[str, Any], words: str, scale: float | None) -> None:
    told = standing_of(Facts(today=TODAY, **facts))
    assert (told.words, told.scale) == (words, scale)
