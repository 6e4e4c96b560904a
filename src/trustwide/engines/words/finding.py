"""What was found in a text, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["jargon", "solution", "money", "identifier"]
Identifier = Literal["nhs_number", "date_of_birth", "postcode", "hospital_number", "phone", "email"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text: `text[start:end]`, half-open, counted in Unicode code points.

    `identifier` is None for kinds other than identifier, and for one identifier: a bed, bay or side room beside a
    person. The list of identifiers that others read has no name for that, and a text box must warn of it all the same.
    """

    kind: Kind
    identifier: Identifier | None
    text: str
    start: int
    end: int
    say_instead: str


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By place; where two of one kind overlap, the one that comes first in what was given stands."""
    kept: list[Finding] = []
    taken: dict[str, set[int]] = {}
    for each in findings:
        places = taken.setdefault(each.kind, set())
        span = range(each.start, each.end)
        if places.isdisjoint(span):
            places.update(span)
            kept.append(each)
    return sorted(kept, key=lambda each: (each.start, each.end, each.kind))
