"""Words cut to what they share with their kin: "comforting" and "comforts" are one."""

from __future__ import annotations

from functools import lru_cache

from trustwide.engines.matching.signs import LEXICON, words_of

SHORTEST = 4
#: The longest first.
ENDINGS: tuple[str, ...] = (
    "fulness",
    "ingly",
    "edly",
    "ness",
    "ment",
    "ings",
    "ions",
    "ing",
    "ion",
    "ies",
    "ied",
    "ily",
)
ENDINGS += ("ful", "est", "ers", "er", "ed", "es", "ly", "s", "y", "e")
LINES = (LEXICON / "everywhere.txt").read_text(encoding="utf-8").splitlines()
EVERYWHERE = frozenset(word for line in LINES if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    ending = next((each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= SHORTEST), "")
    return word[: len(word) - len(ending)]


def stems(text: str) -> set[str]:
    """Of the words that say something by themselves."""
    return stems_of([word for word, _, _ in words_of(text)])


def stems_of(words: list[str]) -> set[str]:
    return {stem(word) for word in words if word and word not in EVERYWHERE}
