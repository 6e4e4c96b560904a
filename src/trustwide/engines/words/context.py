"""What stands near a part of a text. Windows are short, so that the work stays in step with the length of the text."""

from __future__ import annotations

import re

BEFORE, AFTER = 90, 50
#: Small letters for A to Z alone, so that no character changes its length and offsets hold.
SMALL = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
#: The end of a sentence, but not the full stop of "Mrs. Jones" or "hosp. no. 12".
STOP = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[Tt]el)(?<!\b[Nn]o)(?<!\b[Mm]ob)(?<!\b[Hh]osp)(?<!\b[Pp]t)(?<!\b[A-Za-z])"
    r"[.!?](?=\s)|\n"
)

#: What is about patients and is none: put behind "patient", in small letters or not.
NO_THING = (
    r"(?! (?:surveys?|groups?|transport|safety|experience|information|records? system|forum|council|panel|stor(?:y|ies)"
    r"|charter|association|participation|lounge|call|lift|hoist|trolley|entrance|portal|app|care|flow|board|day|leaflets?)\b)"
)


def before(text: str, start: int, reach: int = BEFORE) -> str:
    """What comes before, at most so far, within the sentence."""
    window = text[max(0, start - reach) : start]
    last = 0
    for stop in STOP.finditer(window):
        last = stop.end()
    return window[last:]


def after(text: str, end: int, reach: int = AFTER) -> str:
    """What follows, at most so far, within the sentence."""
    window = text[end : end + reach]
    stop = STOP.search(window)
    return window[: stop.start()] if stop else window


def small(text: str) -> str:
    """The text in small letters, as long as it was: patterns that ignore no case are several times as fast."""
    return text.translate(SMALL)
