"""Cells whose formula went wrong are told where they stand, as another reader of workbooks finds them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines import sheets
from trustwide.engines.archives import BLOCK
from trustwide.engines.sheets import errors

CELLS = st.sampled_from([*sorted(errors.ERRORS), "#N/A", "#DIV/0!", 3, "Falls", None])
#: What openpyxl writes as an error: the later ones of Excel it keeps as text.
BY_OPENPYXL = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
EMPTY = {"#N/A", "#DIV/0!", None}


def workbook(rows: Sequence[Sequence[object]], top: int = 1, left: int = 1, name: str = "Data") -> bytes:
    """After a cover sheet, a table that begins at that row and column, each from 1."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Cover"
    sheet = book.create_sheet(name)
    for number, row in enumerate(rows, start=top):
        for place, value in enumerate(row, start=left):
            cell = sheet.cell(number, place, value)
            if value in BY_OPENPYXL:
                cell.data_type = "e"
    book.save(out := io.BytesIO())
    return out.getvalue()


def read(content: bytes) -> list[tuple[int, list[object]]]:
    with sheets.read(io.BytesIO(content)) as table:
        return [
            (number, list(row))
            for chunk in table.chunks
            for number, *row in zip(chunk.rows.tolist(), *chunk.columns, strict=True)
        ]


@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6),
    top=st.integers(1, 4),
    left=st.integers(1, 30),
    name=st.sampled_from(["Data", "A & B", "Zürich “7”"]),
)
def test_each_error_is_told_where_it_stands(rows: list[list[object]], top: int, left: int, name: str) -> None:
    body = [["month", *row] for row in rows]
    told = read(workbook([["series", "one", "two"], *body], top, left, name))
    wanted = [["" if each in EMPTY else each for each in row] for row in body]
    assert told == list(enumerate(wanted, start=top + 1))


def test_errors_are_told_far_down_a_long_sheet() -> None:
    """Over many blocks of what is unpacked, so that some cells stand across two."""
    rows: list[list[object]] = [["series", "value"]]
    rows += [["Falls", "#REF!" if number % 7 == 0 else number] for number in range(20_000)]
    content = workbook(rows)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.getinfo("xl/worksheets/sheet2.xml").file_size > 10 * BLOCK
    told = [number for number, (_name, value) in read(content) if value == "#REF!"]
    assert told == [number + 2 for number in range(20_000) if number % 7 == 0]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="e"><f>A1/0</f><v>#REF!</v></c>',
        "<c t='e' s=\"3\" r='B2'><f ca='1'>IF(A1&lt;3,1,2)</f> <v>#REF!</v></c>",
        '<c r="B2" s="1" t="e" ><f t="shared" si="0"/><v>#REF!</v></c>',
    ],
)
def test_an_error_is_known_however_it_is_written(cell: str) -> None:
    content = workbook([["series", "value", "note"], ["Falls", "#REF!", "x"]])
    assert read(rewritten(content, '<c r="B2" t="e"><v>#REF!</v></c>', cell)) == [(2, ["Falls", "#REF!", "x"])]


def test_a_text_that_looks_like_an_error_stays_text() -> None:
    content = workbook([["series", "value"], ["Falls", "t=e <v>#REF!</v>"]])
    assert read(content) == [(2, ["Falls", "t=e <v>#REF!</v>"])]


def test_a_workbook_with_no_links_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([["series", "value"], ["Falls", "#REF!"]])
    monkeypatch.setattr(errors, "LINKS", "xl/none.rels")
    assert read(content) == [(2, ["Falls", ""])]


def test_so_many_are_told_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "MOST_ERRORS", 2)
    content = workbook([["series", "value"], *(["Falls", "#NUM!"] for _ in range(5))])
    assert [value for _number, (_name, value) in read(content)] == ["#NUM!", "#NUM!", "", "", ""]


def rewritten(content: bytes, old: str, new: str) -> bytes:
    """The same workbook with one cell written in another way."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    assert old in sheet
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(old, new).encode()
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
