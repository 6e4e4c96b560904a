"""Where the sentences of a text stand. A place is half-open and counts Unicode code points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Place(NamedTuple):
    start: int
    end: int


#: A line longer than this holds a whole paragraph: the text is not wrapped.
WRAPPED = 130
LONGEST = 600
BULLET = re.compile(r"\s*(?:[•●▪◦·*–—-]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z][.)])\s")
#: The end of a sentence. What comes before a stop that ends none is tried at the place itself.
STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])")
NO_STOP = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|no|nos|dr|mr|mrs|ms|prof|st|rev|hon|dept|tel|ext|fig|para|sec|min|max)"
    r"|\b[A-Za-z])$",
    re.IGNORECASE,
)
LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
BREAK = re.compile(r"[;:,]\s|\s")
NO_STOP_LOOKS_BACK = 10


def sentences(text: str) -> list[Place]:
    """The places of the sentences, in order, none empty and none overlapping."""
    found: list[Place] = []
    for paragraph in _paragraphs(text):
        for start, end in _stops(text, paragraph):
            found += _short_enough(text, start, end)
    return found


def _paragraphs(text: str) -> Iterator[Place]:
    """Lines, or lines joined where the text is wrapped."""
    lines = [Place(each.start(), each.end()) for each in LINE.finditer(text)]
    wrapped = max((end - start for start, end in lines), default=0) <= WRAPPED
    usual = _usual_width(lines)
    begun: int | None = None
    for number, (start, end) in enumerate(lines):
        begun = start if begun is None else begun
        after = lines[number + 1] if number + 1 < len(lines) else None
        if after is None or not wrapped or not _goes_on(text, Place(start, end), after, usual):
            yield Place(begun, end)
            begun = None


def _usual_width(lines: list[Place]) -> int:
    widths = sorted(end - start for start, end in lines)
    return widths[len(widths) * 3 // 4] if widths else 0


def _goes_on(text: str, line: Place, after: Place, usual: int) -> bool:
    """Whether the next line belongs to the same paragraph as this one."""
    between = text[line.end : after.start].replace("\r\n", "\n")
    following = text[after.start : after.end]
    if len(between) > 1 or not following.strip() or BULLET.match(following):
        return False
    first = following.lstrip()[0]
    long_enough = line.end - line.start >= 0.7 * usual and line.end - line.start > 40
    return first.islower() or first in "(" or long_enough


def _stops(text: str, paragraph: Place) -> Iterator[Place]:
    start = paragraph.start
    for stop in STOP.finditer(text, paragraph.start, paragraph.end):
        before = text[max(start, stop.start() - NO_STOP_LOOKS_BACK) : stop.start()]
        if stop.group()[0] == "." and NO_STOP.search(before):
            continue
        yield from _trimmed(text, start, stop.end())
        start = stop.end()
    yield from _trimmed(text, start, paragraph.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Place]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Place(start, end)


def _short_enough(text: str, start: int, end: int) -> Iterator[Place]:
    """Tables and run-on text have no stops: they are cut where words end, so that a quotation stays readable."""
    while end - start > LONGEST:
        cuts = [each.end() for each in BREAK.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = cuts[-1] if cuts else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
