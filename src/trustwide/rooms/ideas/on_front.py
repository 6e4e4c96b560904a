"""What front pages say of this room: what the board asks all staff, and an idea that was tried this week."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trustwide.rooms.commons.front_lines import CHANGED, WELL, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.models import Idea, Problem
from trustwide.rooms.ideas.pages import day_of
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

SHOWN = 2


def asked(problem: Problem, person: Person, place: Place) -> Line:
    said = _("The board asks all of us, until %(day)s. Your reply counts.") % {"day": day_of(problem.asks_until)}
    return Line(problem.title, f"{address_of(problem)}replies/", said)


def tried(idea: Idea, person: Person, place: Place) -> Line:
    return Line(idea.title, address_of(idea), _("An idea from %(place)s, tried this week") % {"place": idea.place})


register_front(
    FrontRecords(
        "ideas-questions", CHANGED, 10, SHOWN, lambda person, place: queries.open_questions(place.organisation), asked
    )
)
register_front(
    FrontRecords("ideas-tried", WELL, 20, SHOWN, lambda person, place: queries.tried_lately(place.organisation), tried)
)
