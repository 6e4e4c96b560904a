"""What this room puts on the front pages: what waits for an answer, whether one helped, and what rose overnight."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.commons.front_lines import NEEDS, FrontPart, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import ORGANISATION, Place
from trustwide.rooms.places.reach import reach_of

BOARD_ROLES = ("executive", "board-member")
MANY, MOST_ASKED = 2, 3


def waiting(person: Person, place: Place) -> Iterator[Line]:
    """What waits for them, where that is more than one; for executives and the board what rose, and what is late."""
    home = place.organisation
    mine, rose, late = queries.waiting_counts(person, home)
    if mine >= MANY:
        words = _("%(count)s asks wait for your answer") % {"count": mine}
        yield Line(words, f"/{home.slug}/asks/", _("Answer them all on one page"))
    roles = [each for each in reach_of(person).roles if each.role in BOARD_ROLES and each.place.organisation == home]
    if home.level != ORGANISATION or not roles or not (rose or late):
        return
    told = [
        ngettext("%(num)s item that rose to directors since the last working day waits.",
                 "%(num)s items that rose to directors since the last working day wait.", rose) % {"num": rose}
    ]  # fmt: skip
    if late:
        told.append(ngettext("%(num)s is late.", "%(num)s are late.", late) % {"num": late})
    yield Line(_("Overnight"), f"/{home.slug}/overnight/", " ".join(told))


def did_it_help(item: Item, person: Person, place: Place) -> Line:
    """What somebody raised and was answered; while its notice is unread, that says so already."""
    return Line(item.title, address_of(item), _("It was answered. Did it help?"))


register_front(FrontPart("items-waiting", NEEDS, 5, waiting))
register_front(
    FrontRecords("did-it-help", NEEDS, 10, MOST_ASKED, lambda person, place: queries.to_say_of(person), did_it_help)
)
