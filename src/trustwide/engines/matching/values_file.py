"""The file of a trust's values: CSV with the columns value and behaviour, a row for each behaviour."""

from __future__ import annotations

import csv
import io

from trustwide.engines.matching.values import Value

COLUMNS = ("value", "behaviour")
MOST_VALUES, MOST_BEHAVIOURS, LONGEST = 30, 50, 1_000


class ValuesFileError(Exception):
    """What is wrong with the file, where, and what to do."""


def read_values(name: str, content: bytes) -> list[Value]:
    """The values in the order in which they first come. Raises ValuesFileError, which names the row and column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValuesFileError(f"{name} is not text in UTF-8. Save it as CSV UTF-8, and try once more.") from error
    held: dict[str, list[str]] = {}
    for row, value, behaviour in _rows(name, text):
        lines = held.setdefault(value, [])
        if behaviour not in lines:
            lines.append(behaviour)
        if len(held) > MOST_VALUES or len(lines) > MOST_BEHAVIOURS:
            most = f"{MOST_VALUES} values of {MOST_BEHAVIOURS} behaviours each"
            raise ValuesFileError(f"{name}, row {row}: more than {most}. Leave out what is not a value.")
    if not held:
        raise ValuesFileError(f"{name} has no values. Give each behaviour a row: value,behaviour.")
    return [Value(value, tuple(lines)) for value, lines in held.items()]


def _rows(name: str, text: str) -> list[tuple[int, str, str]]:
    """Each row with its number as a spreadsheet counts it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = []
    try:
        header = next(reader, [])
        columns = _columns(name, header)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _check_width(name, reader.line_num, cells, len(header))
                found.append(_row(name, reader.line_num, cells, columns))
    except csv.Error as error:
        raise ValuesFileError(
            f"{name}, row {reader.line_num}: this is not CSV ({error}). Put texts with a comma or a quotation mark"
            " between quotation marks."
        ) from error
    return found


def _columns(name: str, header: list[str]) -> tuple[int, int]:
    titles = [title.strip().lower() for title in header]
    for column in COLUMNS:
        if titles.count(column) != 1:
            said = ", ".join(title for title in titles if title)[:100] or "nothing"
            fault = "no" if column not in titles else "more than one"
            raise ValuesFileError(
                f"{name}, row 1: there is {fault} column {column}; the row holds {said}."
                " The first row must be: value,behaviour."
            )
    return titles.index("value"), titles.index("behaviour")


def _check_width(name: str, number: int, cells: list[str], width: int) -> None:
    if any(cell.strip() for cell in cells[width:]):
        raise ValuesFileError(
            f"{name}, row {number}: there are more cells than columns. If a behaviour has a comma in it, put it between"
            " quotation marks."
        )


def _row(name: str, number: int, cells: list[str], columns: tuple[int, int]) -> tuple[int, str, str]:
    value, behaviour = (" ".join(cells[at].split()) if at < len(cells) else "" for at in columns)
    if not value:
        raise ValuesFileError(f"{name}, row {number}, column value: it is empty. Type the value's name in each row.")
    if not behaviour:
        raise ValuesFileError(
            f"{name}, row {number}, column behaviour: it is empty. Say how “{value[:100]}” shows in what people do."
        )
    for column, said in zip(COLUMNS, (value, behaviour), strict=True):
        if len(said) > LONGEST:
            raise ValuesFileError(
                f"{name}, row {number}, column {column}: longer than {LONGEST:,} characters. Shorten it."
            )
    return number, value, behaviour
