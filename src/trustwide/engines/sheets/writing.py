"""Workbooks out: every cell's type is stated, so that no text becomes a formula."""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trustwide.engines.sheets.safe import safe_cell

if TYPE_CHECKING:  # openpyxl takes long to import, and most commands write no workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

#: What XML cannot hold.
UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Excel reads _x0041_ as A; an escaped underscore keeps it as it is.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: Excel's own limits: it calls a file damaged that has a longer cell, and rounds whole numbers of more digits.
LONGEST_TEXT, MOST_DIGITS = 32_767, 15
CUT = " … (the rest does not fit in a cell)"
#: Before this day Excel's calendar is a day out.
FIRST_DAY = datetime.date(1900, 3, 1)
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]|^'|'$")


def write_xlsx(rows: Iterable[Sequence[object]], *, title: str = "Sheet1") -> bytes:
    """An XLSX workbook of one sheet. The first row is its header, bold and kept in sight.

    Text is text, however it starts; numbers, dates, times and yes or no keep their kind; None is an empty cell. A time
    with a zone is written as its own clock shows it. What Excel cannot hold as a number or date (17 digits, 1066, no
    number at all) is written as text, and a text of over 32,767 characters is cut and says so.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(title))
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append(list(_cells(sheet, row, header=number == 0)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(title: str) -> str:
    return NOT_IN_A_TITLE.sub("-", UNWRITABLE.sub("", title))[:31].strip() or "Sheet1"


def _cells(sheet: WriteOnlyWorksheet, row: Sequence[object], *, header: bool) -> Iterator[WriteOnlyCell]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for value in row:
        plain = _value(value)
        if not isinstance(plain, str):
            cell = WriteOnlyCell(sheet, plain)
        else:
            cell = WriteOnlyCell(sheet)
            cell.value = plain
            cell.data_type = "s"  # after the value, whose setter guesses at a formula
            cell.quotePrefix = safe_cell(plain) != plain  # text it stays, when somebody edits it
        if header:
            cell.font = Font(bold=True)
        yield cell


def _value(value: object) -> object:
    """What Excel can hold: None, a number, a date or a time as it is, all else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        whole = isinstance(value, int) and abs(value) >= 10**MOST_DIGITS
        return str(value) if whole or not math.isfinite(value) else value
    if isinstance(value, datetime.datetime | datetime.time):
        value = value.replace(tzinfo=None)
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return value if day >= FIRST_DAY else value.isoformat()
    return value if isinstance(value, datetime.time | datetime.timedelta) else _text(str(value))


def _text(text: str) -> str:
    text = ESCAPE.sub("_x005F_", UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    room = 2 * (LONGEST_TEXT - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
