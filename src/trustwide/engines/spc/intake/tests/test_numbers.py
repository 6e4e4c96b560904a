"""Numbers as people write them."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc.intake.numbers import NumberColumn, parse_number
from trustwide.engines.spc.intake.problems import CellError, Problems

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(number=FINITE, before=st.sampled_from(["", " ", "\u00a0"]), after=st.sampled_from(["", "  ", "%", " %"]))
def test_any_number_is_read_back_in_full(number: float, before: str, after: str) -> None:
    assert parse_number(f"{before}{number!r}{after}") == number
    assert parse_number(f"{before}{number!r}{after}".replace(".", ","), decimal_comma=True) == number


@given(number=st.integers(-(10**12), 10**12), decimals=st.integers(0, 99))
def test_thousands_are_read_with_commas_and_with_points(number: int, decimals: int) -> None:
    english = f"{number:,}.{decimals:02}"
    expected = float(english.replace(",", ""))
    assert parse_number(english) == expected
    assert parse_number(english.replace("-", "−")) == expected
    swapped = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(swapped, decimal_comma=True) == expected


@pytest.mark.parametrize("cell", ["", "  ", "n/a", "NA", "null", "-", "#N/A", None])
def test_blanks_are_missing(cell: str | None) -> None:
    assert math.isnan(parse_number(cell))


FORMULA = "Mend the formula in the spreadsheet and save it, or leave the cell empty if there is no value."
NUMBER = "Write a number such as 95.2, or leave the cell empty if there is no value."


@pytest.mark.parametrize(
    ("cell", "message", "cure"),
    [
        ("six", "“six” is not a number.", NUMBER),
        ("nan", "“nan” is not a number that can be charted.", NUMBER),
        ("-inf", "“-inf” is not a number that can be charted.", NUMBER),
        ("Infinity", "“Infinity” is not a number that can be charted.", NUMBER),
        ("1e400", "“1e400” is too large a number.", NUMBER),
        ("1_000", "“1_000” is not a number.", NUMBER),
        ("1,00", "“1,00” has a decimal comma.", "Write the decimals after a point: 1.00."),
        ("£5", "“£5” is not a number.", NUMBER),
        ("١٢", "“١٢” is not a number.", NUMBER),
        ("1 2", "“1 2” is not a number.", NUMBER),
        ("%", "“%” is not a number.", NUMBER),
        ("0x10", "“0x10” is not a number.", NUMBER),
        ("#REF!", "“#REF!” is an error of the spreadsheet, not a number.", FORMULA),
        (True, "“True” is not a number.", NUMBER),
        (datetime.date(2018, 4, 1), "“2018-04-01” is not a number.", NUMBER),
        ("x" * 50, f"“{'x' * 37}…” is not a number.", NUMBER),
    ],
)
def test_what_is_no_number_is_refused_with_a_cure(cell: Any, message: str, cure: str) -> None:
    with pytest.raises(CellError) as error:
        parse_number(cell)
    assert (error.value.message, error.value.cure) == (message, cure)
    numbers, faults = NumberColumn("value", decimal_comma=False).read(["1", cell], np.array([2, 3]), Problems())
    assert numbers[0] == 1
    assert list(faults) == [1]


@given(cells=st.lists(FINITE.map(repr) | st.sampled_from(["", "1,234", "n/a", "nan", "_", "7%"]), max_size=9))
def test_a_column_reads_each_cell_as_it_would_alone(cells: list[str]) -> None:
    numbers, faults = NumberColumn("value", decimal_comma=False).read(cells, np.arange(len(cells)), Problems())
    for at, cell in enumerate(cells):
        try:
            alone = parse_number(cell)
        except CellError:
            assert at in faults
        else:
            assert at not in faults
            np.testing.assert_equal(numbers[at], alone)


def test_points_group_thousands_only_where_the_column_has_decimal_commas() -> None:
    def read(*cells: str) -> list[float]:
        numbers, _ = NumberColumn("value", decimal_comma=True).read(cells, np.arange(len(cells)), Problems())
        return list(numbers)

    assert read("1.234", "5.5") == [1.234, 5.5]
    assert read("1.234", "5,5") == [1234, 5.5]
    assert read("1.234.567", "5") == [1234567, 5]


def test_a_percent_sign_is_told_of_once() -> None:
    problems = Problems()
    column = NumberColumn("Seen in time", decimal_comma=False)
    for _ in range(2):
        assert column.read(["95%", "90.5 %"], np.array([2, 3]), problems)[0].tolist() == [95, 90.5]
    assert [str(problem) for problem in problems.listed()] == [
        "row 2, column Seen in time: “95%” is read as 95: the % sign is dropped. Give targets in the same unit."
    ]
