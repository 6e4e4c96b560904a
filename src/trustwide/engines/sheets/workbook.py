"""The first sheet that holds a table of an XLSX, XLS or ODS workbook. Formulas and macros are never run."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from trustwide.engines.archives import Archive, UnsafeArchiveError, look_into
from trustwide.engines.sheets.errors import column_number, errors_in
from trustwide.engines.sheets.problem import SAVE_AS_CSV, UnreadableError
from trustwide.engines.sheets.table import CHUNK_ROWS, Chunk, Table, chunk_of

#: A workbook that unpacks to more is refused: no list of measures needs it, and a zip bomb does.
MOST_UNPACKED = 1 << 30
#: Rows times columns of one sheet.
MOST_CELLS = 20_000_000
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,9})["']""")
LONGEST_REFERENCE = 32
CELL = re.compile(rb"<c[\s/>]")


def read_workbook(file: BinaryIO, name: str) -> Table:
    """Read a workbook. Cells are text, numbers, dates or empty. Raises UnreadableError."""
    archive = _check_zip(file)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        sheet = _sheet_of_measures(workbook)
    except PasswordError as error:
        cure = "Take the password off, or save the sheet as CSV."
        raise UnreadableError.because("The workbook is protected by a password.", cure) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError.because("The workbook cannot be read; it may be damaged.", SAVE_AS_CSV) from error
    if sheet is None:
        raise UnreadableError.because("The workbook is empty.", "Choose one with a header row and rows of measures.")
    wrong = errors_in(archive, sheet.name) if archive else {}
    rows = _with_errors(sheet, wrong) if wrong else sheet.iter_rows()
    number, headers = _header(rows)
    return Table(name, headers, _chunks(rows, number, len(headers)), number)


def _sheet_of_measures(workbook: CalamineWorkbook) -> CalamineSheet | None:
    """The first sheet with rows and columns, else the first with anything: a cover sheet often comes before. One that
    is hidden was put away: it is read only where nothing else is there.
    """
    known = workbook.sheets_metadata
    in_order = sorted(known, key=lambda each: each.visible != SheetVisibleEnum.Visible)
    sheets = (workbook.get_sheet_by_name(each.name) for each in in_order if each.typ == SheetTypeEnum.WorkSheet)
    first = None
    for sheet in sheets:
        if sheet.height > 1 and sheet.width > 1:
            return sheet
        first = first or (sheet if sheet.start is not None else None)
    return first


def _check_zip(file: BinaryIO) -> Archive | None:
    """Refuse what would not fit in memory before anything is opened: a few kB can unpack to a great deal."""
    start, archive = file.tell(), None
    if file.read(2) == b"PK":
        try:
            archive = look_into(file, most_unpacked=MOST_UNPACKED)
            if not set(archive.names) & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise UnreadableError.because("This is a ZIP file or a document, not a table.", SAVE_AS_CSV)
            for name in archive.names:
                if SHEET.fullmatch(name):
                    _check_reach(*_reach(archive, name))
            if "content.xml" in archive.parts:
                _check_reach(*_OpenReach(archive).reach)
        except UnsafeArchiveError as error:
            raise UnreadableError.because(error.message, error.cure) from error
    file.seek(start)
    return archive


def _check_reach(rows: int, columns: int) -> None:
    """The reader makes room for every cell up to the last, so that one cell far away would fill the memory."""
    if columns * rows > MOST_CELLS:
        message = (
            f"A sheet of the workbook reaches over {rows:,} rows and {columns:,} columns, far beyond what it holds."
        )
        raise UnreadableError.because(message, "Delete the empty rows and columns, or save the sheet as CSV.")


def _reach(archive: Archive, name: str) -> tuple[int, int]:
    """The last row and column of a sheet of an XLSX workbook."""
    columns, rows, cells, tail = 0, 0, 0, b""
    for block in archive.blocks(name):
        cells += len(CELL.findall(block))  # few have an address in some workbooks, and none need have one
        for letters, digits in set(REFERENCE.findall(tail + block)):
            columns, rows = max(columns, column_number(letters)), max(rows, int(digits))
        tail = (tail + block)[-LONGEST_REFERENCE:]
    return (rows, columns) if cells <= rows * columns else (cells, 1)


class _OpenReach:
    """The last row and column with something in them in an ODS workbook, where one cell may stand for a million."""

    def __init__(self, archive: Archive) -> None:
        self.reach, self.row, self.column = (0, 0), 0, 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        try:
            for block in archive.blocks("content.xml"):
                parser.Parse(block)
        except expat.ExpatError as error:
            raise UnreadableError.because("The workbook cannot be read; it may be damaged.", SAVE_AS_CSV) from error

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table":
            self.row = 0
        elif kind == "table-row":
            self.row += _times(attributes, "number-rows-repeated")
            self.column = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self.column += _times(attributes, "number-columns-repeated")
            if any(name.endswith("value-type") for name in attributes):
                self.reach = max(self.reach[0], self.row), max(self.reach[1], self.column)


def _times(attributes: dict[str, str], wanted: str) -> int:
    said = next((value for name, value in attributes.items() if name.endswith(wanted)), "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 1


def _header(rows: Iterator[list[Any]]) -> tuple[int, list[str]]:
    for number, row in enumerate(rows, start=1):
        if any(str(cell).strip() for cell in row):
            return number, [str(cell) for cell in row]
    raise UnreadableError.because("The workbook is empty.", "Choose one with a header row and rows of measures.")


def _with_errors(sheet: CalamineSheet, wrong: dict[int, dict[int, str]]) -> Iterator[list[Any]]:
    """Each row, with what the cells say whose formula went wrong. Rows come from the first on, and in them the cells
    from the first column that is used."""
    first = sheet.start[1] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for column, said in wrong.get(number, {}).items():
            if 0 <= column - first < len(row):
                row[column - first] = said
        yield row


def _chunks(rows: Iterator[list[Any]], number: int, width: int) -> Generator[Chunk, None, None]:
    taken: list[Any] = []
    numbers: list[int] = []
    for number, row in enumerate(rows, start=number + 1):  # noqa: B020  goes on from the header's
        if any(cell != "" for cell in row):
            taken.append(row)
            numbers.append(number)
        if len(taken) == CHUNK_ROWS:
            yield chunk_of(taken, numbers, width)
            taken, numbers = [], []
    if taken:
        yield chunk_of(taken, numbers, width)
