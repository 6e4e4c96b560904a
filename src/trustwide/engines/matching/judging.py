"""Which passages of a text carry which value.

The weights were fitted on `tests/corpus/tuned_on.jsonl` and `fresh.jsonl` and rounded; what those could not tell was
chosen: a duty that is denied is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from trustwide.engines.documents import Document
from trustwide.engines.matching.evidence import (
    Sentence,
    SupportEvidence,
    ValueEvidence,
    for_support,
    for_value,
    look_at,
)
from trustwide.engines.matching.values import Profile, Value, profiles
from trustwide.engines.meaning import Vectors, vectors

VALUE_WEIGHTS = ValueEvidence(2.2, 0.5, 0.3, 1.9, 1.0, 0.9, 0.8, 0.35, -0.8, 0.0, -2.0, -3.0, 0.0)
VALUE_FROM = 0.2
SUPPORT_WEIGHTS = SupportEvidence(0.8, 0.6, 0.9, 0.85, 0.0, -0.6, -3.0, 1.2)
SUPPORT_FROM = 2.45
#: How alike a sentence and one line of an aim are where the sentence speaks of it. Chosen for few false ones.
AIM_FROM = 0.45


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is what stands from `start` to `end`, half-open, counted in Unicode code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a document carries: only values that were found, in the order in which they were given."""

    values: dict[str, list[Passage]]
    support_for_improvement: list[Passage]
    aims: dict[str, list[Passage]] = field(default_factory=dict)


class Matcher:
    """Looks for one trust's values in any number of documents, and for what it aims at: that by its wording alone.

    An aim is given as a value is: its name, and lines that say why it matters.
    """

    def __init__(self, values: list[Value], aims: list[Value] | None = None) -> None:
        self.profiles: list[Profile] = profiles(values)
        self.aims: dict[str, Vectors] = {each.name: vectors([each.name, *each.behaviours]) for each in aims or []}

    def check(self, document: Document) -> Found:
        """The passages of a document that carry each value, and those that expect a part in improving."""
        return self.check_all([document])[0]

    def check_all(self, documents: list[Document]) -> list[Found]:
        """As `check` for each document; many short ones are faster together."""
        sentences = iter(look_at([quote for document in documents for quote in document.quotes()]))
        return [self._found(document, sentences) for document in documents]

    def _found(self, document: Document, sentences: Iterator[Sentence]) -> Found:
        values: dict[str, list[Passage]] = {profile.value.name: [] for profile in self.profiles}
        aims: dict[str, list[Passage]] = {name: [] for name in self.aims}
        support = []
        for place, sentence in zip(document.places, sentences, strict=False):  # the next document's come after
            passage = Passage(document.text[place.start : place.end], *place)
            for profile in self.profiles:
                if carries_value(for_value(sentence, profile)):
                    values[profile.value.name].append(passage)
            for name, lines in self.aims.items():
                if speaks_of(sentence, lines):
                    aims[name].append(passage)
            if carries_support(for_support(sentence)):
                support.append(passage)
        return Found(_only_found(values), support, _only_found(aims))


def _only_found(passages: dict[str, list[Passage]]) -> dict[str, list[Passage]]:
    return {name: found for name, found in passages.items() if found}


def speaks_of(sentence: Sentence, lines: Vectors) -> bool:
    """Whether a sentence is about what one of the lines says; terms of employment never are."""
    told = "terms" in sentence.about or "denied" in sentence.about
    return not told and float(np.max(lines @ sentence.vector)) >= AIM_FROM


def carries_value(evidence: ValueEvidence) -> bool:
    return _weighed(evidence, VALUE_WEIGHTS) >= VALUE_FROM


def carries_support(evidence: SupportEvidence) -> bool:
    return _weighed(evidence, SUPPORT_WEIGHTS) >= SUPPORT_FROM


def _weighed(evidence: tuple[float, ...], weights: tuple[float, ...]) -> float:
    return sum(amount * weight for amount, weight in zip(evidence, weights, strict=True))
