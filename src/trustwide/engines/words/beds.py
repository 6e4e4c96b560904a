"""Bed, bay and side-room numbers beside one person: enough for a colleague to know who it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustwide.engines.words.finding import Finding

PLACE = (
    r"(?:(?:bed|bay|cubicle|side ?room|trolley|chair|room) ?(?:no\.? ?|number ?|#)?[A-H]?[0-9]{1,2}[A-H]?"
    r"|(?:bay|cubicle) [A-H](?=\W|$)|sr ?[0-9]{1,2})"
    r"(?:(?:,? (?:of|in|on))?,? (?:bed|bay) ?[A-H]?[0-9]{0,2}[A-H]?)?"
)
PERSON = (
    r"(?:(?:mr|mrs|ms|miss)\.? \w[\w'’-]*|\b(?:patient|pt|lady|gentleman|gent|woman|man"
    r"|chap|girl|boy|baby|mum|dad|resident|relative|daughter|son|wife|husband))"
)
BESIDE = re.compile(
    rf"\b{PERSON}(?:,| who| was| is| has| been| moved| sat| still| again| just| fell|"
    rf" falling| (?:in|at|from|on|to|by)| the| our| with dementia){{0,8}}[ (,-]{{1,2}}(?P<first>{PLACE})\b"
    rf"|\b(?P<second>{PLACE})(?:['’]s (?:daughter|son|wife|husband|family|mum|dad|relatives?)"
    rf"|[ (,:–-]{{1,3}}{PERSON}\b)",
    re.IGNORECASE,
)
A_PLACE = re.compile(PLACE, re.IGNORECASE)
COUNTED = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
#: The number of a room, a chair or a trolley stands on doors and on things: it is left alone.
ANY_PLACE = re.compile(
    r"\b(?:(?:bed ?space|bed|bay|cubicle|side[ -]?room) ?(?:(?:no\.?|number|#) ?)?"
    rf"(?:[A-H]?[0-9]{{1,2}}[A-H]?(?![0-9]|[ -]?(?:%|st\b|nd\b|rd\b|th\b))|(?:{COUNTED})\b|[A-H]\b(?!['’]))"
    r"|sr ?[0-9]{1,2}\b)(?:,? ?(?:of|in)? ?(?:bed|bay) ?[A-H]?[0-9]{1,2}[A-H]?\b)?",
    re.IGNORECASE,
)
SAY_NONE = "Leave the bed or bay out: with the day, it tells who is there. Say “a bed on the ward”."
SAY = "Leave the bed or bay out: with the day, it tells who it was. Say “a patient on the ward”."


def beds(text: str) -> Iterator[Finding]:
    if not A_PLACE.search(text):
        return
    for found in BESIDE.finditer(text):
        start, end = found.span("first" if found["first"] else "second")
        yield Finding("identifier", None, text[start:end], start, end, SAY)


def all_beds(text: str) -> Iterator[Finding]:
    """Every number of a bed, bay or side room, whoever or whatever is beside it: for words that stand on a wall.

    >>> [each.text for each in all_beds("Bed 14 has a broken bell, bay two is full, 3 beds are shut")]
    ['Bed 14', 'bay two']
    """
    for found in ANY_PLACE.finditer(text):
        yield Finding("identifier", None, found[0], *found.span(), SAY_NONE)
