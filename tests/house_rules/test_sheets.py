"""No cell that we write runs as a formula: 100,000 made-up texts in the full run, fewer in each, by CSV and by XLSX."""

from __future__ import annotations

import csv
import io
import random
import unicodedata

import openpyxl
import pytest

from tests.shares import WHOLE
from trustwide.engines.sheets import safe_cell, write_csv, write_xlsx
from trustwide.engines.sheets.safe import NUMBER, PHONE

TEXTS = 100_000 if WHOLE else 3_000
STARTERS = set("=+-@\t\r\0")
PIECES = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "﹢", "﹣", "⁼", "⁺", "₋", " ",
    "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e", "\x01", "\x1f", "\ud800", "1+1", "SUM(A1:A9)",
    "HYPERLINK(", "cmd|' /C calc'!A0", "A1", '"', "'", ",", ";", "_x003D_", "44", "7700 900123", "5",
    ".2", "e9", "%", "Falls", "é", "😀", "x" * 50,
)  # fmt: skip


def texts(count: int = TEXTS) -> list[str]:
    chance = random.Random() if WHOLE else random.Random(12)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(count)]


def runs(cell: str) -> bool:
    """Whether a spreadsheet that opens a CSV might run a cell, told on its own here."""
    if NUMBER.fullmatch(cell) or PHONE.fullmatch(cell):
        return False
    for character in cell:
        if STARTERS & set(unicodedata.normalize("NFKC", character)[:1] + character):
            return True
        if not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc"):
            return False
    return False


def through_csv(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def through_xlsx(content: bytes) -> list[tuple[object, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [(cell.value, cell.data_type) for row in sheet.iter_rows() for cell in row]


def test_no_cell_of_a_csv_runs() -> None:
    given = texts()
    cells = through_csv(write_csv([text] for text in given))
    print(f"{len(cells):,} texts by CSV; {sum(map(runs, given)):,} would have run, {sum(map(runs, cells))} do")
    assert len(cells) == len(given)
    assert sum(map(runs, given)) > TEXTS / 10
    assert [ascii(cell) for cell in cells if runs(cell)] == []


def test_control_a_writer_that_takes_no_care_is_seen() -> None:
    out = io.StringIO()
    csv.writer(out).writerows([text.replace("\ud800", "")] for text in texts(2_000))
    ran = sum(map(runs, through_csv(out.getvalue())))
    book = openpyxl.Workbook()
    for text in ("=1+1", "Falls"):
        book.active.append([text])
    book.save(unsafe := io.BytesIO())
    kinds = [kind for _, kind in through_xlsx(unsafe.getvalue())]
    print(f"2,000 texts without care: {ran} run from the CSV; from a workbook, kinds {kinds}")
    assert ran > 500
    assert kinds == ["f", "s"]


def test_a_workbook_has_no_formula_and_keeps_kinds() -> None:
    given = texts()
    numbers = [number / 7 for number in range(len(given))]
    cells = through_xlsx(write_xlsx([["text", "number"], *zip(given, numbers, strict=True)]))[2:]
    kinds = [kind for _, kind in cells]
    print(f"{len(given):,} texts by XLSX: {kinds.count('f')} formulas, {kinds.count('n'):,} numbers")
    assert kinds.count("f") == 0
    assert [value for value, _ in cells[1::2]] == pytest.approx(numbers)
    assert set(kinds[0::2]) <= {"s", "n"}  # "n": text of spaces that XML does not keep
    assert kinds[0::2].count("s") > 0.9 * TEXTS


def test_safe_cells_stay_safe() -> None:
    given = texts()
    assert [ascii(text) for text in given if safe_cell(safe_cell(text)) != safe_cell(text)] == []
