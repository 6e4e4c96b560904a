"""Everything that an organisation has in Trustwide, on one page: what the menu has no room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.front.menu import Item
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

#: The parts of the page, each with the rooms whose kinds of record it lists; what is in none stands in the last.
PARTS = (
    (_("Each day"), ("escalation", "decisions")),
    (_("Getting better"), ("ideas", "experiments", "resources", "projects", "tools", "gains")),
    (_("How we are doing"), ("measures",)),
    (_("What we are here for"), ("purpose",)),
)


@dataclass(frozen=True)
class Entry:
    """One thing: where it stands, what it is for, and pages about all of its kind."""

    item: Item
    why: Any = ""
    beside: tuple[Item, ...] = ()


def parts_of(person: Person, organisation: Place) -> list[tuple[Any, list[Entry]]]:
    """The parts with what is in each, as the person may open it."""
    inside = reach_of(person).belongs_to(organisation)
    own = _own_pages(organisation, inside=inside)
    listed = {room for _words, rooms in PARTS for room in rooms}
    told = {_home(organisation, each) for each in KINDS.values()}  # each page stands here once
    parts = []
    for number, (words, rooms) in enumerate(PARTS):
        last = number == len(PARTS) - 1
        kinds = [each for each in KINDS.values() if _room(each) in rooms or (last and _room(each) not in listed)]
        parts.append((words, [*own.get(rooms[0], []), *(_entry(organisation, each, told) for each in kinds)]))
    return parts


def _room(kind: Kind) -> str:
    return kind.model._meta.app_label


def _home(organisation: Place, kind: Kind) -> str:
    return f"/{organisation.slug}/{kind.address}/"


def _entry(organisation: Place, kind: Kind, told: set[str]) -> Entry:
    home = _home(organisation, kind)
    pages = [Item(_joined(home, address), words) for words, address in kind.beside]
    beside = tuple(each for each in pages if each.address not in told)
    told.update(each.address for each in beside)
    return Entry(Item(home, kind.many), kind.why, beside)


def _joined(home: str, address: str) -> str:
    """An address told from a kind's own list, as one that stands anywhere: "../asks/" is that list's neighbour."""
    while address.startswith("../"):
        home, address = home.rstrip("/").rpartition("/")[0] + "/", address[3:]
    return home + address


def _own_pages(organisation: Place, *, inside: bool) -> dict[str, list[Entry]]:
    """Pages that are no list of records, by the room that their part begins with."""
    own = {
        "measures": [Entry(Item(reverse("measures:comparison"), _("A&E in England")), _("Open data of all trusts."))],
        "purpose": [Entry(Item(f"/{organisation.slug}/strategy/", _("Strategy on a page")), _("Why we are here."))],
    }
    if inside:
        reports, people = (reverse(name, args=[organisation.slug]) for name in ("measures:reports", "places:people"))
        own["measures"].insert(
            0, Entry(Item(reports, _("Board reports")), _("Files of measures, as a board reads them."))
        )
        own["purpose"].append(Entry(Item(people, _("People")), _("Who works here, and in which roles.")))
    return own
