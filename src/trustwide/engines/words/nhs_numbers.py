"""NHS numbers: ten digits, however they are spaced, of which the last checks the other nine (modulus 11)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from trustwide.engines.words.finding import Finding

DIGITS = 10
BETWEEN = r"(?:[ \u00a0\u2009\u202f]{1,2}|[.·•\-‐‑–/_,]| [-–] |\) ?)"
#: Digits of any script: some keyboards type wide ones.
RUN = re.compile(rf"\d+(?:{BETWEEN}\d+)*")
GROUP = re.compile(r"\d+")
USUAL = (3, 3, 4)
#: A date and a time may add up to ten digits too.
DATE_AND_TIME = {(2, 2, 4, 2), (4, 2, 2, 2)}
PAIRS = (2, 2, 2, 2, 2)
#: These stand between other numbers too, or in a list: only with them in the usual groups.
ODD = re.compile(r"[_,)]")
LABEL = re.compile(r"(?:nhs|no|num|number|n)$", re.IGNORECASE)
SAY = "Leave the NHS number out: nobody needs to know which patient it was. Say “a patient”."


def checks(digits: str) -> bool:
    """Whether the tenth digit is the one that modulus 11 asks for.

    >>> checks("9434765919"), checks("9434765918")
    (True, False)
    """
    wanted = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return wanted % 11 == int(digits[9]) and wanted != DIGITS


def nhs_numbers(text: str) -> Iterator[Finding]:
    for run in RUN.finditer(text):
        if run.end() - run.start() >= DIGITS:
            groups = [(group.start(), group.end()) for group in GROUP.finditer(text, run.start(), run.end())]
            yield from within(text, groups)


def within(text: str, groups: list[tuple[int, int]]) -> Iterator[Finding]:
    """Neighbouring groups of digits that together are an NHS number."""
    first = 0
    while first < len(groups):
        last, count = first, groups[first][1] - groups[first][0]
        while count < DIGITS and last + 1 < len(groups):
            last += 1
            count += groups[last][1] - groups[last][0]
        start, end = groups[first][0], groups[last][1]
        if count == DIGITS and stands_alone(text, start, end) and believable(text, groups[first : last + 1]):
            yield Finding("identifier", "nhs_number", text[start:end], start, end, SAY)
            first = last
        first += 1


def believable(text: str, groups: list[tuple[int, int]]) -> bool:
    sizes = tuple(end - start for start, end in groups)
    gaps = {text[end:start] for (_, end), (start, _) in itertools.pairwise(groups)}
    if sizes != USUAL and (len(gaps) > 1 or ODD.search("".join(gaps))):
        return False
    digits = "".join(text[start:end] for start, end in groups)
    return sizes not in DATE_AND_TIME and not (sizes == PAIRS and may_be_a_time(digits)) and checks(digits)


def may_be_a_time(pairs: str) -> bool:
    """Whether five pairs may be a date, day or year first, and a time.

    >>> may_be_a_time("1403250830"), may_be_a_time("9434765919")
    (True, False)
    """
    one, month, other, hour, minute = (int(pairs[place : place + 2]) for place in range(0, DIGITS, 2))
    return min(one, other) <= 31 and month <= 12 and hour < 24 and minute < 60


def stands_alone(text: str, start: int, end: int) -> bool:
    """Not part of a longer code, an amount of money or a number with a decimal comma."""
    if text[end : end + 1].isalnum() or text[end : end + 1] == "_":
        return False
    letter = text[start - 1 : start]
    if letter.isalpha():
        return LABEL.search(text[max(0, start - 6) : start]) is not None
    return letter not in {"£", "_"} and not (letter == "," and text[max(0, start - 2) : start - 1].isdigit())
