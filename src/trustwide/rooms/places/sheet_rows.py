"""Rows of a file that people made in a spreadsheet, as text under the names of columns that we know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from trustwide.engines import sheets
from trustwide.engines.sheets import Problem, is_error, safe_cell
from trustwide.rooms.places.forms import DAYS

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """A row as the spreadsheet numbers it, and its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, column: str | None, message: str, cure: str) -> Problem:
        return Problem(message, cure, row=self.number, column=column)

    def day(self, column: str) -> date | None:
        """The day in a cell, None where it is empty. Raises ValueError."""
        text = self[column]
        for pattern in DAYS if text else ():
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        if text:
            raise ValueError(text)
        return None


@dataclass
class Plan:
    """What a file would change, in words, and what stands in the way."""

    words: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, row: Row, column: str | None, message: str, cure: str) -> None:
        self.problems.append(row.problem(column, message, cure))

    def tell(self, row: Row, words: str) -> None:
        self.words.append(_("Row %(number)s: %(words)s") % {"number": row.number, "words": words})

    def warn(self, row: Row, column: str, message: str, cure: str) -> None:
        self.problems.append(Problem(message, cure, row=row.number, column=column, warning=True))

    @property
    def errors(self) -> list[Problem]:
        return [each for each in self.problems if not each.warning]

    def day(self, row: Row, column: str) -> date | None:
        try:
            return row.day(column)
        except ValueError:
            self.refuse(row, column, _("This is not a day."), _("Write it as 2026-03-27 or 27/3/2026."))
            return None

    @property
    def shown(self) -> str:
        """A short mark of what the reader was shown, so that nothing else is done in its stead."""
        return sha256("\n".join(self.words).encode()).hexdigest()


def read_rows(
    content: bytes, name: str, needed: tuple[str, ...], called: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and what is wrong with it as a file. `called` are other names of columns."""
    try:
        with sheets.read(BytesIO(content), name=name) as table:
            headers = [header.strip().lower().replace(" ", "_") for header in table.headers]
            headers = [called.get(header, header) for header in headers]
            rows, problems = [], [_missing(column) for column in needed if column not in headers]
            for chunk in table.chunks:
                problems += [each.problem for each in chunk.faulty]
                for number, *cells in zip(chunk.rows.tolist(), *chunk.columns, strict=True):
                    rows.append(Row(number, dict(zip(headers, map(text_of, cells), strict=True))))
                    problems += [
                        _error(rows[-1], *each) for each in zip(headers, cells, strict=True) if is_error(each[1])
                    ]
                if len(rows) > MOST_ROWS:
                    return [], [Problem(_("The file has more than 20,000 rows."), _("Send it in parts."))]
    except sheets.UnreadableError as refusal:
        return [], refusal.problems
    return rows, problems


def _missing(column: str) -> Problem:
    message = _("The file has no column named %(column)s.") % {"column": column}
    return Problem(message, _("Export a file first and change that one."), row=1, column=column)


def _error(row: Row, column: str, cell: str) -> Problem:
    message = _("%(cell)s is an error of the spreadsheet.") % {"cell": cell.strip()}
    return row.problem(column, message, _("Mend the formula there, save it and send the file again."))


def text_of(cell: Any) -> str:
    """A cell as it would be typed: days by year, month and day; spaces put in order; the guard of a formula off."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str("" if cell is None else cell).replace("\0", "").split())
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text
