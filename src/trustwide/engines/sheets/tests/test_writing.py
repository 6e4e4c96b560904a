"""A workbook that we write holds what was given, each cell of its kind."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from trustwide.engines import sheets
from trustwide.engines.sheets import safe_cell, write_csv, write_xlsx

WRITABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff_"), min_size=1)


def sheet_of(*rows: Sequence[object], title: str = "Sheet1") -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(rows, title=title))).active


@given(rows=st.lists(st.lists(WRITABLE, min_size=2, max_size=2), min_size=1, max_size=5))
def test_text_comes_back_as_it_was(rows: list[list[str]]) -> None:
    found = sheet_of(["a", "b"], *rows)
    assert [[cell.value for cell in row] for row in found.iter_rows(min_row=2)] == rows
    assert {cell.data_type for row in found.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize(
    ("value", "back", "kind"),
    [
        ("=1+1", "=1+1", "s"),
        ("+44 7700 900123", "+44 7700 900123", "s"),
        ("#N/A", "#N/A", "s"),
        ("12", "12", "s"),
        ("a\r\nb\0", "a\nb\ufffd", "s"),
        ("\ud800", "\ufffd", "s"),
        (5, 5, "n"),
        (0.1, 0.1, "n"),
        (Decimal("2.5"), 2.5, "n"),
        (True, True, "b"),
        (None, None, "n"),
        (10**17, "100000000000000000", "s"),
        (float("nan"), "nan", "s"),
        (datetime.date(2026, 4, 1), datetime.datetime(2026, 4, 1), "d"),  # noqa: DTZ001
        (datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC), datetime.datetime(2026, 4, 1, 9), "d"),  # noqa: DTZ001
        (datetime.date(1066, 10, 14), "1066-10-14", "s"),
    ],
)
def test_each_kind_is_kept(value: object, back: object, kind: str) -> None:
    cell = sheet_of(["heading"], [value])["A2"]
    assert (cell.value, cell.data_type) == (back, kind) if value is not None else cell is not None


def test_the_header_is_bold_and_stays_in_sight() -> None:
    found = sheet_of(["ward", "=1"], ["a", "b"], title="Falls: [2026]*")
    assert (found.freeze_panes, found.title) == ("A2", "Falls- -2026--")
    assert found["A1"].font.b
    assert not found["A2"].font.b
    assert found["B1"].data_type == "s"


def test_text_that_could_run_stays_text_when_edited() -> None:
    found = sheet_of(["a"], ["=1+1"], ["Falls"])
    assert [found["A2"].quotePrefix, found["A3"].quotePrefix] == [True, False]


def test_a_text_too_long_is_cut_and_says_so() -> None:
    value = sheet_of(["a"], ["😀" * 20_000])["A2"].value
    assert value.endswith("😀 … (the rest does not fit in a cell)")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_what_we_write_we_read() -> None:
    content = write_xlsx([["ward", "falls"], ["=7", 5], ["_x003D_1", 6]])
    with sheets.read(io.BytesIO(content)) as table:
        assert [list(column) for chunk in table.chunks for column in chunk.columns] == [["=7", "_x003D_1"], [5.0, 6.0]]


@pytest.mark.parametrize("text", ["+44 7700 900123", "+44 20 7946 0958", "+1 202 555 0143"])
def test_telephone_numbers_stay_readable(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    "text", ["+44 7700", "+44 7700 900123 ", "+44  7700 900123", "+44 7700-900123", "+44 7700 900123 4567 89"]
)
def test_what_only_looks_like_a_telephone_number_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_things_that_are_no_text_are_made_safe_as_text() -> None:
    class Lazy:
        def __str__(self) -> str:
            return "=1"

    assert write_csv([[Lazy(), "\0a\ud800", 5, None]]) == "'=1,'\ufffda\ufffd,5,\r\n"
