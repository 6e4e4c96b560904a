"""Numbers as people write them: thousands commas, decimal commas, percent signs, and the many ways to write nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.sheets import Column, is_error
from trustwide.engines.spc.intake.problems import CellError, Problems
from trustwide.engines.spc.model import Floats

#: Cells that mean "no value".
BLANKS = frozenset({"", "n/a", "na", "null", "none", "-", "–", "—", "#n/a", "#div/0!"})
PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
THOUSANDS_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?")
DECIMAL_COMMA = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)?,[0-9]+([eE][+-]?[0-9]+)?")
THOUSANDS_BY_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+")
ENDLESS = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
MEND_FORMULA = "Mend the formula in the spreadsheet and save it, or leave the cell empty if there is no value."
WRITE_NUMBER = "Write a number such as 95.2, or leave the cell empty if there is no value."


def is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANKS)


def quoted(cell: Any) -> str:
    """The cell as a message shows it: short, in quotation marks, nothing unprintable."""
    text = "".join(character if character.isprintable() else "?" for character in str(cell).strip())
    return f"“{text[:37]}…”" if len(text) > 40 else f"“{text}”"


def parse_number(cell: Any, decimal_comma: bool = False, points_group: bool = False) -> float:
    """The number in a cell, NaN where it is blank. Raises CellError, with the cure, where it is no number.

    `decimal_comma`: 12,5 is twelve and a half; `points_group`: 1.234 is then a thousand and more.

    >>> parse_number(" 1,234.5 "), parse_number("1.234,5", decimal_comma=True), parse_number("−3 %")
    (1234.5, 1234.5, -3.0)
    """
    if is_blank(cell):
        return math.nan
    if isinstance(cell, bool | date | datetime | time | timedelta):
        raise CellError(f"{quoted(cell)} is not a number.", WRITE_NUMBER)
    text = str(cell).strip().replace("\u2212", "-").removesuffix("%").rstrip()
    number = _from_text(text, decimal_comma, points_group)
    if number is None:
        raise _fault(cell, text, decimal_comma)
    if math.isinf(number):
        raise CellError(f"{quoted(cell)} is too large a number.", WRITE_NUMBER)
    return number


def _from_text(text: str, decimal_comma: bool, points_group: bool) -> float | None:
    if decimal_comma and DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if decimal_comma and THOUSANDS_BY_POINT.fullmatch(text) and (points_group or text.count(".") > 1):
        return float(text.replace(".", ""))
    if PLAIN.fullmatch(text):
        return float(text)
    return float(text.replace(",", "")) if THOUSANDS_BY_COMMA.fullmatch(text) else None


def _fault(cell: Any, text: str, decimal_comma: bool) -> CellError:
    if is_error(cell):
        return CellError(f"{quoted(cell)} is an error of the spreadsheet, not a number.", MEND_FORMULA)
    if ENDLESS.fullmatch(text):
        return CellError(f"{quoted(cell)} is not a number that can be charted.", WRITE_NUMBER)
    if not decimal_comma and DECIMAL_COMMA.fullmatch(text):
        cure = f"Write the decimals after a point: {text.replace('.', '').replace(',', '.')}."
        return CellError(f"{quoted(cell)} has a decimal comma.", cure)
    return CellError(f"{quoted(cell)} is not a number.", WRITE_NUMBER)


class NumberColumn:
    """Reads one column of numbers, chunk after chunk, the quick way wherever all its cells are plain."""

    def __init__(self, header: str, decimal_comma: bool) -> None:
        self.header = header
        self.decimal_comma = decimal_comma
        self.has_comma = False
        self.has_percent = False
        self.doubtful: tuple[int, str] | None = None  # the first cell read as decimals that could be thousands

    def read(self, cells: Column, rows: NDArray[np.int64], problems: Problems) -> tuple[Floats, dict[int, CellError]]:
        """Numbers (NaN where blank), and by place in the chunk what is wrong with those that are none."""
        if isinstance(cells, np.ndarray):
            return self._from_array(cells)
        numbers = self._quickly(cells)
        if numbers is not None:
            return numbers, {}
        return self._one_by_one(cells, rows, problems)

    def _from_array(self, cells: NDArray[Any]) -> tuple[Floats, dict[int, CellError]]:
        if cells.dtype.kind == "M":
            fault = CellError("There is a date here, not a number.", WRITE_NUMBER)
            return np.full(len(cells), np.nan), {int(at): fault for at in np.flatnonzero(~np.isnat(cells))}
        endless = CellError("“infinity” is not a number that can be charted.", WRITE_NUMBER)
        return cells.astype(np.float64), {int(at): endless for at in np.flatnonzero(np.isinf(cells))}

    def _quickly(self, cells: Sequence[Any]) -> Floats | None:
        try:
            text = "".join(cells)
            if "_" in text or not text.isascii() or (self.decimal_comma and "." in text):
                return None
            blanks = cells.count("")
            plain = [cell or "nan" for cell in cells] if blanks else cells
            numbers = np.fromiter(map(float, plain), np.float64, len(plain))
        except (TypeError, ValueError):
            return None
        finite = np.count_nonzero(np.isfinite(numbers))
        return numbers if finite == len(numbers) - blanks else None

    def _settle_points(self, cells: Sequence[Any], rows: NDArray[np.int64], problems: Problems) -> None:
        """1.234 beside 12,5 is a thousand and more; told where it was read already and the comma comes only now."""
        if not self.decimal_comma:
            return
        if self.has_comma:
            if self.doubtful:
                row, text = self.doubtful
                message = f"{quoted(text)} may be a thousand and more: further down a comma parts the decimals."
                cure = "Write it without the point, or with a decimal comma."
                problems.add(message, cure, row=row, column=self.header)
            self.doubtful = None
        elif self.doubtful is None:
            grouped = (at for at, cell in enumerate(cells) if THOUSANDS_BY_POINT.fullmatch(str(cell).strip()))
            if (at := next(grouped, None)) is not None:
                self.doubtful = int(rows[at]), str(cells[at])

    def _one_by_one(
        self, cells: Sequence[Any], rows: NDArray[np.int64], problems: Problems
    ) -> tuple[Floats, dict[int, CellError]]:
        self.has_comma = self.has_comma or any(isinstance(cell, str) and "," in cell for cell in cells)
        self._settle_points(cells, rows, problems)
        numbers = np.full(len(cells), np.nan)
        faults: dict[int, CellError] = {}
        for at, cell in enumerate(cells):
            if type(cell) is float and math.isfinite(cell):
                numbers[at] = cell
                continue
            try:
                numbers[at] = parse_number(cell, self.decimal_comma, self.has_comma)
            except CellError as fault:
                faults[at] = fault
                continue
            if not self.has_percent and isinstance(cell, str) and cell.rstrip().endswith("%"):
                self.has_percent = True
                message = f"{quoted(cell)} is read as {numbers[at]:.15g}: the % sign is dropped."
                cure = "Give targets in the same unit."
                problems.warn(message, cure, row=int(rows[at]), column=self.header)
        return numbers, faults
