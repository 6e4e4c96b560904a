"""Typed words inside drawings and tables: made safe, measured and wrapped.

Names and notes are typed by people. Here they become text that is valid and inert in both SVG and HTML.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

#: Not allowed in XML at all, or able to turn the reading direction of what follows (Unicode TR36).
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)

#: Widths of Arial's letters, in parts of the text size; digits and most small letters are 0.556.
WIDTHS = {
    **dict.fromkeys("ijl'|", 0.23),
    **dict.fromkeys(" ,.:;!ftI/()[]-·", 0.3),
    **dict.fromkeys('rsckvxyz"*', 0.5),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&w+=<>", 0.7),
    **dict.fromkeys("mMW%@", 0.88),
}


def plain(words: str) -> str:
    """The words on one line, without characters that XML forbids or that turn the reading direction."""
    if not words.isprintable():  # most words are, and nothing forbidden is
        words = FORBIDDEN.sub("", words)
    return " ".join(words.split())


def safe(words: str) -> str:
    """Words that people typed, as text or attribute for SVG and HTML.

    >>> safe("<b>Ward 7's\\x00 falls</b>")
    '&lt;b&gt;Ward 7&#x27;s falls&lt;/b&gt;'
    """
    return escape(plain(words))


@lru_cache(maxsize=4096)
def width_of(words: str, size: float) -> float:
    """About how wide the words are in Arial, in the unit of `size`; letters beyond Latin count as square."""
    return size * sum(WIDTHS.get(letter, 0.556 if letter < "\u0500" else 1.0) for letter in words)


def wrapped(words: str, size: float, room: float, lines: int) -> list[str]:
    """The words in at most so many lines of this room, the last ending in "…" where there were more.

    >>> wrapped("New lounge opened on the ground floor", 13, 130, 2)
    ['New lounge opened', 'on the ground floor']
    """
    found: list[str] = []
    rest = plain(words)
    while rest and len(found) < lines:
        line = _fitting(rest, size, room)
        rest = rest[len(line) :].lstrip()
        found.append(line.rstrip())
    if rest:
        found[-1] = shortened(f"{found[-1]} {rest}", size, room)
    return found


def shortened(words: str, size: float, room: float) -> str:
    """The words, cut to the room with "…" where they do not fit."""
    if width_of(words, size) <= room:
        return words
    return _prefix(words, size, room - size).rstrip() + "…"


def _fitting(words: str, size: float, room: float) -> str:
    """As many whole words as fit, or as much of the first as does."""
    line = _prefix(words, size, room)
    if len(line) < len(words) and words[len(line)] != " " and " " in line:
        return line[: line.rindex(" ") + 1]
    return line


def _prefix(words: str, size: float, room: float) -> str:
    used = 0.0
    for place, letter in enumerate(words):
        used += size * WIDTHS.get(letter, 0.556 if letter < "\u0500" else 1.0)
        if used > room:
            return words[: max(1, place)]
    return words
