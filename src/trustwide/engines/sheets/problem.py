"""What is wrong with a file, said so that its owner can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

EMPTY = "The file is empty.", "Choose a file with a header row and rows of measures."
SAVE_AS_CSV = "Open it in the program it came from and save it as CSV or XLSX."


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what was given: where it is, what it is and what to do about it.

    `row` is the row as a spreadsheet numbers it (the header is row 1), None for the file as a whole.
    """

    message: str
    cure: str
    row: int | None = None
    column: str | None = None
    series: str | None = None
    warning: bool = False

    def __str__(self) -> str:
        where = [part for part in (self.row and f"row {self.row}", self.column and f"column {self.column}") if part]
        return f"{', '.join(where) or 'file'}: {self.message} {self.cure}".strip()


class UnreadableError(Exception):
    """The file cannot be read as a table at all; `problems` say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))

    @classmethod
    def because(cls, message: str, cure: str, row: int | None = None) -> UnreadableError:
        return cls([Problem(message, cure, row=row)])
