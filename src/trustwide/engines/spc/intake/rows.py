"""Rows of measures: the cells of a table turned into arrays, faults gathered on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.sheets import Chunk, Column, Table, is_error
from trustwide.engines.spc.intake.dates import DateColumn, parse_date
from trustwide.engines.spc.intake.numbers import NumberColumn, is_blank, quoted
from trustwide.engines.spc.intake.problems import CellError, Problems
from trustwide.engines.spc.model import Floats

NUMBERS = ("value", "numerator", "denominator", "target")
YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "x"})
NO = frozenset({"0", "0.0", "no", "n", "false", "f"})


@dataclass(slots=True, eq=False)
class Rows:
    """N rows: `series` indexes `names`, `dates` are seconds since 1970, `numbers` has a float array a role.

    `segments` indexes labels (-1 blank), `notes` are by place in the arrays.
    """

    names: list[str]
    numbers_in_file: NDArray[np.int64]
    series: NDArray[np.int64]
    dates: NDArray[np.int64]
    numbers: dict[str, Floats]
    segments: NDArray[np.int64] | None = None
    excluded: NDArray[np.bool_] | None = None
    notes: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.series)

    def take(self, places: NDArray[np.int64]) -> Rows:
        """These rows, in this order."""
        new_places = {int(old): new for new, old in enumerate(places.tolist())} if self.notes else {}
        return Rows(
            self.names,
            self.numbers_in_file[places],
            self.series[places],
            self.dates[places],
            {role: numbers[places] for role, numbers in self.numbers.items()},
            None if self.segments is None else self.segments[places],
            None if self.excluded is None else self.excluded[places],
            {new_places[old]: note for old, note in self.notes.items() if old in new_places},
        )


class Codes(dict[Any, int]):
    """Numbers cells by first appearance of their text; blanks are -1."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, int] = {}

    def __missing__(self, cell: Any) -> int:
        text = label(cell)
        self[cell] = self.texts.setdefault(text, len(self.texts)) if text else -1
        return self[cell]

    def read(self, cells: Column) -> NDArray[np.int64]:
        if isinstance(cells, np.ndarray):
            cells = cells.tolist()
        return np.fromiter(map(self.__getitem__, cells), np.int64, len(cells))


def label(cell: Any) -> str:
    """A cell as a name: whole numbers without the decimals that a spreadsheet gives them; an error of it is no name."""
    if cell is None or cell != cell or is_error(cell):
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def parse_switch(cell: Any) -> bool | None:
    """True for 1, yes, true or x; False for 0, no or false; None for a blank. Raises CellError for anything else."""
    text = str(cell).strip().casefold()
    if text in YES or text in NO:
        return text in YES
    if is_blank(cell) or text == "nan":
        return None
    raise CellError(f"{quoted(cell)} is neither yes nor no.", "Write yes or no, or leave the cell empty.")


class RowReader:
    """Turns the chunks of a table into Rows; `places` says which column plays which role."""

    def __init__(self, table: Table, places: dict[str, int], problems: Problems, only_series: str = "value") -> None:
        self.table, self.places, self.problems, self.only_series = table, places, problems, only_series
        self.codes, self.segments, self.dates = Codes(), Codes(), DateColumn()
        self.numbers = {
            role: NumberColumn(self.header(role), table.decimal_comma) for role in NUMBERS if role in places
        }
        self.warned_of_serials = False
        self.switches: dict[Any, bool | CellError | None] = {}

    def header(self, role: str) -> str:
        return self.table.headers[self.places[role]].strip()

    def read(self) -> Rows:
        parts = [self._read_chunk(chunk) for chunk in self.table.chunks]
        starts = np.cumsum([0] + [len(part) for part in parts])

        def joined(get: Any, kind: type = np.int64) -> NDArray[Any]:
            return np.concatenate([np.empty(0, kind), *map(get, parts)]).astype(kind, copy=False)

        return Rows(
            names=list(self.codes.texts) if "series" in self.places else [self.only_series],
            numbers_in_file=joined(lambda part: part.numbers_in_file),
            series=joined(lambda part: part.series),
            dates=joined(lambda part: part.dates),
            numbers={role: joined(lambda part: part.numbers[role], float) for role in self.numbers},  # noqa: B023
            segments=joined(lambda part: part.segments) if "segment" in self.places else None,
            excluded=joined(lambda part: part.excluded, bool) if "exclude" in self.places else None,
            notes={
                int(start) + at: note
                for start, part in zip(starts, parts, strict=False)
                for at, note in part.notes.items()
            },
        )

    def _read_chunk(self, chunk: Chunk) -> Rows:
        for faulty in chunk.faulty:
            self._note_faulty(faulty.problem, faulty.cells)
        columns = {role: chunk.columns[place] for role, place in self.places.items()}
        size = len(chunk.rows)
        series = self.codes.read(columns["series"]) if "series" in columns else np.zeros(size, np.int64)
        faults: dict[str, dict[int, CellError]] = {}
        numbers = {}
        for role, reader in self.numbers.items():
            numbers[role], faults[role] = reader.read(columns[role], chunk.rows, self.problems)
        dates = np.zeros(size, np.int64)
        if "date" in columns:
            dates, faults["date"] = self.dates.read(columns["date"])
            self._warn_of_serials(columns["date"], chunk.rows)
        rows = Rows([], chunk.rows, series, dates, numbers)
        if "exclude" in columns:
            rows.excluded, faults["exclude"] = self._read_switches(columns["exclude"])
        if "segment" in columns:
            rows.segments = self.segments.read(columns["segment"])
        if "note" in columns:
            rows.notes = {at: label(cell) for at, cell in enumerate(columns["note"]) if label(cell)}
        return self._without_faulty(rows, faults, columns)

    def _without_faulty(self, rows: Rows, faults: dict[str, dict[int, CellError]], columns: dict[str, Column]) -> Rows:
        """The rows less those with a fault or no name, which are told of, and less the empty ones, which are not."""
        keep = np.ones(len(rows), np.bool_)
        for at in [*faults.get("date", ()), *np.flatnonzero(rows.series < 0).tolist()]:
            if keep[at] and all(is_blank(cells[at]) or cells[at] != cells[at] for cells in columns.values()):
                keep[at] = False
        for at in np.flatnonzero(keep & (rows.series < 0)).tolist():
            self.problems.add(
                "The series has no name.",
                "Write the name of the measure.",
                row=int(rows.numbers_in_file[at]),
                column=self.header("series"),
            )
        names = list(self.codes.texts) if "series" in self.places else [self.only_series]
        empty = ~keep
        for role in sorted(faults, key=self.places.__getitem__):
            for at, fault in faults[role].items():
                if empty[at]:
                    continue
                keep[at] = False
                code = int(rows.series[at])
                self.problems.add(
                    fault.message,
                    fault.cure,
                    row=int(rows.numbers_in_file[at]),
                    column=self.header(role),
                    series=names[code] if code >= 0 else None,
                )
        keep &= rows.series >= 0
        return rows if keep.all() else rows.take(np.flatnonzero(keep))

    def _note_faulty(self, problem: Any, cells: Sequence[Any]) -> None:
        """A row that could not be read belongs to a series all the same, if it still has that cell."""
        place = self.places.get("series")
        name = self.only_series if place is None else label(cells[place]) if place < len(cells) else ""
        self.problems.extend([replace(problem, series=name or None)])

    def _warn_of_serials(self, cells: Column, rows: NDArray[np.int64]) -> None:
        if self.dates.doubtful is None or self.warned_of_serials:
            return
        self.warned_of_serials = True
        cell = self.dates.doubtful
        at = next(place for place, other in enumerate(cells) if other == cell)
        day = np.datetime64(parse_date(cell), "s").astype("datetime64[D]")
        message = f"{quoted(label(cell))} is read as a spreadsheet's day number, {day}."
        cure = "If these are row numbers or years, write dates such as 01/04/2018."
        self.problems.warn(message, cure, row=int(rows[at]), column=self.header("date"))

    def _read_switches(self, cells: Column) -> tuple[NDArray[np.bool_], dict[int, CellError]]:
        switched = np.zeros(len(cells), np.bool_)
        faults = {}
        for at, cell in enumerate(cells):
            if cell == "":
                continue
            try:
                switched[at] = bool(parse_switch(cell))
            except CellError as fault:
                faults[at] = fault
        return switched, faults
