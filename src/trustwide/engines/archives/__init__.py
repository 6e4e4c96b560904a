"""ZIP files looked into with care: nothing in them is trusted, and nothing is unpacked that has not been counted.

>>> import io, zipfile
>>> with zipfile.ZipFile(file := io.BytesIO(), "w") as made:
...     made.writestr("a.txt", "hello")
>>> archive = look_into(file, most_unpacked=1_000)
>>> archive.names, archive.read("a.txt")
(['a.txt'], b'hello')
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_PARTS = 10_000
BLOCK = 1 << 16
LOCAL_HEADER = struct.Struct("<4s22xHH")
END = struct.Struct("<4s16xH")
#: A document type comes before the root element; it is what declares entities, and office documents have none.
PROLOGUE = 4_096
XML = (".xml", ".rels", ".rdf")
OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")
AGAIN = "Open it in the program it came from and save it again."


class UnsafeArchiveError(Exception):
    """The ZIP file is damaged or does harm; the message says what is wrong, `cure` what to do."""

    def __init__(self, message: str, cure: str = AGAIN) -> None:
        self.message, self.cure = message, cure
        super().__init__(f"{message} {cure}")


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """A ZIP file whose parts are no larger than they say."""

    file: BinaryIO
    parts: dict[str, zipfile.ZipInfo]

    @property
    def names(self) -> list[str]:
        return list(self.parts)

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece. Raises UnsafeArchiveError where it is damaged or larger than it says."""
        return _unpacked(self.file, self.parts[name])

    def read(self, name: str, most: int = 1 << 20) -> bytes:
        """A part, or as much of its start as may be kept."""
        kept = bytearray()
        for block in self.blocks(name):
            kept += block
            if len(kept) >= most:
                break
        return bytes(kept[:most])


def look_into(file: BinaryIO, *, most_unpacked: int) -> Archive:
    """The parts of a ZIP file, each counted and none kept. Raises UnsafeArchiveError."""
    try:
        with zipfile.ZipFile(file) as opened:
            entries = opened.infolist()
        file.seek(-END.size, 2)
        ends = END.unpack(file.read(END.size))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise UnsafeArchiveError("The file is damaged: it cannot be unpacked.") from error
    if ends != (b"PK\x05\x06", 0):
        raise UnsafeArchiveError("Something else is hidden at the end of the file.")
    _check_directory(entries, most_unpacked)
    archive = Archive(file, {entry.filename: entry for entry in entries})
    for entry in entries:
        _check_part(archive, entry)
    return archive


def _check_directory(entries: list[zipfile.ZipInfo], most_unpacked: int) -> None:
    if len(entries) > MOST_PARTS:
        raise UnsafeArchiveError(f"The file is made of more than {MOST_PARTS:,} parts.")
    if sum(entry.file_size for entry in entries) > most_unpacked:
        said = f"{most_unpacked / (1 << 20):,.0f} MB"
        raise UnsafeArchiveError(f"The file unpacks to more than {said}.", "Save only the part that is needed.")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise UnsafeArchiveError("Two parts of the file have the same name.")
    for entry in entries:
        if OUTSIDE.search(entry.orig_filename):
            raise UnsafeArchiveError("A part of the file would be unpacked outside its own folder.")
        if entry.flag_bits & 0x41:
            raise UnsafeArchiveError("The file is protected by a password.", "Take the password off.")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnsafeArchiveError("The file is packed in an unusual way.")


def _check_part(archive: Archive, entry: zipfile.ZipInfo) -> None:
    head = b""
    for block in archive.blocks(entry.filename):
        if len(head) < PROLOGUE:
            head += block
    if entry.filename.lower().endswith(XML):
        plain = head[: 2 * PROLOGUE].replace(b"\0", b"").upper()  # UTF-16 read as if it were ASCII
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise UnsafeArchiveError("The file declares XML entities of its own, which can do harm.")


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry holds, by its compressed bytes and not by what its header says."""
    left = _packed_length(file, entry)
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    total = 0
    try:
        while left > 0 and (packed := file.read(min(BLOCK, left))):
            left -= len(packed)
            while packed:
                block = inflate.decompress(packed, BLOCK) if inflate else packed
                packed = inflate.unconsumed_tail if inflate else b""
                total += len(block)
                if total > entry.file_size:
                    raise UnsafeArchiveError("A part of the file is larger than it says.")
                place = file.tell()
                yield block
                file.seek(place)
    except zlib.error as error:
        raise UnsafeArchiveError("The file is damaged: it cannot be unpacked.") from error
    if total != entry.file_size:
        raise UnsafeArchiveError("The file is damaged: a part of it is missing.")


def _packed_length(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    try:
        file.seek(entry.header_offset)
        magic, name, extra = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    except (struct.error, ValueError, OSError) as error:
        raise UnsafeArchiveError("The file is damaged: a part of it is missing.") from error
    if magic != b"PK\x03\x04":
        raise UnsafeArchiveError("The file is damaged: a part of it is missing.")
    file.seek(name + extra, 1)
    return entry.compress_size
