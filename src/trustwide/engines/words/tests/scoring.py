"""How well an engine does on labelled texts: precision and recall by kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from trustwide.engines.words import Finding

CORPUS = Path(__file__).parent / "corpus"
KINDS = ("identifier", "solution", "money", "jargon")
#: Neither right nor wrong, says the label guide.
UNCOUNTED = {"dob", "mrn", "nhs", "dashboard", "virtual ward", "triage", "champion", "single point of contact"}
UNCOUNTED |= {"return on investment", "value for money", "cash-releasing", "breakthrough"}


@dataclass
class Score:
    """`wrong` and `missed` name the texts, for whoever looks into them."""

    met: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        return self.right[kind] / self.flagged[kind] if self.flagged[kind] else 0.0

    def recall(self, kind: str) -> float:
        return self.met[kind] / self.labelled[kind] if self.labelled[kind] else 0.0


def texts(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(name: str, engine: Callable[[str], list[Finding]]) -> Score:
    """A finding is right, and a label met, when the kind agrees and the spans overlap.

    What is labelled optional may be flagged or not: it is neither right nor wrong.
    """
    result = Score()
    for case in texts(name):
        text, wanted, optional = str(case["text"]), labels(case), labels(case, "optional")
        found = [each for each in engine(text) if each.text.lower() not in UNCOUNTED or each.kind != "jargon"]
        for kind, start, end in wanted:
            hit = any(meets(each, kind, start, end) for each in found)
            result.labelled[kind] += 1
            result.met[kind] += hit
            result.missed += [] if hit else [f"{kind} {text[start:end]!r} in {text!r}"]
        for each in found:
            hit = any(meets(each, *label) for label in wanted)
            if not hit and any(meets(each, *label) for label in optional):
                continue
            result.flagged[each.kind] += 1
            result.right[each.kind] += hit
            result.wrong += [] if hit else [f"{each.kind} {each.identifier or ''} {each.text!r} in {text!r}"]
    return result


def meets(found: Finding, kind: str, start: int, end: int) -> bool:
    return found.kind == kind and found.start < end and start < found.end


def labels(case: dict[str, object], which: str = "findings") -> list[tuple[str, int, int]]:
    text, found = str(case["text"]), []
    for label in case.get(which, []):  # type: ignore[attr-defined]
        start = text.index(label["match"])
        found.append((label["kind"], start, start + len(label["match"])))
    return found
