"""Reads a file of measures into a batch of series, or says everything that keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from trustwide.engines import sheets
from trustwide.engines.sheets import Problem, Table, UnreadableError
from trustwide.engines.spc.intake.cautions import warn
from trustwide.engines.spc.intake.columns import ROLES, listed, match_columns
from trustwide.engines.spc.intake.points import in_order, to_batch, without_repeats
from trustwide.engines.spc.intake.problems import Problems
from trustwide.engines.spc.intake.rows import RowReader, Rows
from trustwide.engines.spc.intake.sense import check_sense
from trustwide.engines.spc.intake.settings_file import read_settings
from trustwide.engines.spc.model import Batch, Settings


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """The batch, None where refused, and all problems: errors, and warnings that refuse nothing."""

    batch: Batch | None
    problems: list[Problem]


def read_measures(
    source: Path | str | BinaryIO,
    *,
    name: str | None = None,
    mapping: Mapping[str, str] | None = None,
    settings: Path | str | BinaryIO | Mapping[str, Settings] | None = None,
    defaults: Settings | None = None,
    keep_going: bool = False,
    needs_series: bool = False,
) -> Intake:
    """Read measures: columns series, date, value or numerator and denominator, target, segment, exclude, note.

    `mapping` names the file's own headers for these; without a series column the file is one series, called `name`
    or as the file. `settings` is a table of settings by series, or the settings themselves; `defaults` hold
    elsewhere. With `keep_going` series with errors are left out and the others kept; with `needs_series` a file
    without that column is refused. Never raises for bad input.

    >>> import io
    >>> found = read_measures(io.BytesIO(b"series,date,value\\nFalls,1/4/2018,5\\nFalls,,6\\n"))
    >>> print(found.batch, found.problems[0])
    None row 3, column date: The date is missing. Write the date, or take out the row.
    """
    problems = Problems()
    try:
        with sheets.read(source, name=name) as table:
            places = match_columns(table.headers, ROLES, problems, mapping)
            _check_columns(table, places, mapping, problems, ("series", "date") if needs_series else ("date",))
            is_whole = not problems.has_errors
            rows = RowReader(table, places, problems, only_series=table.name or "value").read()
    except UnreadableError as error:
        problems.extend(error.problems)
        return Intake(None, problems.listed())
    by_series = _settings(settings, rows.names, defaults or Settings(), problems)
    each = [by_series[name] if isinstance(by_series, dict) else by_series for name in rows.names]
    is_same = isinstance(by_series, Settings)
    batch = _batch(rows, each, is_same, problems, keep_going) if is_whole else None
    return Intake(batch, problems.listed())


def _check_columns(
    table: Table,
    places: dict[str, int],
    mapping: Mapping[str, str] | None,
    problems: Problems,
    needed: tuple[str, ...],
) -> None:
    """The columns that cannot be done without: those `needed`, and a value or both parts of a ratio."""
    missing = [role for role in needed if role not in places]
    parts = [role for role in ("numerator", "denominator") if role not in places]
    if len(parts) == 1:
        missing += parts
        for role in ("numerator", "denominator"):
            places.pop(role, None)
    elif parts and "value" not in places:
        missing.append("value")
    chosen = set(mapping or ())
    for role in missing:
        if role in chosen:
            continue  # its problem is told by the mapping
        what = "The column value (or numerator and denominator)" if role == "value" else f"The column {role}"
        present = f"The file has: {listed(table.headers)}."
        cure = f"{present} Name one of them {role}, or add it."
        problems.add(f"{what} is missing.", cure, row=table.header_row, column=role)


def _settings(
    given: Path | str | BinaryIO | Mapping[str, Settings] | None,
    names: list[str],
    defaults: Settings,
    problems: Problems,
) -> Settings | dict[str, Settings]:
    """Settings for all, or by series."""
    if given is None:
        return defaults
    found = given if isinstance(given, Mapping) else read_settings(given, names, defaults, problems)
    return {name: found.get(name, defaults) for name in names}


def _batch(rows: Rows, settings: list[Settings], is_same: bool, problems: Problems, keep_going: bool) -> Batch | None:
    """The batch, None where something keeps it from being one; with `keep_going` only from series without errors."""
    check_sense(rows, settings, problems)
    rows = without_repeats(in_order(rows), settings, problems)
    refused = np.array([name in problems.refused_series for name in rows.names], np.bool_)
    kept = np.flatnonzero((np.bincount(rows.series, minlength=len(rows.names)) > 0) & ~refused)
    if not len(kept):
        if not problems.has_errors:
            problems.add("The file has a header but no rows.", "Add a row for each date under the header.")
        return None
    if len(kept) < len(rows.names):
        rows = _only(rows, kept)
        settings = [settings[code] for code in kept.tolist()]
    batch = to_batch(rows, settings, is_same)
    warn(batch, problems)
    return batch if keep_going or not problems.has_errors else None


def _only(rows: Rows, kept: NDArray[np.int64]) -> Rows:
    """The rows of some series, renumbered."""
    new = np.full(len(rows.names), -1)
    new[kept] = np.arange(len(kept))
    names = [rows.names[code] for code in kept.tolist()]
    rows = rows.take(np.flatnonzero(new[rows.series] >= 0))
    rows.series = new[rows.series]
    rows.names = names
    return rows
