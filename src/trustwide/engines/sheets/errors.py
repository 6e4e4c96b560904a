"""Cells of a workbook whose formula went wrong, such as #REF!: the reader of workbooks takes them for empty ones.

What an error is and how it is kept: ECMA-376 part 1, 18.3.1.4 (a cell of type "e") and 18.17.2.7 (the errors).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.parsers import expat

from trustwide.engines.archives import Archive

#: Errors of a formula. #N/A is none of these, nor is #DIV/0!: people write those for "no value".
ERRORS = frozenset({"#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"})
#: So many are told of, of one sheet.
MOST_ERRORS = 10_000
CELL = re.compile(
    rb"""<c\s([^<>]*\bt\s*=\s*["']e["'][^<>]*)>(?:<f[^<>]*/>|<f[^<>]*>[^<>]*</f>)?\s*<v>([^<>]{4,20})</v>"""
)
REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
LONGEST_CELL = 1 << 16  # a formula has at most 8,192 letters
SHEETS, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def is_error(cell: Any) -> bool:
    """Whether a cell says that its formula went wrong, however it came in.

    >>> is_error("#REF!"), is_error(" #name? "), is_error("#N/A"), is_error(3)
    (True, True, False, False)
    """
    return isinstance(cell, str) and cell.strip().upper() in ERRORS


def errors_in(archive: Archive, sheet: str) -> dict[int, dict[int, str]]:
    """The errors of a sheet of an XLSX workbook by row, from 1, and column, from 0."""
    found: dict[int, dict[int, str]] = {}
    for row, column, said in islice(_errors(archive, _part_of(archive, sheet)), MOST_ERRORS):
        found.setdefault(row, {})[column] = said
    return found


def column_number(letters: bytes) -> int:
    """The place of a column that a spreadsheet names by letters, from 1.

    >>> column_number(b"A"), column_number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _errors(archive: Archive, part: str) -> Iterator[tuple[int, int, str]]:
    rest = b""
    for block in archive.blocks(part) if part in archive.parts else ():
        seen = rest + block
        end = max(seen.rfind(b"<c "), len(seen) - LONGEST_CELL, 0)
        yield from _told(seen[:end])
        rest = seen[end:]
    yield from _told(rest)


def _told(cells: bytes) -> Iterator[tuple[int, int, str]]:
    if b'"e"' not in cells and b"'e'" not in cells:
        return
    for attributes, said in CELL.findall(cells):
        text, place = said.decode("ascii", "replace").strip().upper(), REFERENCE.search(attributes)
        if place and text in ERRORS:
            yield int(place[2]), column_number(place[1]) - 1, text


def _part_of(archive: Archive, sheet: str) -> str:
    """Where in the file a sheet is kept: the workbook gives its name a link, and the links say where."""
    if not {SHEETS, LINKS} <= set(archive.names):
        return ""
    named = {
        each.get("name"): link
        for each in _tags(archive, SHEETS, "sheet")
        for key, link in each.items()
        if key.endswith(":id")
    }
    leads = {each.get("Id"): each.get("Target", "") for each in _tags(archive, LINKS, "Relationship")}
    target = leads.get(named.get(sheet), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _tags(archive: Archive, part: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of each tag of that name in a part."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, given: found.append(given) if tag.rpartition(":")[2] == wanted else None
    try:
        parser.Parse(archive.read(part), True)
    except expat.ExpatError:
        return []
    return found
