"""Cells out: text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?", re.ASCII)
#: +44 7700 900123: digits in groups parted by single spaces, 7 to 15 of them as E.164 has it. No program can make more
#: of it than a number, and with ' before it nobody could click or copy it.
PHONE = re.compile(r"\+(?=(?: ?\d){7,15}$)\d{1,4}(?: \d{2,10}){1,4}", re.ASCII)
UNENCODABLE = re.compile("[\0\ud800-\udfff]")
STARTERS = frozenset("=+-@\t\r\0")


def safe_cell(text: str) -> str:
    """The text, with ' before it if a spreadsheet might run it as a formula.

    That is when its first character that is no space is = + - @, a tab, a return or a NUL, in full width too, and it
    is not simply a number or an international telephone number. Source: OWASP ASVS 5.0, 1.2.10.

    >>> [safe_cell(text) for text in ("Falls", "=1+1", " @SUM(A1)", "-5.2", "+44 7700 900123", "＝1")]
    ['Falls', "'=1+1", "' @SUM(A1)", '-5.2', '+44 7700 900123', "'＝1"]
    """
    if NUMBER.fullmatch(text) or PHONE.fullmatch(text):
        return text
    for character in text:
        if character in STARTERS or unicodedata.normalize("NFKC", character)[:1] in STARTERS:
            return f"'{text}"
        if not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc"):
            return text
    return text


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    r"""CSV text of the rows; all but numbers is made safe; None is an empty cell. NUL and lone surrogates become �.

    >>> write_csv([["series", "value"], ["=A1", 0.1], ["Falls, all", None]])
    'series,value\r\n\'=A1,0.1\r\n"Falls, all",\r\n'
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: object) -> object:
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    return UNENCODABLE.sub("\ufffd", safe_cell(str(cell)))
