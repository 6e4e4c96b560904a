"""Draft words for what a document does not carry yet, to be changed by whoever pastes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trustwide.engines.matching.judging import Found
from trustwide.engines.matching.values import Value

MOST_FOR_A_VALUE = 2
SUPPORT_DRAFTS = (
    "You take part in improving how we work: you suggest ideas, try small changes, see by measures whether they help.",
    "Time for improvement work is agreed with you, and you make time for your colleagues to try out their ideas too.",
)
#: How a behaviour begins, and how the same is asked of one person.
TURNS = (
    (re.compile(r"^(?:we|i)\s+(?:are|am)\s+", re.IGNORECASE), "be "),
    (re.compile(r"^(?:we|i)\s+(?:have)\s+", re.IGNORECASE), "have "),
    (re.compile(r"^(?:we|i)\s+(?:do not|don['’]t|will not|won['’]t|never)\s+", re.IGNORECASE), "not "),
    (re.compile(r"^(?:we|i)\s+(?:will|can|must|should)\s+", re.IGNORECASE), ""),
    (re.compile(r"^(?:we|i)\s+", re.IGNORECASE), ""),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences to paste; `value` is None for support for improvement."""

    value: str | None
    sentences: tuple[str, ...]


def drafts(values: list[Value], found: Found) -> list[Draft]:
    """One or two sentences for each value, and for support for improvement, that was not found."""
    made = [
        Draft(value.name, tuple(draft_sentence(value.name, each) for each in value.behaviours[:MOST_FOR_A_VALUE]))
        for value in values
        if value.name not in found.values
    ]
    return made if found.support_for_improvement else [*made, Draft(None, SUPPORT_DRAFTS)]


def draft_sentence(value: str, behaviour: str) -> str:
    """A behaviour as something asked of the person: "We admit mistakes" becomes "You will admit mistakes"."""
    said = behaviour.strip().rstrip(".;,")
    for begins, instead in TURNS:
        if begins.match(said):
            rest = begins.sub("", said, count=1)
            asked = re.sub(r"\b(ourselves)\b", "yourself", rest)
            return f"You will {instead}{asked}: this is how we live our value “{value}”."
    return f"We ask this of you, to live our value “{value}”: {said}."
