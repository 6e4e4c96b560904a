"""What we write opens in a spreadsheet as the text it is."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.sheets import safe_cell, write_csv

DANGEROUS = st.sampled_from(list("=+-@\t\r\0＝＋－＠"))


@given(spaces=st.text(" \u00a0\u3000\ufeff\n", max_size=3), start=DANGEROUS, rest=st.text("abc(", min_size=1))
def test_what_could_run_as_a_formula_is_quoted(spaces: str, start: str, rest: str) -> None:
    assert safe_cell(spaces + start + rest) == "'" + spaces + start + rest


@given(number=st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_stay_numbers(number: float) -> None:
    assert safe_cell(str(number)) == str(number)


@given(text=st.text())
def test_a_safe_cell_is_the_text_or_the_text_after_a_quote_and_stays_safe(text: str) -> None:
    safe = safe_cell(text)
    assert safe in (text, f"'{text}")
    assert safe_cell(safe) == safe


@pytest.mark.parametrize("text", ["Falls", "0161 496 0000", "-5.2", "+1e-3", "-3%", "a=1", "", " ", "'=1"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["-5.2\n=1", "+44 7700", "-1-1", "-٣", "- 5"])
def test_what_only_looks_like_a_number_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(rows=st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=4)))
def test_csv_reads_back_as_safe_cells(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(write_csv(rows), newline="")))
    assert read == [[safe_cell(cell) for cell in row] for row in rows]
