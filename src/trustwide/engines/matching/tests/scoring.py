"""How well an engine does on labelled passages: precision and recall over values, and over support for improvement."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from trustwide.engines.documents import document_of
from trustwide.engines.matching import Matcher, Value, read_values
from trustwide.engines.matching.values import Profile, profiles

CORPUS = Path(__file__).parent / "corpus"
SUPPORT = "support_for_improvement"
SETS_OF_VALUES = ("harbour", "moor", "vale", "tide", "forest", "summit")

#: From a set of values and a passage to what the passage carries.
Engine = Callable[[str, list[str]], list[set[str]]]


@dataclass
class Score:
    """`wrong` and `missed` name the passages, for whoever looks into them."""

    right: int = 0
    flagged: int = 0
    labelled: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.flagged if self.flagged else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def both(self) -> float:
        """Their harmonic mean, F1."""
        return 2 * self.right / (self.flagged + self.labelled) if self.flagged + self.labelled else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.2f} of {self.flagged}, recall {self.recall:.2f} of {self.labelled}"


@lru_cache
def values_of(name: str) -> list[Value]:
    return read_values(f"{name}.csv", (CORPUS / f"{name}.csv").read_bytes())


@lru_cache
def profiles_of(name: str) -> list[Profile]:
    return profiles(values_of(name))


def passages(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


#: What we said of a passage under a set of values: it is the same whatever others are asked with it.
SAID: dict[tuple[str, str], set[str]] = {}


def trustwide(values: str, texts: list[str]) -> list[set[str]]:
    unread = [text for text in texts if (values, text) not in SAID]
    found = Matcher(values_of(values)).check_all([document_of(text) for text in unread])
    for text, each in zip(unread, found, strict=True):
        SAID[values, text] = {*each.values, *([SUPPORT] if each.support_for_improvement else [])}
    return [SAID[values, text] for text in texts]


def score(name: str, engine: Engine, kinds: tuple[str, ...] = ()) -> tuple[Score, Score]:
    """Over the values, and over support for improvement. A label is met when the passage is said to carry it."""
    values, support = Score(), Score()
    cases = [case for case in passages(name) if not kinds or case["kind"] in kinds]
    for trust in sorted({str(case["values"]) for case in cases}):
        own = [case for case in cases if case["values"] == trust]
        for case, said in zip(own, engine(trust, [str(case["text"]) for case in own]), strict=True):
            wanted = set(case["carries"])  # type: ignore[call-overload]
            _count(values, str(case["text"]), wanted - {SUPPORT}, said - {SUPPORT})
            _count(support, str(case["text"]), wanted & {SUPPORT}, said & {SUPPORT})
    return values, support


def _count(score: Score, text: str, wanted: set[str], said: set[str]) -> None:
    score.right += len(wanted & said)
    score.flagged += len(said)
    score.labelled += len(wanted)
    score.wrong += [f"{name}: {text}" for name in sorted(said - wanted)]
    score.missed += [f"{name}: {text}" for name in sorted(wanted - said)]
