"""The menu on every page: for a person at work, the things of their organisation; for a visitor, the open pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trustwide.rooms.commons.access import can_add
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.notices import queries as notices
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import Reach, reach_of

FIRST = 20  # what has a button before this is at hand on phones too
MOST_BUTTONS = 4


@dataclass(frozen=True)
class Item:
    address: str
    words: Any
    on_phones: bool = False  # the others are a step away there, so that the page itself is in sight


def menu(request: HttpRequest | None) -> list[Item]:
    """What the menu holds for whoever asks."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return [Item(reverse("measures:comparison"), _("A&E in England"))]
    items = [Item(reverse("front:home"), _("Today"), on_phones=True)]
    if home := home_of(request):
        return items + _of(reach_of(person), home)
    return [*items, Item(reverse("measures:comparison"), _("A&E in England"), on_phones=True)]


def notices_waiting(request: Any) -> str:
    """How many notices somebody has not read, for the link on every page; "" where none wait."""
    waiting = notices.unread_count(request.user)
    return "" if not waiting else f"{notices.COUNT_TO}+" if waiting > notices.COUNT_TO else str(waiting)


def _of(reach: Reach, home: Place) -> list[Item]:
    """What somebody reads where they work; a guest has the pages of the places they were asked to."""
    if not reach.can_read_place(home):
        return [
            Item(place.home, place.name, on_phones=True)
            for place in {each.place.pk: each.place for each in reach.roles}.values()
        ]
    kinds = [kind for kind in KINDS.values() if kind.in_menu]
    return [
        Item(f"/{home.slug}/strategy/", _("Strategy")),
        *(Item(f"/{home.slug}/{kind.address}/", kind.many, on_phones=0 < kind.button <= FIRST) for kind in kinds),
        Item(reverse("front:everything", args=[home.slug]), _("More"), on_phones=True),
    ]


def looked_after(request: Any) -> list[Item]:
    """What an administrator looks after, at the organisation where they work."""
    home, reach = home_of(request), reach_of(request.user)
    if home is None:
        return []
    pages = {
        May.PEOPLE: (("people", _("People")), ("invite", _("Invitations"))),
        May.PLACES: (("tree", _("Places")), ("partnerships", _("Partnerships"))),
    }
    mine = [each for right, named in pages.items() if reach.may(right, home) for each in named]
    return [Item(reverse(f"places:{name}", args=[home.slug]), words) for name, words in mine]


def home_of(request: Any) -> Place | None:
    """The organisation that the person works in: of the role they have held longest."""
    return next((each.place.organisation for each in reach_of(request.user).roles), None)


def starts(request: Any) -> list[Item]:
    """What the person can begin at the place where they work: the main buttons of their front page."""
    place = next((each.place for each in reach_of(request.user).roles), None)
    if place is None:
        return []
    kinds = sorted((kind for kind in KINDS.values() if kind.button), key=lambda kind: kind.button)
    kinds = [kind for kind in kinds if can_add(request.user, kind, place)][:MOST_BUTTONS]
    return [
        Item(f"/{place.organisation.slug}/{kind.address}/{kind.begin}?place={place.slug}", kind.write) for kind in kinds
    ]
