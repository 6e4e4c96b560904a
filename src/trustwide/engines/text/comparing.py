"""Two texts side by side, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\S+\s*|\s+")
MOST_WORDS = 5_000  # beyond it the texts are shown whole: the comparison takes the square of their length

Marked = list[tuple[str, bool]]  # parts of a text in order, and whether the other text has something else there


def compare(before: str, after: str) -> tuple[Marked, Marked]:
    """Both texts in parts, those that the other does not have marked. Joined again, the parts are the text.

    >>> compare("We listen first.", "We always listen.")
    ([('We ', False), ('listen first.', True)], [('We ', False), ('always listen.', True)])
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [(before, before != after)], [(after, before != after)]
    left: Marked = []
    right: Marked = []
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start < end:
            left.append(("".join(old[start:end]), what != "equal"))
        if first < last:
            right.append(("".join(new[first:last]), what != "equal"))
    return left, right
