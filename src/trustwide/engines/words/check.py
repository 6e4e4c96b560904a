"""Everything that is to be said of a text, in the order in which it stands there."""

from __future__ import annotations

from trustwide.engines.words.beds import all_beds, beds
from trustwide.engines.words.births import births
from trustwide.engines.words.contacts import emails, phones
from trustwide.engines.words.finding import Finding, in_order
from trustwide.engines.words.hospital_numbers import hospital_numbers
from trustwide.engines.words.jargon import jargon
from trustwide.engines.words.money import money
from trustwide.engines.words.nhs_numbers import nhs_numbers
from trustwide.engines.words.postcodes import postcodes
from trustwide.engines.words.solutions import solutions

#: The surest first: where two claim the same characters, the earlier one stands.
IDENTIFIERS = (nhs_numbers, emails, births, phones, hospital_numbers, postcodes, beds)


def check(text: str) -> list[Finding]:
    """Jargon, solutions, money and identifiers, by place; findings of one kind never overlap."""
    return in_order([*_identifiers(text), *solutions(text), *money(text), *jargon(text)])


def identifiers(text: str) -> list[Finding]:
    """Only what could tell who a patient is: what a form asks to confirm or remove before it saves."""
    return in_order(_identifiers(text))


def all_identifiers(text: str) -> list[Finding]:
    """The same, and every bed, bay and side-room number: for what stands on a wall, where no such number may."""
    return in_order([*_identifiers(text), *all_beds(text)])


def _identifiers(text: str) -> list[Finding]:
    return [each for find in IDENTIFIERS for each in find(text)]
