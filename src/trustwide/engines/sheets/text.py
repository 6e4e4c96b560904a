"""CSV as people have it: any usual encoding, separator and line end."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any, BinaryIO

import numpy as np

from trustwide.engines.sheets.problem import SAVE_AS_CSV, Problem, UnreadableError
from trustwide.engines.sheets.table import CHUNK_ROWS, Chunk, FaultyRow, Table, chunk_of

DELIMITERS = ";\t|,"  # in doubt not the comma: it is the one that also stands in words and numbers
BLOCK = 1 << 20
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))
UNCLOSED = (
    "A quotation mark is opened and never closed, or stands inside a cell.",
    'Close it, or write it twice ("") where it is part of the text.',
)


def read_text(file: BinaryIO, name: str) -> Table:
    """Read CSV text. Raises UnreadableError where it is no text or has no header."""
    start = file.tell()
    encoding, has_nul = _survey(file)
    file.seek(start)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        delimiter, lines = _delimiter(list(islice(text, 40)))
        peeked = iter(lines)
        header_row, headers = (records := _Records(chain(peeked, text), delimiter)).header()
        chunks = _chunks("".join(peeked), text, records.number, headers, delimiter, has_nul)
    except BaseException:
        text.detach()
        raise
    return Table(name, list(headers), chunks, header_row, decimal_comma=delimiter == ";")


def _survey(file: BinaryIO) -> tuple[str, bool]:
    """The encoding, and whether a NUL stands anywhere in the file (read once through, a block at a time)."""
    head = file.read(BLOCK)
    encoding = _utf16(head)
    if encoding:
        return encoding, True
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_nul, is_utf8, block = False, True, head
    while block:
        has_nul = has_nul or b"\0" in block
        if is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
        block = file.read(BLOCK)
    controls = len(head) - len(head.translate(None, CONTROLS))
    if controls > (0.3 if is_utf8 else 0.02) * len(head):
        raise UnreadableError.because("This is not text, so it is no CSV file, whatever its name says.", SAVE_AS_CSV)
    return ("utf-8-sig" if is_utf8 else "cp1252"), has_nul


def _utf16(head: bytes) -> str:
    """UTF-16 by its mark or, without one, by every other byte being NUL as in plain English text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(odd) < 4:
        return ""
    zeros_even, zeros_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zeros_odd > 0.7 and zeros_even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > 0.7 and zeros_odd < 0.1 else ""


def _delimiter(lines: list[str]) -> tuple[str, list[str]]:
    """The separator under which the first rows have most evenly the header's number of cells."""
    if lines and lines[0][:4].lower() == "sep=" and lines[0][4:5] in tuple(DELIMITERS):
        return lines[0][4], lines[1:]  # Excel's own hint, which it does not show as a row

    def evenness(delimiter: str) -> tuple[bool, float, int]:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return False, 0, 0
        width = len(rows[0]) if rows else 0
        return width > 1, sum(len(row) == width for row in rows) / max(len(rows), 1), width

    return max(DELIMITERS, key=evenness), lines


class _Records:
    """The rows of a CSV text by number; a row that cannot be read is noted and the reading goes on."""

    def __init__(self, lines: Iterator[str], delimiter: str, number: int = 0) -> None:
        self.reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self.number = number

    def take(self, count: int) -> tuple[list[Sequence[str]], list[int], list[int]]:
        """Up to `count` rows, their numbers, and the numbers of rows that could not be read."""
        rows: list[Sequence[str]] = []
        numbers: list[int] = []
        broken: list[int] = []
        while len(rows) < count:
            before = len(rows)
            failed = False
            try:
                rows.extend(islice(self.reader, count - before))
            except csv.Error:
                failed = True
            numbers.extend(range(self.number + 1, self.number + 1 + len(rows) - before))
            self.number += len(rows) - before
            if not failed:
                break
            self.number += 1
            broken.append(self.number)
        return rows, numbers, broken

    def header(self) -> tuple[int, Sequence[str]]:
        while True:
            rows, numbers, broken = self.take(1)
            if broken:
                raise UnreadableError.because(*UNCLOSED, row=broken[0])
            if not rows:
                raise UnreadableError.because(
                    "The file is empty.", "Choose a file with a header row and rows of measures."
                )
            if any(cell.strip() for cell in rows[0]):
                break
        if any("\0" in cell for cell in rows[0]):
            raise UnreadableError([_nul(numbers[0])])
        return numbers[0], rows[0]


def _chunks(
    block: str, text: io.TextIOWrapper, number: int, headers: Sequence[str], delimiter: str, has_nul: bool
) -> Generator[Chunk, None, None]:
    """The rows after row `number`. Up to the first quotation mark, splitting text is enough and twice as fast."""
    try:
        block = block or _block(text)
        while block and not has_nul and '"' not in block:
            chunk, lines = _split(block, number, len(headers), delimiter)
            number += lines
            if len(chunk.rows) or chunk.faulty:
                yield chunk
            block = _block(text)
        records = _Records(chain(io.StringIO(block, newline=""), text), delimiter, number)
        yield from _parsed(records, headers, delimiter, has_nul)
    finally:
        text.detach()  # the file belongs to whoever opened it


def _block(text: io.TextIOWrapper) -> str:
    """Some more of the text, to the end of a line."""
    return text.read(BLOCK) + text.readline()


def _split(block: str, number: int, width: int, delimiter: str) -> tuple[Chunk, int]:
    """The rows of a text without quotation marks, and how many lines it has."""
    if "\r" in block:
        block = block.replace("\r\n", "\n").replace("\r", "\n")
    lines = block.removesuffix("\n").split("\n")
    numbers = range(number + 1, number + 1 + len(lines))
    if set(map(str.count, lines, repeat(delimiter))) == {width - 1} and width > 1:
        cells = delimiter.join(lines).split(delimiter)
        return Chunk(np.arange(numbers.start, numbers.stop), [cells[place::width] for place in range(width)]), len(
            lines
        )
    return chunk_of([line.split(delimiter) for line in lines], numbers, width, delimiter), len(lines)


def _parsed(records: _Records, headers: Sequence[str], delimiter: str, has_nul: bool) -> Generator[Chunk, None, None]:
    while True:
        rows, numbers, broken = records.take(CHUNK_ROWS)
        if not rows and not broken:
            return
        faulty = [FaultyRow(Problem(*UNCLOSED, row=number), ()) for number in broken]
        if has_nul:
            rows, numbers = _without_nul(rows, numbers, headers, faulty)
        chunk = chunk_of(rows, numbers, len(headers), delimiter)
        chunk.faulty.extend(faulty)
        if len(chunk.rows) or chunk.faulty:
            yield chunk


def _without_nul(
    rows: list[Sequence[str]], numbers: list[int], headers: Sequence[str], faulty: list[FaultyRow]
) -> tuple[list[Sequence[str]], list[int]]:
    kept: list[Any] = []
    for number, row in zip(numbers, rows, strict=True):
        at = next((place for place, cell in enumerate(row) if "\0" in cell), None)
        if at is None:
            kept.append((number, row))
        else:
            faulty.append(FaultyRow(_nul(number, headers[at] if at < len(headers) else None), row))
    return [row for _, row in kept], [number for number, _ in kept]


def _nul(row: int, column: str | None = None) -> Problem:
    message = "There is a NUL character here, which no text should hold."
    return Problem(message, "Save the file again from the program it came from.", row=row, column=column)
