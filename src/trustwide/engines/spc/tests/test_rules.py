"""Every rule at its edge, by hand: six and seven points, ties, gaps, and what takes part in what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from trustwide.engines.spc import analyse
from trustwide.engines.spc.model import Settings, Signal
from trustwide.engines.spc.runs_limits import runs_limits

NAN = float("nan")
#: Alternating round zero, so that whatever follows is judged against wide limits and no run.
QUIET = [1.0, -1.0] * 12


def flagged(values: list[float], signal: Signal, **settings: Any) -> list[int]:
    series = analyse(values, **settings)[0]
    return [place for place, signals in enumerate(series.signals) if signal in signals]


def test_a_point_on_the_limit_is_inside_and_one_beyond_is_out() -> None:
    """With a known centre and a fixed baseline of ranges 2, the limits are ±5.32."""
    base = {"baseline": 24, "centre": 0.0}
    assert flagged([*QUIET, 5.32], "outside", **base) == []
    assert flagged([*QUIET, 5.3201], "outside", **base) == [24]
    assert flagged([*QUIET, -5.3201], "outside", **base) == [24]


@pytest.mark.parametrize(("length", "expected"), [(6, []), (7, list(range(24, 31))), (9, list(range(24, 33)))])
def test_seven_on_one_side_are_a_shift(length: int, expected: list[int]) -> None:
    values = [*QUIET, *([0.4, 0.3] * 5)[:length]]
    assert flagged(values, "shift", baseline=24) == expected


def test_a_point_on_the_average_ends_a_shift_and_so_does_a_gap() -> None:
    for breaker in (0.0, NAN):
        values = [*QUIET, 0.4, 0.3, 0.4, 0.3, breaker, 0.3, 0.4, 0.3, 0.4, 0.3, 0.4]
        assert flagged(values, "shift", baseline=24) == []


@pytest.mark.parametrize(("length", "expected"), [(6, []), (7, list(range(24, 31))), (8, list(range(24, 32)))])
def test_seven_rising_are_a_trend(length: int, expected: list[int]) -> None:
    values = [*QUIET, *(-1.1 + 0.25 * step for step in range(length))]
    assert flagged(values, "trend", baseline=24) == expected


def test_a_tie_ends_a_trend_and_so_does_a_gap() -> None:
    for breaker in (-0.2, NAN):
        values = [*QUIET, -1.1, -0.8, -0.5, -0.2, breaker, 0.1, 0.4, 0.7]
        assert flagged(values, "trend", baseline=24) == []


def test_two_trends_joined_by_a_tie_each_keep_their_own_direction() -> None:
    rise = [0.2 * step - 1.1 for step in range(7)]
    series = analyse([*QUIET, *rise, *(step + 1.2 for step in rise)], baseline=24)[0]
    assert all("trend" in signals for signals in series.signals[24:])
    assert series.effects[24:38] == ["improvement"] * 14


def test_the_turning_point_of_two_trends_follows_the_later_one() -> None:
    rise = [0.2 * step - 1.1 for step in range(7)]
    series = analyse([*QUIET, *rise, *reversed(rise[:-1])], baseline=24)[0]
    assert all("trend" in signals for signals in series.signals[24:])
    assert series.effects[29:32] == ["improvement", "concern", "concern"]


def test_two_of_three_flags_only_the_points_near_the_limit() -> None:
    """Near limits are ±3.547, limits ±5.32."""
    base = {"baseline": 24, "centre": 0.0}
    assert flagged([*QUIET, -1.0, 4.0, 1.0, 4.0], "two_of_three", **base) == [25, 27]
    assert flagged([*QUIET, -1.0, 4.0, -1.0, 4.0], "two_of_three", **base) == []
    assert flagged([*QUIET, -1.0, 4.0, 6.0, 1.0], "two_of_three", **base) == []  # one beyond the limit does not count
    assert flagged([*QUIET, -1.0, 4.0, NAN, 4.0], "two_of_three", **base) == []
    assert flagged([*QUIET, -1.0, -4.0, -4.0, -4.0], "two_of_three", **base) == [25, 26, 27]


def test_a_rule_passes_through_a_point_left_out() -> None:
    from trustwide.engines.spc.tests.strategies import as_batch

    values = np.array([*QUIET, 0.4, 0.3, 0.4, 90.0, 0.3, 0.4, 0.3, 0.4])
    series = {
        "values": values,
        "segments": np.ones(len(values), np.int32),
        "excluded": np.arange(len(values)) == 27,
        "settings": Settings(),
    }
    found = analyse(as_batch(series))[0]
    assert [place for place, signals in enumerate(found.signals) if "shift" in signals] == [24, 25, 26, 28, 29, 30, 31]
    assert found.signals[27] == ("outside",)


def test_under_anhoj_only_the_limits_flag_points() -> None:
    values = [*QUIET, *[0.4, 0.3] * 5, 30.0]
    series = analyse(values, chart="i", rules="anhoj")[0]
    assert {signal for signals in series.signals for signal in signals} == {"outside"}


def test_limits_of_the_runs_test_are_those_of_the_published_table() -> None:
    """Anhøj and Olesen 2014, table of useful observations; 5 % quantile of the binomial by exact counting."""
    longest, crossings = runs_limits(3_000)
    for useful, run, cross in ((10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (60, 9, 23)):
        assert (longest[useful], crossings[useful]) == (run, cross)
    from math import comb

    for useful in (2, 3, 17, 31, 64, 100, 257, 1_000, 3_000):
        total, quantile = 0, -1
        while total * 20 < 2 ** (useful - 1):
            quantile += 1
            total += comb(useful - 1, quantile)
        assert crossings[useful] == quantile


def test_baseline_counts_gaps_and_starts_again_with_each_segment() -> None:
    first = analyse([1.0, NAN, 3.0, 100.0, 100.0], baseline=3)[0]
    assert first.centre[0] == 2.0
    assert first.trial


@pytest.mark.parametrize(
    ("target", "improvement", "expected"),
    [
        (-6.0, "increase", "pass"), (6.0, "increase", "fail"), (0.0, "increase", "inconsistent"),
        (-6.0, "decrease", "fail"), (6.0, "decrease", "pass"), (5.32, "increase", "inconsistent"),
        (6.0, "neutral", None), (None, "increase", None),
    ],
)  # fmt: skip
def test_a_target_is_judged_by_the_last_limits(target: float | None, improvement: str, expected: str | None) -> None:
    assert analyse(QUIET, target=target, improvement=improvement)[0].assurance == expected


def test_the_icon_is_that_of_the_last_value_there_is() -> None:
    late = analyse([*QUIET, 30.0, NAN, NAN])[0]
    early = analyse([*QUIET[:12], 30.0, *QUIET[:12]], baseline=12)[0]
    assert (late.variation, early.variation) == ("improvement_high", "common")
