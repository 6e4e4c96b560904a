"""The words of a text cut to their roots, the ideas that they stand for, and both as numbers that can be kept."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.words.jargon import acronyms

Marks = NDArray[np.uint32]
#: Apostrophes stay inside a word; "A&E" and "U&Es" are one.
WORD = re.compile(r"[^\W_]+(?:[&'][^\W_]+)*")
FOLDER = Path(__file__).parent
#: Of one text; what is beyond them it has said by then.
MOST_WORDS, MOST_IDEAS = 64, 48
LONGEST_TERM = 3
#: Acronyms that are words as well, when they are not in capitals.
ALSO_WORDS = frozenset(WORD.findall("ao bi cas news od ooh pas place raid rag salt tor si sis it is at all fast"))
SMALL_WORDS = frozenset(
    WORD.findall(
        "a about after all also an and any anyone are as at be because been before being but by can cant could did do "
        "does doesnt doing done dont each else every everyone for from get gets getting give go goes going got had has "
        "have having help her here him his how i if in into is isnt it its just keep let lot made make makes many me "
        "more most much my need needs no nobody not now of off on one ones only or our out over own people person put "
        "really said say see she so some somebody someone something still take than that the their them then there "
        "these they thing things this those to too try trying up us use used very want was way we well were what when "
        "where which while who why will with without would you your"
    )
)
#: The longest that fits goes, or is changed to its partner.
ENDINGS: tuple[tuple[str, str], ...] = (
    ("ations", "at"), ("ation", "at"), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"),
    ("shes", "sh"), ("ings", ""), ("ing", ""), ("ness", ""), ("ments", ""), ("ment", ""), ("edly", ""), ("ed", ""),
    ("ers", ""), ("er", ""), ("ly", ""), ("ss", "ss"), ("us", "us"), ("s", ""),
)  # fmt: skip


def plain(text: str) -> str:
    """Small letters, curly apostrophes straight, no accents."""
    apart = unicodedata.normalize("NFKD", text).lower().replace("’", "'")
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 15)
def root(word: str) -> str:
    """What a word shares with its kin.

    >>> {root(word) for word in ("wait", "waits", "waited", "waiting")}, root("beds"), root("studies")
    ({'wait'}, 'bed', 'study')
    >>> {root(word) for word in ("miss", "missed", "misses")}, root("boxes"), root("appointments")
    ({'miss'}, 'box', 'appoint')
    """
    word = word.replace("n't", "nt")  # as those who hurry write it
    word = word.split("'")[0] if len(word.split("'")[0]) > 1 else word.replace("'", "")
    for ending, instead in ENDINGS:
        kept = word[: len(word) - len(ending)]
        least = 2 if instead in ("ss", "x") else 3
        if word.endswith(ending) and len(kept) >= least and (instead or re.search("[aeiouy]", kept)):
            word = kept + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aelos":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def roots(text: str) -> dict[str, str]:
    """Each root that says something, with the word as it was first written.

    >>> roots("The waits were long, and waiting is dull")
    {'wait': 'waits', 'long': 'long', 'dull': 'dull'}
    """
    found: dict[str, str] = {}
    for each in WORD.findall(plain(text)):
        if each.replace("'", "") not in SMALL_WORDS and (len(each) > 1 or each.isdigit()):
            found.setdefault(root(each), each)
    return found


def mark(name: str) -> int:
    """A root, or an idea's name, as a number of 32 bits: two in millions that share one count as the same word."""
    return crc32(name.encode())


@cache
def _terms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each term of `like_words.txt`, as roots, with the ideas that it may stand for."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in (FOLDER / "like_words.txt").read_text(encoding="utf-8").splitlines():
        terms = [] if line.startswith("#") else line.split(", ")
        for term in terms:
            key = tuple(root(each) for each in WORD.findall(plain(term)))
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), f"~{terms[0]}")))
    return found


def ideas(text: str) -> dict[str, list[str]]:
    """The ideas that a text's words may stand for, each with the roots that say it.

    >>> ideas("bedsores")
    {'~pressure sore': ['bedsor']}
    """
    said = [root(each) for each in WORD.findall(plain(text))]
    found: dict[str, list[str]] = {}
    for start in range(len(said)):
        for end in range(start + 1, min(start + LONGEST_TERM, len(said)) + 1):
            run = said[start:end]
            for idea in _terms().get(tuple(run), ()):
                found[idea] = list(dict.fromkeys((*found.get(idea, []), *run)))
    return found


def marks(text: str) -> Marks:
    """The numbers of a text's roots and then of its ideas, each once: uint32, MOST_WORDS and MOST_IDEAS at most."""
    long = spelt_out(text)
    names = [*list(roots(long))[:MOST_WORDS], *list(ideas(long))[:MOST_IDEAS]]
    return np.array([mark(each) for each in names], np.uint32)


def state_of_lists() -> int:
    """A number that changes with the lists of words and endings, for whoever keeps what was made with them."""
    lists = b"".join((FOLDER / name).read_bytes() for name in ("like_words.txt", "shorthand.txt"))
    return crc32(lists + repr(ENDINGS).encode())


@cache
def shorthand() -> dict[str, str]:
    """What is written short, in small letters, with what it stands for."""
    lines = (FOLDER / "shorthand.txt").read_text(encoding="utf-8").splitlines()
    own = dict(line.split(" = ", 1) for line in lines if line and not line.startswith("#"))
    known = {short.lower(): long for short, long in acronyms().items() if short.lower() not in ALSO_WORDS}
    return {**known, **own}


def spelt_out(text: str) -> str:
    """A text with what its short forms stand for at its end, for the model and for the words alike.

    >>> spelt_out("ttos late")
    'ttos late (medicines to take home)'
    """
    known = shorthand()
    found = dict.fromkeys(known[each] for each in WORD.findall(plain(text)) if each in known)
    return f"{text} ({', '.join(found)})" if found else text
