"""How records of one kind stand on the page of a record that they are joined to, such as drawings on an objective's.

A room registers it once. It asks nothing of the database where no such record is joined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of


@dataclass(frozen=True)
class JoinedKind:
    """What shows joined records of a kind; and the link with which somebody begins one, on kinds where it is of use."""

    key: str
    template: str  # is given what `shows` gives
    shows: Callable[[Any, list[Record]], dict[str, Any]]  # person, the joined records -> for the template
    offer: Any = ""
    offer_at: str = ""  # below the organisation's address; it is told what it is `about`
    offered_on: tuple[str, ...] = ()  # addresses of kinds


JOINED: dict[str, JoinedKind] = {}


def register(joined: JoinedKind) -> None:
    if joined.key in JOINED:
        raise ValueError(f"{joined.key} is registered already")
    JOINED[joined.key] = joined


def parts_of(person: Person, record: Record, links: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    """The templates of what is joined to a record, each with what it is given."""
    found = []
    for each in JOINED.values():
        others = [link.other for link in links if link.other.kind == each.key]
        if others and record.kind != each.key:
            found.append((each.template, each.shows(person, others)))
    return found


def offers_on(person: Person, record: Record) -> list[tuple[Any, str]]:
    """The links with which somebody begins something about a record: words, address. They lead to pages about all of
    its organisation, which a guest of one team may not open.
    """
    kind, home = kind_of(record), record.organisation.slug
    return [
        (each.offer, f"/{home}/{each.offer_at}?about={record.pk}")
        for each in JOINED.values()
        if kind.address in each.offered_on and reach_of(person).can_read_place(record.organisation)
    ]
