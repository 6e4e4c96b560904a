"""How well an engine does on labelled texts: precision and recall by kind, and by which identifier it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from trustwide.engines.words import Finding

CORPUS = Path(__file__).parent / "corpus"
KINDS = ("identifier", "solution", "money", "jargon")
IDENTIFIERS = ("nhs_number", "date_of_birth", "postcode", "hospital_number", "phone", "email")
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
    """A finding is right, and a label met, when the kind agrees and the spans overlap; so too for each identifier.

    What is labelled optional may be flagged or not: it is neither right nor wrong.
    """
    result = Score()
    for case in texts(name):
        text, wanted, optional = str(case["text"]), labels(case), labels(case, "optional")
        found = [each for each in engine(text) if each.text.lower() not in UNCOUNTED or each.kind != "jargon"]
        for keys, start, end in wanted:
            for key in keys:
                hit = any(key in keys_of(each) and each.start < end and start < each.end for each in found)
                result.labelled[key] += 1
                result.met[key] += hit
                result.missed += [] if hit else [f"{key} {text[start:end]!r} in {text!r}"]
        for each in found:
            for key in keys_of(each):
                hit = meets(each, key, wanted)
                if not hit and meets(each, key, optional):
                    continue
                result.flagged[key] += 1
                result.right[key] += hit
                result.wrong += [] if hit else [f"{key} {each.text!r} in {text!r}"]
    return result


Labels = list[tuple[list[str], int, int]]


def meets(found: Finding, key: str, labelled: Labels) -> bool:
    return any(key in keys and found.start < end and start < found.end for keys, start, end in labelled)


def keys_of(finding: Finding) -> list[str]:
    """What a finding is counted as: its kind and, of an identifier, which one it is."""
    return [finding.kind, *([finding.identifier] if finding.identifier else [])]


def labels(case: dict[str, object], which: str = "findings") -> Labels:
    """What should be found: what it is counted as, as `keys_of` has it, and where it stands."""
    text, found = str(case["text"]), []
    for label in case.get(which, []):  # type: ignore[attr-defined]
        start = text.index(label["match"])
        keys = [label["kind"], *([label["identifier"]] if label.get("identifier") else [])]
        found.append((keys, start, start + len(label["match"])))
    return found
