"""What front pages say of this room: what the board asks all staff, and an idea that was tried this week."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import CHANGED, WELL, FrontPart, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.pages import day_of
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


def questions(person: Person, place: Place) -> Iterator[Line]:
    for each in queries.open_questions(person, place.organisation):
        said = _("The board asks all of us, until %(day)s. Your reply counts.") % {"day": day_of(each.asks_until)}
        yield Line(each.title, f"{address_of(each)}replies/", said)


def tried(person: Person, place: Place) -> Iterator[Line]:
    for each in queries.tried_lately(person, place.organisation):
        yield Line(each.title, address_of(each), _("An idea from %(place)s, tried this week") % {"place": each.place})


register_front(FrontPart("ideas-questions", CHANGED, 10, questions))
register_front(FrontPart("ideas-tried", WELL, 20, tried))
