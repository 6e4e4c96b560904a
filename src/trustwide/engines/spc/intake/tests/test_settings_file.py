"""Settings come from a table or from words, and mean the same."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc.intake import Intake, read_measures, settings_from_text
from trustwide.engines.spc.model import AGGREGATES, CHARTS, IMPROVEMENTS, RULES, Settings

MEASURES = b"series,date,value\n" + b"".join(
    b"%s,%d/2018,5\n" % (name, month) for name in (b"A", b"B") for month in (4, 5, 6)
)
DAY = st.integers(0, 20_000).map(lambda days: np.datetime64(days, "D").astype("datetime64[s]"))
SETTINGS = st.builds(
    Settings,
    chart=st.sampled_from(CHARTS),
    rules=st.sampled_from(RULES),
    improvement=st.sampled_from(IMPROVEMENTS),
    target=st.none() | st.floats(-1e6, 1e6),
    screen=st.booleans(),
    baseline=st.none() | st.integers(1, 99),
    rebase=st.lists(DAY, max_size=3).map(tuple),
    multiply=st.sampled_from([1.0, 100.0, 0.5]),
    floor_zero=st.booleans(),
    centre=st.none() | st.floats(-1e6, 1e6),
    aggregate=st.none() | st.sampled_from(AGGREGATES),
)


def words_of(settings: Settings) -> dict[str, str]:
    words = {name: getattr(settings, name) for name in Settings.__slots__}
    words["rebase"] = "; ".join(str(day.astype("datetime64[D]")) for day in settings.rebase)
    return {name: "" if word is None else str(word) for name, word in words.items()}


def read(settings: bytes, **options: Any) -> Intake:
    return read_measures(io.BytesIO(MEASURES), settings=io.BytesIO(settings), **options)


@given(settings=SETTINGS)
def test_any_settings_come_back_from_words(settings: Settings) -> None:
    found, problems = settings_from_text(words_of(settings))
    assert found == settings
    assert all(problem.warning for problem in problems)


@given(settings=SETTINGS.filter(lambda each: each.chart in ("xmr", "i", "run")))
def test_any_settings_come_back_from_a_file(settings: Settings) -> None:
    words = words_of(settings)
    found = read(f"series,{','.join(words)}\nA,{','.join(words.values())}\n".encode())
    assert found.batch is not None
    assert found.batch.settings_of(0) == settings
    assert found.batch.settings_of(1) == Settings()


def test_blank_cells_and_series_without_a_row_take_the_defaults() -> None:
    defaults = Settings(chart="run", target=5)
    found = read(b"Series;Chart;target;floor zero\nB;;7,5;yes\n", defaults=defaults)
    assert found.batch is not None
    assert found.batch.settings_of(0) == defaults
    assert found.batch.settings_of(1) == Settings(chart="run", target=7.5, floor_zero=True)


def test_everything_wrong_in_settings_is_told_at_once() -> None:
    found = read(
        b"series,chart,rules,improvement,target,screen,baseline,rebase,multiply,aggregate\n"
        b"A,z,who,up,fast,maybe,1.5,31/4/2018,0,max\n"
        b"a ,,,,,,,,,\n"
        b"A,,,,,,,,,\n"
        b",p,,,,,,,,\n"
        b"B,xmr\n"
    )
    assert found.batch is None
    assert [str(problem) for problem in found.problems if not problem.warning] == [
        (
            "row 2, column chart: Settings: “z” is not a chart. "
            "Choose from: run, xmr, i, ip, mr, p, pp, u, up, c, g, t, xbar, s."
        ),
        "row 2, column rules: Settings: “who” is not a set of rules. Choose from: nhs, anhoj.",
        (
            "row 2, column improvement: Settings: “up” is not a direction of improvement. "
            "Choose from: increase, decrease, neutral."
        ),
        "row 2, column target: Settings: “fast” is not a number. Write a number such as 95.2.",
        "row 2, column screen: Settings: “maybe” is neither yes nor no. Write yes or no, or leave the cell empty.",
        "row 2, column baseline: Settings: “1.5” is not a number of points. Write a whole number such as 12.",
        (
            "row 2, column rebase: Settings: “31/4/2018” is not a date: there is no 31 April 2018. "
            "Check the day and the month; write day/month/year."
        ),
        "row 2, column multiply: Settings: “0” cannot multiply a chart. Write a number above 0, such as 100.",
        "row 2, column aggregate: Settings: “max” is not a way to pool rows. Choose from: mean, median, sum.",
        "row 3, column series: Settings: No series of the measures is called “a”. Did you mean “A”?",
        "row 4, column series: Settings: The series “A” has settings in row 2 already. Take out one of the two rows.",
        (
            "row 5, column series: Settings: The series has no name. "
            "Write a series as the measures name it, or take out the row."
        ),
        "row 6: Settings: This row has 2 cells; the header has 10. Add the missing cells; they may be empty.",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"chart\np\n", "file: Settings: The column series is missing. The file has: chart."),
        (b"", "file: Settings: The file is empty. Choose a file with a header row and rows of measures."),
        (b"series,chart,chart\nA,i,i\n", ("row 1, column chart: Settings: 2 columns have this header. "
         "Rename or take out all but one.")),
    ],
)  # fmt: skip
def test_a_settings_file_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    found = read(data)
    assert found.batch is None
    assert [str(problem) for problem in found.problems if not problem.warning] == [message]


def test_unknown_columns_and_short_baselines_are_warnings() -> None:
    found = read(b"series,colour,baseline\nA,red,6\n")
    assert found.batch is not None
    assert [problem.message for problem in found.problems] == [
        "Settings: This column is not used: colour.",
        "Settings: A baseline of 6 is short: limits from fewer than 12 points are on trial.",
    ]


def test_an_unknown_option_is_told() -> None:
    settings, problems = settings_from_text({"colour": "red", "chart": "run"})
    assert settings.chart == "run"
    assert problems[0].message == "“colour” is not a setting."
