"""Rows of one series and date become one point, as each chart wants it; labels and dates part the segments."""

from __future__ import annotations

import io
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc.intake import read_measures
from trustwide.engines.spc.model import Batch, Settings

SUBGROUPS = st.lists(st.lists(st.integers(1, 99), min_size=1, max_size=5), min_size=1, max_size=6)


def batch_of(text: str, settings: dict[str, Settings] | None = None, **changes: Any) -> Batch:
    found = read_measures(io.BytesIO(text.encode()), settings=settings, defaults=Settings(**changes))
    assert found.batch is not None, list(map(str, found.problems))
    return found.batch


def written(groups: list[list[int]]) -> str:
    rows = [f"{2001 + year}-01-01,{value}" for year, group in enumerate(groups) for value in group]
    return "\n".join(["date,value", *rows])


@given(groups=SUBGROUPS)
def test_subgroups_have_mean_size_and_standard_deviation(groups: list[list[int]]) -> None:
    for chart in ("xbar", "s"):
        batch = batch_of(written(groups), chart=chart)
        assert batch.sizes is not None
        assert batch.spreads is not None
        np.testing.assert_allclose(batch.values, [statistics.fmean(group) for group in groups], rtol=1e-12)
        assert batch.sizes.tolist() == list(map(len, groups))
        spreads = [statistics.stdev(group) if len(group) > 1 else np.nan for group in groups]
        np.testing.assert_allclose(batch.spreads, spreads, rtol=1e-9, atol=1e-12)


@given(groups=SUBGROUPS, chart=st.sampled_from(["run", "i", "xmr", "mr", "g", "t"]))
def test_other_rows_of_one_date_follow_aggregate(groups: list[list[int]], chart: str) -> None:
    for aggregate, pool in (("mean", statistics.fmean), ("median", statistics.median), ("sum", sum)):
        values = batch_of(written(groups), chart=chart, aggregate=aggregate).values
        np.testing.assert_allclose(values, [pool(group) for group in groups], rtol=1e-12)


@given(groups=SUBGROUPS)
def test_counts_are_summed_and_ip_takes_rows_as_sizes(groups: list[list[int]]) -> None:
    assert batch_of(written(groups), chart="c").values.tolist() == list(map(sum, groups))
    batch = batch_of(written(groups), chart="ip")
    assert batch.sizes is not None
    assert batch.numerators is not None
    assert batch.sizes.tolist() == list(map(len, groups))
    assert batch.numerators.tolist() == list(map(sum, groups))


@given(value=st.floats(-1e9, 1e9), count=st.integers(1, 9))
def test_the_mean_of_equal_rows_is_exactly_they(value: float, count: int) -> None:
    text = "date,value\n" + f"1/4/2018,{value!r}\n" * count
    assert batch_of(text, chart="i").values.tolist() == [value]


def test_ratios_are_summed_and_a_row_without_a_part_is_lost() -> None:
    text = "date,numerator,denominator\n1/4/2018,1,10\n1/4/2018,5,20\n1/4/2018,9,\n1/5/2018,,7\n1/6/2018,0,0\n"
    for chart in ("p", "u", "pp", "up", "ip"):
        batch = batch_of(text, chart=chart)
        np.testing.assert_equal(batch.values, [0.2, np.nan, np.nan])
        np.testing.assert_equal(batch.numerators, [6, np.nan, 0])
        np.testing.assert_equal(batch.sizes, [30, np.nan, 0])
    np.testing.assert_equal(batch_of(text, chart="run").values, [0.2, np.nan, np.nan])


def test_both_kinds_of_columns_may_stand_in_one_file() -> None:
    text = "series,date,value,numerator,denominator\nA,1/4/2018,5,,\nB,1/4/2018,,1,4\nC,1/4/2018,,1,5\n"
    batch = batch_of(text, settings={"B": Settings(chart="p")})
    assert batch.values.tolist() == [5, 0.25, 0.2]
    assert [batch.settings_of(number).chart for number in range(3)] == ["xmr", "p", "xmr"]
    assert batch.sizes is not None
    assert batch.sizes[1] == 4


def test_rows_of_one_date_are_refused_by_the_nhs_rules_alone() -> None:
    text = "date,value\n1/4/2018,5\n1/4/2018,7\n"
    assert read_measures(io.BytesIO(text.encode())).batch is None
    assert batch_of(text, rules="anhoj").values.tolist() == [6]
    assert batch_of(text, aggregate="sum").values.tolist() == [12]


def test_a_label_that_changes_starts_a_segment() -> None:
    labels = ["", "a", "", "a", "b", "b", "a"]
    text = "date,value,segment\n" + "".join(f"{2001 + at}-01-01,5,{label}\n" for at, label in enumerate(labels))
    assert batch_of(text).segments is not None
    np.testing.assert_array_equal(batch_of(text).segments, [1, 2, 2, 2, 3, 3, 4])


def test_labels_of_one_series_do_not_reach_into_the_next() -> None:
    rows = ["A,2001-01-01,5,", "A,2002-01-01,5,x", "B,2001-01-01,5,", "B,2002-01-01,5,x"]
    np.testing.assert_array_equal(batch_of("\n".join(["series,date,value,segment", *rows])).segments, [1, 2, 1, 2])


def test_the_first_target_of_a_date_stands() -> None:
    text = "date,value,target\n1/4/2018,5,\n1/4/2018,5,90\n1/4/2018,5,80\n"
    np.testing.assert_equal(batch_of(text, chart="i").targets, [90])


def test_events_over_nothing_are_undefined() -> None:
    batch = batch_of("date,numerator,denominator\n1/4/2018,3,0\n1/5/2018,3,2\n", chart="u")
    np.testing.assert_equal(batch.values, [np.nan, 1.5])


def test_segments_count_from_one_in_each_series_whatever_the_order_of_rows() -> None:
    rows = [f"{name},{2001 + at}-01-01,5,{at // 2}" for name in "AB" for at in range(5)]
    batch = batch_of("\n".join(["series,date,value,segment", *reversed(rows)]))
    np.testing.assert_array_equal(batch.segments, [1, 1, 2, 2, 3] * 2)


def test_reset_dates_start_segments_and_those_that_change_nothing_do_not() -> None:
    text = "series,date,value\n" + "".join(f"{name},{2001 + at}-01-01,5\n" for name in "AB" for at in range(5))

    def years(*numbers: int) -> Settings:
        return Settings(rebase=tuple(np.datetime64(f"{number}-01-01") for number in numbers))

    batch = batch_of(text, settings={"A": years(2001, 2003, 2003, 2004)})
    np.testing.assert_array_equal(batch.segments, [1, 1, 2, 3, 3, 1, 1, 1, 1, 1])
    assert batch_of(text, settings={"A": years(2001, 1999)}).segments is None


def test_a_reset_date_that_is_not_in_the_data_is_told() -> None:
    found = read_measures(
        io.BytesIO(b"date,value\n1/4/2018,5\n1/6/2018,5\n1/7/2018,5\n"),
        name="Falls",
        defaults=Settings(rebase=(np.datetime64("2018-05-01"),)),
    )
    assert [str(problem) for problem in found.problems] == [
        (
            "column rebase: “Falls” has no point on 1 May 2018, so no segment starts there. "
            "Give a date that the series has."
        )
    ]


def test_targets_stand_by_row_else_by_series_and_may_lie_ahead() -> None:
    text = "series,date,value,target\nA,1/4/2018,5,\nA,1/5/2018,,90\nB,1/4/2018,5,80\nB,1/5/2018,5,\n"
    batch = batch_of(text, settings={"A": Settings(target=95)})
    np.testing.assert_equal(batch.targets, [95, 90, 80, np.nan])
    np.testing.assert_equal(batch.values, [5, np.nan, 5, 5])
    assert batch_of("date,value,target\n1/4/2018,5,\n", target=9).targets is None


def test_notes_and_exclusions_follow_their_points() -> None:
    text = "date,value,exclude,note\n1/6/2018,5,x,\n1/4/2018,6,no,New ward\n1/5/2018,7,YES,Strike\n1/5/2018,7,,Flood\n"
    batch = batch_of(text, chart="i")
    assert batch.excluded is not None
    assert batch.excluded.tolist() == [False, True, True]
    assert batch.notes == {0: "New ward", 1: "Strike; Flood"}


@pytest.mark.parametrize("cell", ["1", "yes", "Yes", "TRUE", "x", "X", "y"])
def test_ways_to_exclude(cell: str) -> None:
    batch = batch_of(f"date,value,exclude\n1/4/2018,5,{cell}\n1/5/2018,5,\n1/6/2018,5,0\n")
    assert batch.excluded is not None
    assert batch.excluded.tolist() == [True, False, False]


@given(order=st.permutations(range(12)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = [f"{2001 + at % 4}-01-01,{at % 3},{at + 5},{at % 4 // 2},{80 + at % 4}" for at in range(12)]
    header = "date,numerator,denominator,segment,target\n"
    straight, mixed = (
        batch_of(header + "\n".join(rows), chart="p"),
        batch_of(header + "\n".join(rows[at] for at in order), chart="p"),
    )
    for name in ("dates", "values", "sizes", "numerators", "segments", "targets", "offsets"):
        np.testing.assert_array_equal(getattr(straight, name), getattr(mixed, name))
