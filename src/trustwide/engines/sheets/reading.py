"""Opens a file and finds out by its content, never its name, what it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO, cast

from trustwide.engines.sheets.problem import EMPTY, SAVE_AS_CSV, UnreadableError
from trustwide.engines.sheets.table import Chunk, Table

#: What a file begins with when it is something that people rename to .csv.
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"#!": "a program",
    b"{\\rtf": "a text document",
}
PAGES = (b"<!doctype", b"<!--", b"<?", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe", b"<table")
IN_MEMORY = 64 << 20


def read(source: Path | str | BinaryIO, *, name: str | None = None) -> Table:
    """Read the first table of a CSV, XLSX, XLS, ODS or Parquet file, a chunk at a time.

    `source` is a path or an open binary file, which is read from its start; `name` names the table (else the file's
    own name, without ending).
    Raises `UnreadableError`, whose `problems` say what is wrong with the file and the cure.
    """
    file, owned = _opened(source)
    try:
        table = _with_rows(_by_content(file, name or _stem(source)))
    except BaseException:
        if owned:
            file.close()
        raise
    table.own_file = file if owned else None
    return table


def _opened(source: Path | str | BinaryIO) -> tuple[BinaryIO, bool]:
    """A file that can be read twice, and whether we opened it."""
    if isinstance(source, str | Path):
        try:
            file = Path(source).open("rb")  # noqa: SIM115  closed with the table
        except OSError as error:
            message = f"The file {source} cannot be opened: {(error.strerror or str(error)).lower()}."
            raise UnreadableError.because(message, "Check its name and that you may read it.") from error
        if file.seekable():
            return file, True
        with file:  # a pipe that has a name
            return _spooled(file), True
    if source.seekable():
        source.seek(0)
        return source, False
    return _spooled(source), True


def _spooled(source: BinaryIO) -> BinaryIO:
    spool = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed with the table
    shutil.copyfileobj(source, spool, 1 << 20)
    spool.seek(0)
    return cast(BinaryIO, spool)


def _stem(source: Path | str | BinaryIO) -> str:
    name = source if isinstance(source, str | Path) else getattr(source, "name", "")
    return Path(name).stem if isinstance(name, str | Path) and not str(name).startswith("<") else ""


def _by_content(file: BinaryIO, name: str) -> Table:
    """Each reader is imported only when it is needed: they take longer to load than most files to read."""
    start = file.tell()
    head = file.read(1 << 16)
    file.seek(start)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UnreadableError.because(*EMPTY)
    if head.startswith(b"PAR1"):
        from trustwide.engines.sheets.parquet import read_parquet

        return read_parquet(file, name)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from trustwide.engines.sheets.workbook import read_workbook

        return read_workbook(file, name)
    _refuse_other_kinds(head)
    from trustwide.engines.sheets.text import read_text

    return read_text(file, name)


def _refuse_other_kinds(head: bytes) -> None:
    for magic, kind in OTHER_KINDS.items():
        if head.startswith(magic) or (magic == b"%PDF" and magic in head[:1024]):
            raise UnreadableError.because(f"This is {kind}, not a table, whatever its name says.", SAVE_AS_CSV)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(PAGES):
        raise UnreadableError.because("This is a web page, not a table, whatever its name says.", SAVE_AS_CSV)


def _with_rows(table: Table) -> Table:
    """The table, once its first rows are seen to be there."""
    first = next(table.chunks, None)
    if first is None:
        raise UnreadableError.because("The file has a header but no rows.", "Add a row for each date under the header.")
    rest = table.chunks

    def chunks() -> Generator[Chunk, None, None]:
        yield first
        yield from rest

    table.chunks = chunks()
    return table
