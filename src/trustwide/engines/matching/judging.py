"""Which passages of a text carry which value.

The weights were fitted on `tests/corpus/tuned_on.jsonl` and `fresh.jsonl` and rounded; what those could not tell was
chosen: a duty that is denied is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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

VALUE_WEIGHTS = ValueEvidence(2.2, 0.5, 0.3, 1.9, 1.0, 0.9, 0.8, 0.35, -0.8, 0.0, -2.0, -3.0, 0.0)
VALUE_FROM = 0.2
SUPPORT_WEIGHTS = SupportEvidence(0.8, 0.6, 0.9, 0.85, 0.0, -0.6, -3.0, 1.2)
SUPPORT_FROM = 2.45


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


class Matcher:
    """Looks for one trust's values in any number of documents."""

    def __init__(self, values: list[Value]) -> None:
        self.profiles: list[Profile] = profiles(values)

    def check(self, document: Document) -> Found:
        """The passages of a document that carry each value, and those that expect a part in improving."""
        return self.check_all([document])[0]

    def check_all(self, documents: list[Document]) -> list[Found]:
        """As `check` for each document; many short ones are faster together."""
        sentences = iter(look_at([quote for document in documents for quote in document.quotes()]))
        return [self._found(document, sentences) for document in documents]

    def _found(self, document: Document, sentences: Iterator[Sentence]) -> Found:
        values: dict[str, list[Passage]] = {profile.value.name: [] for profile in self.profiles}
        support = []
        for place, sentence in zip(document.places, sentences, strict=False):  # the next document's come after
            passage = Passage(document.text[place.start : place.end], *place)
            for profile in self.profiles:
                if carries_value(for_value(sentence, profile)):
                    values[profile.value.name].append(passage)
            if carries_support(for_support(sentence)):
                support.append(passage)
        return Found({name: passages for name, passages in values.items() if passages}, support)


def carries_value(evidence: ValueEvidence) -> bool:
    return _weighed(evidence, VALUE_WEIGHTS) >= VALUE_FROM


def carries_support(evidence: SupportEvidence) -> bool:
    return _weighed(evidence, SUPPORT_WEIGHTS) >= SUPPORT_FROM


def _weighed(evidence: tuple[float, ...], weights: tuple[float, ...]) -> float:
    return sum(amount * weight for amount, weight in zip(evidence, weights, strict=True))
