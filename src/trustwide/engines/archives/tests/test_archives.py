"""A ZIP file is read as it is, or refused with a reason."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.archives import UnsafeArchiveError, look_into

MEGABYTE = 1 << 20


def packed(parts: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", way) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnsafeArchiveError) as error:
        look_into(io.BytesIO(content), most_unpacked=MEGABYTE)
    return error.value.message


@given(parts=st.dictionaries(st.text("abc/.xml", min_size=1), st.binary(max_size=300), max_size=5), store=st.booleans())
def test_parts_come_out_as_they_went_in(parts: dict[str, bytes], store: bool) -> None:
    parts = {f"p{number}{name.replace('..', '')}": content for number, (name, content) in enumerate(parts.items())}
    file = io.BytesIO(packed(parts, zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED))
    archive = look_into(file, most_unpacked=MEGABYTE)
    assert {name: archive.read(name) for name in archive.names} == parts


@given(content=st.binary(max_size=200), cut=st.integers(0, 400))
def test_damage_is_told_and_nothing_else_is_raised(content: bytes, cut: int) -> None:
    whole = packed({"a.xml": content, "b": content * 3})
    spoilt = bytearray(whole)
    spoilt[cut % len(whole)] ^= 0x5A
    for data in (whole[: cut % len(whole)], bytes(spoilt)):
        with contextlib.suppress(UnsafeArchiveError):
            look_into(io.BytesIO(data), most_unpacked=MEGABYTE)


def lying() -> bytes:
    """A part of 300 kB that says it is of 10 bytes."""
    whole = packed({"a": b"x" * 300_000})
    return whole.replace(struct.pack("<I", 300_000), struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is damaged: it cannot be unpacked."),
        (b"PK\x03\x04 and no more", "The file is damaged: it cannot be unpacked."),
        (packed({"a": b"x" * 600_000, "b": b"x" * 600_000}), "The file unpacks to more than 1 MB."),
        (packed({"a": b"x"}) + b"<script>", "Something else is hidden at the end of the file."),
        (lying(), "A part of the file is larger than it says."),
        (packed({"../a": b""}), "A part of the file would be unpacked outside its own folder."),
        (packed({"/a": b""}), "A part of the file would be unpacked outside its own folder."),
        (packed({"a": b"", "A": b""}), "Two parts of the file have the same name."),
        (packed({"a": b"x"}, zipfile.ZIP_LZMA), "The file is packed in an unusual way."),
        (packed({"a.xml": b"<!DOCTYPE x><x/>"}), "The file declares XML entities of its own, which can do harm."),
        (
            packed({"a.xml": '<?xml version="1.0"?><!doctype x>'.encode("utf-16")}),
            "The file declares XML entities of its own, which can do harm.",
        ),
        (packed({f"{number}": b"" for number in range(10_001)}), "The file is made of more than 10,000 parts."),
    ],
)  # fmt: skip
def test_what_may_do_harm_is_refused(content: bytes, said: str) -> None:
    assert refusal(content) == said
