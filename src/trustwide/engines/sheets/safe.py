"""Cells out: text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?", re.ASCII)
STARTERS = frozenset("=+-@\t\r\0")


def safe_cell(text: str) -> str:
    """The text, with ' before it if a spreadsheet might run it as a formula.

    That is when its first character that is no space is = + - @, a tab, a return or a NUL, in full width too, and it
    is not simply a number. Source: OWASP ASVS 5.0, 1.2.10.

    >>> [safe_cell(text) for text in ("Falls", "=1+1", " @SUM(A1)", "-5.2", "+44 7700", "＝1")]
    ['Falls', "'=1+1", "' @SUM(A1)", '-5.2', "'+44 7700", "'＝1"]
    """
    if NUMBER.fullmatch(text):
        return text
    for character in text:
        if character in STARTERS or unicodedata.normalize("NFKC", character)[:1] in STARTERS:
            return f"'{text}"
        if not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc"):
            return text
    return text


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    r"""CSV text of the rows; text cells are made safe, numbers are kept whole, None is an empty cell.

    >>> write_csv([["series", "value"], ["=A1", 0.1], ["Falls, all", None]])
    'series,value\r\n\'=A1,0.1\r\n"Falls, all",\r\n'
    """
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
