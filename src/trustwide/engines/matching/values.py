"""A trust's values as they are looked for: by their words, and by what those words mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from trustwide.engines.matching.learned import NOTHING_CARRIED, learned, sureness
from trustwide.engines.matching.meanings import counts, near_meanings
from trustwide.engines.matching.signs import words_of
from trustwide.engines.matching.stems import stems
from trustwide.engines.meaning import Vectors, vectors

#: How much a value's name counts beside one behaviour.
NAME_WEIGHT = 1.5
WEAK = 0.4
LEAST = 0.8
#: A meaning that another of the trust's values holds more of is only half this one's.
#: So is one that only a small part of the value's own lines say.
LEAST_SHARE, LEAST_OF_OWN, SHARED = 0.6, 0.35, 0.5
NEAR = 0.6
#: What was learned adds its likeliest meaning when this sure of it (surer where words say another), and drops what
#: words say when that is far behind.
SURE_ENOUGH, UNHEARD_OF, FAR_BEHIND = 0.5, 1.5, 1.5
NOT_OF_VALUES = {NOTHING_CARRIED, "improving"}


@dataclass(frozen=True, slots=True)
class Value:
    """A trust's own value: any name, and the behaviours that say how it shows."""

    name: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """`meanings` holds how much each belongs to the value; `near` those that nobody else claims and that are close."""

    value: Value
    meanings: dict[str, float]
    near: dict[str, float]
    name: frozenset[str]
    behaviours: tuple[frozenset[str], ...]
    weights: dict[str, float]
    vectors: Vectors


def profiles(values: list[Value]) -> list[Profile]:
    """How to look for each value beside the others of the same trust."""
    raw = [_meanings(value) for value in values]
    own = [_own(each, raw) for each in raw]
    claimed = {meaning for each in own for meaning in each}
    held = Counter(stem for value in values for stem in stems(" ".join((value.name, *value.behaviours))))
    return [_profile(value, mine, claimed, held) for value, mine in zip(values, own, strict=True)]


def _meanings(value: Value) -> dict[str, float]:
    """Of each line only the meanings that are said most clearly count: "with each other" is no behaviour of its own."""
    total: dict[str, float] = defaultdict(float)
    lines = (value.name, *value.behaviours)
    for place, (line, sure) in enumerate(zip(lines, sureness(vectors(list(lines))), strict=True)):
        told = dict(zip(learned().meanings, map(float, sure), strict=True))
        told = {meaning: amount for meaning, amount in told.items() if meaning not in NOT_OF_VALUES}
        best = max(told, key=lambda meaning: told[meaning])
        by_words = _by_words(line)
        for meaning, amount in by_words.items():
            if not place or told[meaning] >= told[best] - FAR_BEHIND:
                total[meaning] += amount if place else NAME_WEIGHT * amount
        if place and told[best] > (UNHEARD_OF if by_words else SURE_ENOUGH) and best not in by_words:
            total[best] += 1.0
    return dict(total)


def _by_words(line: str) -> dict[str, float]:
    found = counts("meanings", [word for word, _, _ in words_of(line)], of_names=True)
    clear = max((count.strong for count in found.values()), default=0)
    return {
        meaning: min(1.0, count.strong + WEAK * count.weak) for meaning, count in found.items() if count.strong == clear
    }


def _own(mine: dict[str, float], everyones: list[dict[str, float]]) -> dict[str, float]:
    own = {}
    for meaning, amount in mine.items():
        most = max(each.get(meaning, 0.0) for each in everyones)
        if amount >= LEAST:
            beside_others = amount >= LEAST_SHARE * most
            beside_own = amount >= LEAST_OF_OWN * max(mine.values())
            own[meaning] = min(1.0, amount) * (1.0 if beside_others and beside_own else SHARED)
    return own


def _profile(value: Value, own: dict[str, float], claimed: set[str], held: Counter[str]) -> Profile:
    near: dict[str, float] = {}
    for meaning, amount in own.items():
        for other in near_meanings().get(meaning, ()):
            if other not in claimed:
                near[other] = max(near.get(other, 0.0), NEAR * amount)
    lines = tuple(frozenset(stems(line)) for line in value.behaviours)
    weights = {stem: 1.0 / held[stem] for line in lines for stem in line}
    said = vectors(list(value.behaviours) or [value.name])
    return Profile(value, own, near, frozenset(stems(value.name)), lines, weights, said)
