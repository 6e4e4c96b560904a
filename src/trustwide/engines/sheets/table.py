"""A table as it streams in: headers, then chunks of columns with the row each cell stands in."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.sheets.problem import Problem

#: Cells as they were read: text from CSV, also numbers and dates from a workbook, an array from Parquet.
Column = Sequence[Any] | NDArray[Any]
#: Rows read at a time: enough that Python's cost per chunk vanishes, little enough to stay in the cache.
CHUNK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that is left out of the columns, and why."""

    problem: Problem
    cells: Sequence[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some rows: `columns` one a header, each as long as `rows`, the row numbers as a spreadsheet shows them."""

    rows: NDArray[np.int64]
    columns: list[Column]
    faulty: list[FaultyRow] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Table:
    """A file read as a table, to be used in a `with`, which closes it. `chunks` can be walked once.

    `decimal_comma`: the columns are parted by semicolons, as where people write 12,5 for twelve and a half.
    """

    name: str
    headers: list[str]
    chunks: Generator[Chunk, None, None]
    header_row: int = 1
    decimal_comma: bool = False
    own_file: BinaryIO | None = None

    def close(self) -> None:
        self.chunks.close()
        if self.own_file is not None:
            self.own_file.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def chunk_of(rows: Sequence[Sequence[Any]], numbers: Sequence[int], width: int, delimiter: str = "") -> Chunk:
    """Rows turned into columns. Rows too long or too short are set aside, or dropped where nothing is in them."""
    faulty: list[FaultyRow] = []
    if any(length != width for length in set(map(len, rows))):
        kept = []
        for number, row in zip(numbers, rows, strict=True):
            if len(row) == width:
                kept.append((number, row))
            elif any(row):
                faulty.append(FaultyRow(_ragged(number, row, width, delimiter), row))
        numbers, rows = [number for number, _ in kept], [row for _, row in kept]
    columns: list[Column] = list(zip(*rows, strict=True)) if rows else [()] * width
    return Chunk(np.array(numbers, np.int64), columns, faulty)


def _ragged(number: int, row: Sequence[Any], width: int, delimiter: str) -> Problem:
    message = f"This row has {_cells(len(row))}; the header has {width}."
    if len(row) < width:
        return Problem(message, "Add the missing cells; they may be empty.", row=number)
    name = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a |"}.get(delimiter, "the separator")
    return Problem(message, f'Take out the extra cells, or put "…" round a cell that holds {name}.', row=number)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
