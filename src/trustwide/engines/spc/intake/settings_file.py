"""Settings in words, from a second table (a row a series) or from the options of a command: one parser for both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from trustwide.engines import sheets
from trustwide.engines.sheets import Problem, UnreadableError
from trustwide.engines.spc.intake.columns import listed, match_columns
from trustwide.engines.spc.intake.dates import parse_date
from trustwide.engines.spc.intake.numbers import is_blank, parse_number, quoted
from trustwide.engines.spc.intake.problems import CellError, Problems
from trustwide.engines.spc.intake.rows import label, parse_switch
from trustwide.engines.spc.model import AGGREGATES, CHARTS, IMPROVEMENTS, RULES, Settings


def _choice(choices: Sequence[str], what: str) -> Callable[[Any, bool], str]:
    def parse(cell: Any, _: bool) -> str:
        text = label(cell).casefold()
        if text not in choices:
            raise CellError(f"{quoted(cell)} is not {what}.", f"Choose from: {', '.join(choices)}.")
        return text

    return parse


def _switch(cell: Any, _: bool) -> bool | None:
    return parse_switch(cell)


def _count(cell: Any, decimal_comma: bool) -> int:
    number = parse_number(cell, decimal_comma)
    if number != int(number) or number < 1:
        raise CellError(f"{quoted(cell)} is not a number of points.", "Write a whole number such as 12.")
    return int(number)


def _factor(cell: Any, decimal_comma: bool) -> float:
    number = parse_number(cell, decimal_comma)
    if number <= 0:
        raise CellError(f"{quoted(cell)} cannot multiply a chart.", "Write a number above 0, such as 100.")
    return number


def _dates(cell: Any, _: bool) -> tuple[np.datetime64, ...]:
    parts = [part for part in re.split(";", cell) if part.strip()] if isinstance(cell, str) else [cell]
    return tuple(np.datetime64(parse_date(part), "s") for part in parts)


#: How each setting is read from a cell; the second argument is whether the file has decimal commas.
PARSERS: dict[str, Callable[[Any, bool], Any]] = {
    "chart": _choice(CHARTS, "a chart"),
    "rules": _choice(RULES, "a set of rules"),
    "improvement": _choice(IMPROVEMENTS, "a direction of improvement"),
    "target": parse_number,
    "screen": _switch,
    "baseline": _count,
    "rebase": _dates,
    "multiply": _factor,
    "floor_zero": _switch,
    "centre": parse_number,
    "aggregate": _choice(AGGREGATES, "a way to pool rows"),
}


def settings_from_text(texts: Mapping[str, Any], base: Settings | None = None) -> tuple[Settings, list[Problem]]:
    """Settings from words, such as options of a command; blank means as in `base`. Each problem names its setting.

    >>> settings, problems = settings_from_text({"chart": "P", "rebase": "1/4/2018; 1/4/2019", "target": "fast"})
    >>> settings.chart, len(settings.rebase), str(problems[0])
    ('p', 2, 'column target: “fast” is not a number. Write a number such as 95.2.')
    """
    problems = Problems()
    settings = _changed(base or Settings(), texts, problems)
    return settings, problems.listed()


def _changed(
    base: Settings, cells: Mapping[str, Any], problems: Problems, decimal_comma: bool = False, **where: Any
) -> Settings:
    """`base` with what the cells say."""
    changes = {}
    for name, cell in cells.items():
        if name not in PARSERS:
            problems.add(f"“{name}” is not a setting.", f"Choose from: {', '.join(PARSERS)}.", **where)
            continue
        if is_blank(cell):
            continue
        try:
            changes[name] = PARSERS[name](cell, decimal_comma)
        except CellError as fault:
            cure = fault.cure.replace(", or leave the cell empty if there is no value.", ".")
            problems.add(fault.message, cure, column=name, **where)
    settings = replace(base, **changes)
    if "baseline" in changes and settings.baseline is not None and settings.baseline < 12:
        message = f"A baseline of {settings.baseline} is short: limits from fewer than 12 points are on trial."
        problems.warn(message, "Use 12 points or more if you have them.", column="baseline", **where)
    return settings


def read_settings(
    source: Path | str | BinaryIO, names: Sequence[str], base: Settings, problems: Problems
) -> dict[str, Settings]:
    """Settings by series from a table with a `series` column and any of the settings as columns."""
    own = Problems()
    found: dict[str, Settings] = {}
    try:
        with sheets.read(source) as table:
            places = match_columns(table.headers, ("series", *PARSERS), own)
            if "series" not in places:
                own.add("The column series is missing.", f"The file has: {listed(table.headers)}.")
            else:
                found = _read_rows(table, places, names, base, own)
    except UnreadableError as error:
        own.extend(error.problems)
    problems.extend(replace(each, message=f"Settings: {each.message}") for each in own.listed())
    return found


def _read_rows(
    table: sheets.Table, places: dict[str, int], names: Sequence[str], base: Settings, problems: Problems
) -> dict[str, Settings]:
    found: dict[str, Settings] = {}
    first_rows: dict[str, int] = {}
    known = set(names)
    for chunk in table.chunks:
        problems.extend(faulty.problem for faulty in chunk.faulty)
        for at, row in enumerate(chunk.rows.tolist()):
            cells = {role: chunk.columns[place][at] for role, place in places.items()}
            name = label(cells.pop("series"))
            if not name and all(map(is_blank, cells.values())):
                continue
            if name in first_rows:
                message = f"The series {quoted(name)} has settings in row {first_rows[name]} already."
                problems.add(message, "Take out one of the two rows.", row=row, column="series", series=name)
                continue
            if name not in known:
                message = f"No series of the measures is called {quoted(name)}." if name else "The series has no name."
                problems.add(message, _nearest(name, names), row=row, column="series")
            first_rows[name] = row
            found[name] = _changed(base, cells, problems, table.decimal_comma, row=row, series=name or None)
    return found


def _nearest(name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), [each.casefold() for each in names[:2000]], 1)
    match = next((each for each in names if near and each.casefold() == near[0]), None)
    return f"Did you mean {quoted(match)}?" if match else "Write a series as the measures name it, or take out the row."
