"""The plain-text form of rows: an outline that people can read, write and paste.

A row begins with "- ", two spaces further in for each level; its details stand beneath it as "name: value".

>>> from trustwide.engines.diagrams.tools import TOOLS
>>> text = '''- Tablets are written up after the round
...   evidence: 14 of 20 charts
...   - The round ends at one'''
>>> [(row.text, row.level, row.details) for row in read(TOOLS["five-whys"], text)]
[('Tablets are written up after the round', 0, {'evidence': '14 of 20 charts'}), ('The round ends at one', 1, {})]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trustwide.engines.diagrams.model import LONGEST, MOST_ROWS, DiagramError, Row, Tool
from trustwide.engines.spc.typed import plain

STEP = 2  # spaces to a level
NAMED = re.compile(r"[a-z-]+:")  # a detail; any other line without a mark is a row, as in a list that was pasted


@dataclass(frozen=True)
class _Line:
    """A line with text: its number, the spaces before it, and whether it begins a row."""

    number: int
    indent: int
    text: str
    begins: bool


def read(tool: Tool, text: str) -> list[Row]:
    """The rows of a text form. DiagramError, with the number of the line, where it says something it cannot."""
    rows: list[Row] = []
    for line in _lines(text):
        if line.begins or not (rows and NAMED.match(line.text)):
            level = _level(tool, line, rows)
            rows.append(Row(_short(line.text, line.number), level))
        else:
            _add_detail(tool, line, rows)
    if len(rows) > MOST_ROWS:
        raise DiagramError(f"Keep to {MOST_ROWS} rows. This has {len(rows)}.")
    return rows


def read_kindly(tool: Tool, text: str) -> list[Row]:
    """The rows of any text at all: what cannot be read is taken as the nearest thing that can."""
    rows: list[Row] = []
    for line in _lines(text):
        key, _colon, value = line.text.partition(": ")
        if line.begins or not rows:
            most = min(tool.deepest, rows[-1].level + 1 if rows else 0)
            rows.append(Row(line.text[:LONGEST], min(line.indent // STEP, most)))
        elif any(key == each.key and not each.problem(value) for each in tool.details_at(rows[-1].level)):
            rows[-1].details[key] = value
        else:
            rows[-1] = Row(f"{rows[-1].text} {line.text}"[:LONGEST], rows[-1].level, rows[-1].details)
    return rows[:MOST_ROWS]


def write(rows: Iterable[Row]) -> str:
    """Rows in the text form, such that `read` gives them back."""
    return "\n".join(line for row in rows for line in _written(row))


def _written(row: Row) -> Iterator[str]:
    indent = " " * STEP * row.level
    yield f"{indent}- {plain(row.text)}"
    for key, value in row.details.items():
        if plain(value):
            yield f"{indent}  {key}: {plain(value)}"


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.replace("\r", "\n").split("\n"), start=1):
        told = line.expandtabs(STEP)
        said = plain(told)
        begins = said.startswith("- ") or said == "-"
        said = said[2:] if begins else said
        if said:
            yield _Line(number, len(told) - len(told.lstrip(" ")), said, begins)


def _level(tool: Tool, line: _Line, rows: list[Row]) -> int:
    level = line.indent // STEP
    if level > (rows[-1].level + 1 if rows else 0):
        raise DiagramError(f"Line {line.number} is too far in. Each row is at most two spaces beyond the one above it.")
    if level > tool.deepest:
        raise DiagramError(f"Line {line.number} is too far in. Here rows have at most {len(tool.levels)} levels.")
    return level


def _short(text: str, number: int) -> str:
    if len(text) > LONGEST:
        raise DiagramError(f"Line {number} is longer than {LONGEST} letters. Say it in fewer words.")
    return text


def _add_detail(tool: Tool, line: _Line, rows: list[Row]) -> None:
    key, _colon, value = line.text.partition(":")
    known = {each.key: each for each in tool.details_at(rows[-1].level)}
    if key not in known:
        cure = f"Here it can be: {', '.join(known)}." if known else "Such a row has no details. Begin it with “- ”."
        raise DiagramError(f"Line {line.number}: there is no “{key[:20]}”. {cure}")
    if problem := known[key].problem(value.strip()):
        raise DiagramError(f"Line {line.number}: {problem}.")
    rows[-1].details[key] = value.strip()
