"""Plain text as files hold it: its encoding, and its lines."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 and UTF-32 where their mark stands first; UnicodeError for anything else.

    Ends of lines stay as they are: offsets count them.
    """
    return content.decode(next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8"))


def lines_of(text: str) -> list[str]:
    """Only a line feed ends a line, with or without a carriage return before it; the last may do without.

    >>> lines_of("one\\r\\ntwo\\n")
    ['one', 'two']
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines
