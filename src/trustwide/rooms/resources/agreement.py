"""Whether the numbers of a case are agreed: a named person said so of exactly these numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from trustwide.rooms.resources.models import Agreement, Benefit, Case

ASKED = ("hours", "people", "money", "kit", "test_weeks")
COUNTED = ("sort", "what", "unit", "low", "likely", "high", "measured", "budget_line")
NOBODY, WAITS, AGREED, REOPENED = "nobody", "waits", "agreed", "reopened"


@dataclass(frozen=True)
class Standing:
    """How the numbers stand, and the last time that somebody agreed to any."""

    state: str
    last: Agreement | None = None


def fingerprint(case: Case, benefits: Iterable[Benefit]) -> str:
    """Of what is asked, and of every number and how it will be measured."""
    told = [str(getattr(case, name)) for name in ASKED]
    told += [str(getattr(each, name)) for each in sorted(benefits, key=lambda each: each.pk) for name in COUNTED]
    return sha256("\0".join(told).encode()).hexdigest()


def standing_of(case: Case, benefits: Iterable[Benefit], last: Agreement | None) -> Standing:
    if last is not None:
        return Standing(AGREED if last.wording == fingerprint(case, benefits) else REOPENED, last)
    return Standing(WAITS if case.partner_id else NOBODY)
