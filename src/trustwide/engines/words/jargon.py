"""Jargon with plain words for it, and acronyms that the same text does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from trustwide.engines.words.context import after, before
from trustwide.engines.words.finding import Finding

LEXICON = Path(__file__).parent / "lexicon"
WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
ACRONYM = re.compile(r"(?<![\w@/&.£-])(?:[A-Z][A-Z&]{0,4}[A-Z])(?:['’]?s)?(?![\w@]|-?[0-9]|\.[a-zA-Z])")
#: A term does not go over these.
STOPS = re.compile(r"[,;:.!?()\n]")
SMALL_WORDS = {"of", "the", "and", "for", "to", "in", "a", "an", "on", "or", "by", "with", "at", "&"}
#: Letters in both sizes: ToR, PbR, SaLT. Known ones alone, since names are written so too (McD, iPad).
MIXED = re.compile(
    r"(?<![\w@/&.£-])(?=[A-Z]{1,3}[a-z][A-Z])[A-Z][a-z]?(?:[A-Z][a-z]?){0,2}[A-Z](?:['’]?s)?"
    r"(?![\w@]|-?[0-9]|\.[a-zA-Z])"
)
SMALL_THEN_CAPITAL = re.compile(r"[a-z][A-Z]")
#: What follows "means" tells what comes of it, not what it stands for: "the EPR means nobody looks at them". Nor does
#: it where nothing follows, or for whom: "what a KPI means", "what a KPI means for us".
COMES_OF_IT = (
    r"(?:\s*(?:[.?!,;]|$)|(?: that)? (?:for|to|nobody|no[- ]one|every(?:one|body)|some(?:one|body)|people|staff"
    r"|patients|nurses|doctors|famil(?:y|ies)|relatives|carers|managers|teams|wards|we|they|you|i|he|she|it|there|nothing|more|less|fewer|waiting|having)\b)"
)
#: Words that say that the next words explain.
MEANS = re.compile(
    rf"^['’]?s?\s*(?:=|means?\b(?!{COMES_OF_IT})|stands? for|is short for|\(?(?:that is|i\.e\.|meaning"
    r"|short for|or,? the)\b)",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:known as|called|shortened to|abbreviated to|we say|for short,?) (?:an? |the"
    r" )?[\"“'‘]?$",
    re.IGNORECASE,
)
BRACKET = re.compile(r"^(?:['’]?s)?\s*(?:\(|[-–—,:] ?)(?P<inside>[^()\n]{3,80})\)?")
#: A term before its letters, "statistical process control (SPC)"; the label of a number, "PAS number 12".
NAMED = re.compile(r"^(?: [a-z]+){0,2},? ?\([A-Z][A-Za-z]{1,6}\)")
LABEL = re.compile(r"^ (?:number|no|num|id)\b", re.IGNORECASE)
TWO_CAPITALS = re.compile(r"[A-Z&]{2}")
AROUND = 12
NEAR = 120


def entries(name: str) -> Iterator[tuple[str, str]]:
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            exact = line.startswith("=")
            term, _, plain = line.removeprefix("=").partition(" = ")
            yield ("=" + term if exact else term), plain


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude one: leverage, leveraged and leveraging are one word.

    >>> {stem(word) for word in ("leverage", "leverages", "leveraged", "leveraging")}
    {'leverag'}
    """
    for ending in ("ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


@cache
def phrases() -> dict[str, list[tuple[tuple[str, ...], bool, str]]]:
    """Terms by their first word (exact) or its stem, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    for term, plain in entries("jargon.txt"):
        exact = term.startswith("=")
        words = tuple(each if exact else stem(each) for each in WORD.findall(term.lower().removeprefix("=")))
        found.setdefault(("=" if exact else "") + words[0], []).append((words, exact, plain))
    for candidates in found.values():
        candidates.sort(key=lambda each: -len(each[0]))
    return found


@cache
def acronyms() -> dict[str, str]:
    return dict(entries("acronyms.txt"))


@cache
def everyday() -> frozenset[str]:
    lines = (LEXICON / "everyday.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def jargon(text: str) -> Iterator[Finding]:
    words = list(WORD.finditer(text))
    low = [word[0].lower() for word in words]
    stems = [stem(word) for word in low]
    yield from terms(text, words, low, stems)
    yield from unexplained(text, words)


def terms(text: str, words: list[re.Match[str]], low: list[str], stems: list[str]) -> Iterator[Finding]:
    place = 0
    while place < len(words):
        size, plain = longest(low, stems, place)
        if size:
            start, end = words[place].start(), words[place + size - 1].end()
            if (
                not explained(text, text[start:end].upper(), start, end)
                and not STOPS.search(text[start:end])
                and not meant_literally(text, start, end)
            ):
                yield Finding("jargon", None, text[start:end], start, end, f"Say “{plain}”.")
        place += max(size, 1)


def longest(low: list[str], stems: list[str], place: int) -> tuple[int, str]:
    best, said = 0, ""
    known = phrases()
    for key, forms in (("=" + low[place], low), (stems[place], stems)):
        for words, _, plain in known.get(key, ()):
            if len(words) > best and tuple(forms[place : place + len(words)]) == words:
                best, said = len(words), plain
    return best, said


@cache
def literal() -> dict[str, re.Pattern[str]]:
    """Terms that are things as well, with the words beside which they are."""
    return {
        term: re.compile(rf"\b(?:{'|'.join(beside.split(', '))})\b", re.IGNORECASE)
        for term, beside in entries("literal.txt")
    }


def meant_literally(text: str, start: int, end: int) -> bool:
    """A front door that has a lock, a sprint on sports day."""
    beside = literal().get(text[start:end].lower())
    return beside is not None and bool(beside.search(before(text, start) + text[start:end] + after(text, end)))


def unexplained(text: str, words: list[re.Match[str]]) -> Iterator[Finding]:
    yield from in_capitals(text, words)
    if SMALL_THEN_CAPITAL.search(text):
        for found in MIXED.finditer(text):
            bare = re.sub(r"['’]?s$", "", found[0])
            known = acronyms().get(bare) or acronyms().get(bare.upper())
            if known and not explained(text, bare.upper(), *found.span()):
                yield Finding("jargon", None, found[0], *found.span(), f"Say “{known}”.")


def in_capitals(text: str, words: list[re.Match[str]]) -> Iterator[Finding]:
    if not TWO_CAPITALS.search(text):
        return
    shouted = {place for place, word in enumerate(words) if word[0].isupper() and len(word[0]) > 1}
    position = {word.start(): place for place, word in enumerate(words)}
    for found in ACRONYM.finditer(text):
        start, end = found.span()
        bare = re.sub(r"['’]?s$", "", found[0])
        if bare in everyday() or found[0] in everyday() or bare == "A&E":
            continue
        known = acronyms().get(bare) or acronyms().get(found[0])
        place = position.get(start, -9)
        loud = (place - 1 in shouted) + (place + 1 in shouted) + (place + 2 in shouted) + (place - 2 in shouted)
        if known is None and (len(bare) < 3 or loud >= 2):
            continue
        if not explained(text, bare, start, end):
            say = f"Say “{known}”." if known else "Say it in full: not everybody knows these letters."
            yield Finding("jargon", None, found[0], start, end, say)


def explained(text: str, letters: str, start: int, end: int) -> bool:
    """Whether the words beside it say what it stands for; looks only near, so that the work stays linear."""
    lead, tail = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    if MEANS.match(tail) or CALLED.search(lead) or NAMED.match(tail) or LABEL.match(tail):
        return True
    if not letters.isalpha() or len(letters) > 7:
        return False
    letters = letters.lower().removesuffix("s") if len(letters) > 3 else letters.lower()
    inside = BRACKET.match(tail)
    lead_words, tail_words = WORD.findall(lead)[-AROUND:], WORD.findall(tail)[:AROUND]
    if len(letters) > 2 or lead.rstrip().endswith("(") or (inside and tail.lstrip("s'’ ").startswith("(")):
        return spells(lead_words, letters) or spells(tail_words, letters) or told(letters, lead, tail)
    return False


def spells(words: list[str], letters: str) -> bool:
    """Whether neighbouring words begin with these letters, small words counted or not."""
    if not words:
        return False
    every = "".join(word[0] for word in words).lower()
    large = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS).lower()
    return letters in every or letters in large


def told(letters: str, lead: str, tail: str) -> bool:
    """In brackets beside its meaning, though the letters differ: "medicines to take home (TTOs)"."""
    plain = acronyms().get(letters.upper(), "").lower().split()
    meaning = {word for word in plain if word not in SMALL_WORDS}
    if lead.rstrip().endswith("(") and re.match(r"['’]?s?\s*\)", tail):
        near = {word.lower() for word in WORD.findall(lead)[-7:]}
        return bool(meaning & near) or not plain
    opened = re.match(r"^(?:['’]?s)?\s*\((?P<inside>[a-zA-Z ,'’-]{6,60})\)", tail)
    return opened is not None and len(opened["inside"].split()) > 1
