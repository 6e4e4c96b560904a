"""What the words of a sentence mean: how many signs of each meaning stand in it, once other senses are taken out."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from trustwide.engines.matching.signs import Finder, read_signs

TAKEN_OUT = ""


class Count(NamedTuple):
    """Different signs of one meaning in one sentence."""

    strong: int
    weak: int


NOTHING = Count(0, 0)
Counts = dict[str, Count]


@lru_cache
def finder(name: str) -> Finder:
    return Finder(read_signs(f"{name}.txt")[0])


@lru_cache
def near_meanings() -> dict[str, tuple[str, ...]]:
    return read_signs("meanings.txt")[1]


def own_senses(words: list[str]) -> list[str]:
    """The words with nothing in the place of those that mean something else here, as in "kind of"."""
    kept = list(words)
    for seen in finder("other_senses").find(words):
        kept[seen.start : seen.end] = [TAKEN_OUT] * (seen.end - seen.start)
    return kept


def counts(lexicon: str, words: list[str], *, of_names: bool = False) -> Counts:
    """How many signs of each meaning stand among the words. Those for names are left out unless asked for."""
    met: dict[str, dict[str, set[int]]] = defaultdict(lambda: {"strong": set(), "weak": set(), "name": set()})
    for seen in finder(lexicon).find(words):
        met[seen.sign.meaning][seen.sign.grade].add(id(seen.sign))
    made = {}
    for meaning, signs in met.items():
        strong = len(signs["strong"] | (signs["name"] if of_names else set()))
        if strong or signs["weak"]:
            made[meaning] = Count(strong, len(signs["weak"]))
    return made
