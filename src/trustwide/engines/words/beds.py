"""Bed, bay and side-room numbers beside one person: enough for a colleague to know who it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from trustwide.engines.words.context import NO_THING
from trustwide.engines.words.finding import Finding

PLACE = (
    r"(?:(?:bed|bay|cubicle|side ?room|trolley|chair|room) ?(?:no\.? ?|number ?|#)?[A-H]?[0-9]{1,2}[A-H]?"
    r"|(?:bay|cubicle) [A-H](?=\W|$)|sr ?[0-9]{1,2})"
    r"(?:(?:,? (?:of|in|on))?,? (?:bed|bay) ?[A-H]?[0-9]{0,2}[A-H]?)?"
)
SURNAME = r"(?-i:[A-Z][a-z]*['’-]?[A-Z]?[a-z]+)"
PATIENT = rf"\b(?:patient|pt){NO_THING}"
PERSON = (
    rf"(?:(?:mr|mrs|ms|miss)\.? \w[\w'’-]*|{PATIENT} {SURNAME}|\b(?:patient|pt|lady|gentleman|gent|woman|man"
    r"|chap|girl|boy|baby|mum|dad|resident|relative|daughter|son|wife|husband))"
)
BESIDE = re.compile(
    rf"\b{PERSON}(?:,| who| was| is| has| been| moved| sat| still| again| just| fell|"
    rf" falling| (?:in|at|from|on|to|by)| the| our| with dementia){{0,8}}[ (,-]{{1,2}}(?P<first>{PLACE})\b"
    rf"|\b(?P<second>{PLACE})(?:['’]s (?:daughter|son|wife|husband|family|mum|dad|relatives?)"
    rf"|[ (,:–-]{{1,3}}{PERSON}\b)",
    re.IGNORECASE,
)
#: "Pt Smith B4", "pt Ofori in B6": a letter and a number alone, right behind a patient's surname, and no vitamin, paper
#: or bone ("Pt Smith B12 low", "Pt Shah C5 fracture").
SHORT = re.compile(
    rf"{PATIENT} {SURNAME},? (?:(?:in|at|from) |(?!(?:B6|B12|D2|D3)\b))(?P<first>[A-H][0-9]{{1,2}})\b"
    r"(?! (?:fractures?|injur\w+|levels?|forms?|letters?|leaflets?|envelopes?|paper|sheets?"
    r"|posters?|tablets?|inject\w+|vertebra\w*|spin\w+)\b)",
    re.IGNORECASE,
)
A_PLACE = re.compile(PLACE, re.IGNORECASE)
NAMES = Path(__file__).parent / "lexicon" / "first_names.txt"
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


@cache
def by_first_name() -> re.Pattern[str]:
    """ "Jean in bed 14", "Alf (bay C)": a first name in capitals, since hoists and estates are in bays too."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    names = "|".join(name for line in lines if not line.startswith("#") for name in line.split())
    return re.compile(
        rf"\b(?-i:{names})(?: {SURNAME})?(?:,? (?:in|at) | ?\(|, )"
        rf"(?P<first>(?=bed|bay|side ?room|sr ?[0-9]|cubicle){PLACE})\b",
        re.IGNORECASE,
    )


def beds(text: str) -> Iterator[Finding]:
    patterns = [SHORT]
    if A_PLACE.search(text):
        patterns += [BESIDE, by_first_name()]
    for pattern in patterns:
        for found in pattern.finditer(text):
            start, end = found.span("first") if found["first"] else found.span("second")
            yield Finding("identifier", None, text[start:end], start, end, SAY)


def all_beds(text: str) -> Iterator[Finding]:
    """Every number of a bed, bay or side room, whoever or whatever is beside it: for words that stand on a wall.

    >>> [each.text for each in all_beds("Bed 14 has a broken bell, bay two is full, 3 beds are shut")]
    ['Bed 14', 'bay two']
    """
    for found in ANY_PLACE.finditer(text):
        yield Finding("identifier", None, found[0], *found.span(), SAY_NONE)
