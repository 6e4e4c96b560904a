"""What speaks for a sentence carrying a value, or an expectation that the person takes part in improving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trustwide.engines.matching.learned import NOTHING_CARRIED, learned, sureness
from trustwide.engines.matching.meanings import NOTHING, Count, Counts, counts, own_senses
from trustwide.engines.matching.signs import words_of
from trustwide.engines.matching.stems import stems_of
from trustwide.engines.matching.values import Profile
from trustwide.engines.meaning import Vectors, vectors

IMPROVING = "improving"
#: As sure as can be, and as sure as a meaning that is not looked for.
SUREST, UNSURE = 4.0, -4.0
#: How much surer to be of a meaning that is only partly the value's own.
HALF_HELD = 1.0
#: Behaviours this short are told by fewer words.
LEAST_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """What a sentence holds, counted once for all values."""

    meanings: Counts
    improving: Counts
    about: Counts
    stems: set[str]
    vector: Vectors
    sure: dict[str, float]


class ValueEvidence(NamedTuple):
    """`sure` and `sure_near` come from what was learned, the others from words."""

    strong: float
    weak: float
    near: float
    named: float
    shared_words: float
    likeness: float
    sure: float
    sure_near: float
    behind: float
    nothing: float
    terms: float
    denied: float
    conduct: float


class SupportEvidence(NamedTuple):
    strong: float
    weak: float
    kinds: float
    sure: float
    nothing: float
    terms: float
    denied: float
    conduct: float


def look_at(texts: list[str]) -> list[Sentence]:
    """Each sentence taken apart."""
    made = vectors(texts)
    table = np.clip(sureness(made), UNSURE, SUREST)
    names = learned().meanings
    return [
        _look_at(text, vector, dict(zip(names, map(float, row), strict=True)))
        for text, vector, row in zip(texts, made, table, strict=True)
    ]


def _look_at(text: str, vector: Vectors, sure: dict[str, float]) -> Sentence:
    words = [word for word, _, _ in words_of(text)]
    kept = own_senses(words)
    about = counts("sentences", words)
    return Sentence(counts("meanings", kept), counts("improving", kept), about, stems_of(kept), vector, sure)


def for_value(sentence: Sentence, profile: Profile) -> ValueEvidence:
    counted = sentence.meanings
    met = [(share, counted[meaning]) for meaning, share in profile.meanings.items() if meaning in counted]
    sure = max(
        (sentence.sure[meaning] - HALF_HELD * (share < 1) for meaning, share in profile.meanings.items()),
        default=UNSURE,
    )
    return ValueEvidence(
        strong=min(2.5, sum(share * min(2, count.strong) for share, count in met)),
        weak=min(2.0, sum(share * min(2, count.weak) for share, count in met)),
        near=sum(share for meaning, share in profile.near.items() if counted.get(meaning, NOTHING).strong),
        named=float(bool(profile.name) and profile.name <= sentence.stems),
        shared_words=max((_shared(line, sentence.stems, profile) for line in profile.behaviours), default=0.0),
        likeness=float(np.max(profile.vectors @ sentence.vector)),
        sure=sure,
        sure_near=max((sentence.sure[meaning] for meaning in profile.near), default=UNSURE),
        behind=max(sentence.sure.values()) - sure,
        nothing=sentence.sure[NOTHING_CARRIED],
        **_about(sentence),
    )


def _shared(line: frozenset[str], found: set[str], profile: Profile) -> float:
    """How much of a behaviour the sentence says in the same words."""
    whole = max(LEAST_WEIGHT, sum(profile.weights[stem] for stem in line))
    return sum(profile.weights[stem] for stem in line & found) / whole


def for_support(sentence: Sentence) -> SupportEvidence:
    counted = sentence.improving.values()
    return SupportEvidence(
        strong=float(min(4, sum(min(2, count.strong) for count in counted))),
        weak=float(min(3, sum(count.weak for count in counted))),
        kinds=float(sum(count.strong > 0 for count in counted)),
        sure=sentence.sure[IMPROVING],
        nothing=sentence.sure[NOTHING_CARRIED],
        **_about(sentence),
    )


def _about(sentence: Sentence) -> dict[str, float]:
    terms: Count = sentence.about.get("terms", NOTHING)
    return {
        "terms": min(2.0, terms.strong + 0.4 * terms.weak),
        "denied": float("denied" in sentence.about),
        "conduct": float("conduct" in sentence.about),
    }
