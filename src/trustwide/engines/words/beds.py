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
SAY = "Leave the bed or bay out: with the day, it tells who it was. Say “a patient on the ward”."


def beds(text: str) -> Iterator[Finding]:
    if not A_PLACE.search(text):
        return
    for found in BESIDE.finditer(text):
        start, end = found.span("first" if found["first"] else "second")
        yield Finding("identifier", None, text[start:end], start, end, SAY)
