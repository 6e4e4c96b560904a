"""The sentence says what the icon says, in plain words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from trustwide.engines.spc import Batch, Settings, analyse
from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.tests.strategies import as_batch, points
from trustwide.engines.spc.words import is_plural, period_of, since, spoken_date

NAN = float("nan")
STEADY = [10.0, 12.0] * 12


def waits(values: list[float], start: str = "2017-01", **settings: Any) -> Any:
    months = (np.datetime64(start) + np.arange(len(values))).astype("datetime64[s]")
    return analyse(Batch(["Waits"], Settings(**settings), np.array([0, len(values)]), months, np.array(values)))[0]


def test_a_shift_says_how_long_and_since_when() -> None:
    series = waits([*STEADY, *[16.5, 16.0] * 4], improvement="decrease", target=12.0)
    assert series.sentence == (
        "Waits have been higher than usual for 8 months, since January 2019 (to August 2019). "
        "This is not the way we want it to go. The target will be met some months and missed in others."
    )
    began = since(series)
    assert began is not None
    assert spoken_date(began, "month") == "January 2019"


def test_the_ends_of_the_sentence_follow_the_target() -> None:
    assert waits(STEADY, target=30.0).sentence.endswith("missed every month unless something changes.")
    assert waits(STEADY, target=1.0).sentence.endswith("met every month unless something changes.")


def test_too_few_points_and_trial_limits_are_said() -> None:
    assert waits([3.0]).sentence == "Waits have one value: too few points to say more."
    assert "trial" in waits([3.0, 4.0, 5.0, 4.0]).sentence
    assert waits([NAN, NAN]).sentence == "Waits: there are no values yet."


def test_a_missing_last_value_is_said() -> None:
    assert waits([*STEADY, NAN]).sentence.endswith("There is no value for January 2019.")


@given(points())
def test_every_sentence_is_whole_and_agrees_with_the_icon(series: dict[str, Any]) -> None:
    found = Analysis(as_batch(series))[0]
    assert found.sentence.startswith(found.name)
    assert found.sentence.endswith(".")
    assert "nan" not in found.sentence.lower().split()
    if "too few points" in found.sentence or "no values" in found.sentence:
        return
    assert ("as usual" in found.sentence) == (found.variation == "common")
    wanted = "the way we want it to go" in found.sentence
    assert wanted == found.variation.startswith(("improvement", "concern"))
    assert ("target" in found.sentence) <= (found.assurance is not None)


@pytest.mark.parametrize(
    ("step", "unit", "word"),
    [(1, "M", "month"), (7, "D", "week"), (1, "D", "day"), (3, "M", "quarter"), (1, "Y", "year")],
)
def test_the_period_is_named_by_its_step(step: int, unit: str, word: str) -> None:
    starts = np.datetime64("2016-01-04").astype(f"datetime64[{unit}]")
    assert period_of((starts + np.arange(12) * step).astype("datetime64[s]")) == word


def test_uneven_dates_are_points() -> None:
    assert period_of(np.array(["2016-01-01", "2016-02-17", "2016-05-09", "2016-06-20"], "datetime64[s]")) == "point"


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Waits", True), ("A&E attendances", True), ("Patients seen in four hours", True), ("Falls per 1,000", True),
        ("Four-hour performance", False), ("Length of stay in days", False), ("Sickness", False), ("Sepsis", False),
        ("Series 1", False), ("% of letters on time", False),
    ],
)  # fmt: skip
def test_a_name_reads_as_one_or_many(name: str, plural: bool) -> None:
    assert is_plural(name) is plural


@pytest.mark.parametrize(
    ("days", "said"), [(1, "on 13 January 2025,"), (7, "in the week of 26 March 2025,"), (30.5, "in January 2026,")]
)
def test_a_single_period_is_named_as_people_say_it(days: float, said: str) -> None:
    dates = np.datetime64("2025-01-01", "s") + (np.arange(13) * days * 86400).astype("timedelta64[s]")
    dates = dates.astype("datetime64[M]").astype("datetime64[s]") if days > 7 else dates
    values = np.array([5, 6, 4, 5, 6, 5, 4, 6, 5, 4, 5, 6, 40.0])
    assert said in analyse(Batch(["Falls"], Settings(), np.array([0, 13]), dates, values))[0].sentence
