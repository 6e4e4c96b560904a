"""The kind of record that this room owns, and what it tells people of."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.front_lines import NEEDS, FrontPart, FrontRecords, Line, register_front
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.commons.notices import NoticeKind, theirs
from trustwide.rooms.commons.notices import register as register_notice
from trustwide.rooms.decisions import access, drop_ins, queries, record_parts, writing
from trustwide.rooms.decisions.models import ASKED, NO, NOT_YET, TAKEN_BACK, TEST, WAITING, YES, Decision
from trustwide.rooms.decisions.scheme import BOARD, FALLBACK
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of

MOST_LINES = 5


def _decides(person: Person) -> Q:
    """While it waits for their word."""
    return theirs(person, *WAITING)


for _kind in (
    NoticeKind("asks-too", _("%(who)s asks you for this decision too"), _("Somebody joins those who ask me to decide"),
               asks=_decides),
    NoticeKind("decide-for", _("%(who)s asks for this decision, and you answer for who decides it"),
               _("A decision waits for somebody for whom I answer"), own_line=True),
    NoticeKind("decided", _("%(who)s gave an answer to this"), _("What I asked is decided"), _("Something is decided")),
    NoticeKind("decision-rose", _("Nobody decided this in time, so it went up. A decision is now due by %(day)s"),
               _("A decision of mine goes up because nobody made it in time"), _("A decision goes up"),
               asks=_decides, is_news=True),
    NoticeKind("decision-late", _("Nobody decided this in time, and it can go no higher. It is now due by %(day)s"),
               _("A decision of mine is late at the top"), asks=_decides, is_news=True),
    NoticeKind("drop-in-booked", _("%(who)s booked your drop-in"), _("Somebody books my drop-in"), page="drop-ins/",
               own_line=True),
    NoticeKind("drop-in-left", _("%(who)s cancelled a drop-in with you"), _("A drop-in is cancelled"),
               page="drop-ins/"),
):  # fmt: skip
    register_notice(_kind)

register(
    Kind(
        model=Decision,
        address="decisions",
        one=_("decision"),
        many=_("Decisions"),
        why=_("A question, who decides it and by when. With no word by its day it goes up: nobody waits in vain."),
        example=_("May we keep the discharge lounge open until 8 in the evening, for four weeks?"),
        write=_("Ask for a decision"),
        form="trustwide.rooms.decisions.forms.DecisionForm",
        typed=("title", "why", "options", "recommendation", "affected"),
        stages=(
            Stage(ASKED, _("Waits for a decision")),
            Stage(NOT_YET, _("Not yet")),
            Stage(TEST, _("Yes, as a test")),
            Stage(YES, _("Yes"), closed=True),
            Stage(NO, _("No"), closed=True),
            Stage(TAKEN_BACK, _("Taken back"), _("Take it back"), closed=True),
        ),
        helps=False,
        parts="decisions/decision-parts.jinja",
        shows=record_parts.of_decision,
        begins=writing.begin,
        changes=writing.let_change,
        saved=writing.keep_first,
        waits=(ASKED,),
        enters=writing.enter,
        offers=lambda decision, stage: stage != TAKEN_BACK or access.can_take_back(decision),
        fact=record_parts.fact,
        due=_("Your decision is needed: its day has come"),
        beside=((_("Who may decide what"), "../who-decides/"), (_("Talk it over: drop-ins"), "../drop-ins/"),
                (_("What would let decisions be made lower?"), "lower/")),
        button=40,
    )
)  # fmt: skip


def waiting(person: Person, place: Any) -> QuerySet[Decision]:
    """Questions of those for whom the person answers today; for executives and the board what is overdue at the top."""
    return queries.waiting_on_front(person, _top(person, place))


def _top(person: Person, place: Any) -> Any:
    """The organisation that they are at the top of; None for others."""
    held = [each for each in reach_of(person).roles if each.role in (FALLBACK, BOARD)]
    return place.organisation if any(each.place.organisation == place.organisation for each in held) else None


def line_of_waiting(decision: Decision, person: Person, place: Any) -> Line:
    top, name = _top(person, place), decision.owner.name if decision.owner else _now("Nobody")
    if top is not None and decision.organisation_id == top.pk and record_parts.is_overdue(decision):
        late = _now("Overdue to the board: it was needed by %(needed)s. %(name)s decides")
        said = late % {"name": name, "needed": date_format(decision.needed_by, "j F")}
    else:
        stands_in = _now("You answer for %(name)s. A decision is needed by %(day)s")
        said = stands_in % {"name": name, "day": date_format(decision.next_review, "j F")}
    return Line(decision.title, address_of(decision), said)


register_front(FrontRecords("decisions-waiting", NEEDS, 9, MOST_LINES, waiting, line_of_waiting))


def lines_of_drop_ins(person: Person, _place: Any) -> list[Line]:
    """The next drop-ins to which the person goes, or in which somebody comes to them."""
    return [
        Line(
            _now("Drop-in with %(name)s")
            % {"name": (each.person if each.slot.person == person else each.slot.person).name},
            f"/{each.slot.organisation.slug}/drop-ins/{each.slot_id}/",
            date_format(localtime(each.slot.starts_at), "l j F, H:i"),
        )
        for each in drop_ins.of_person(person)[:3]
    ]


register_front(FrontPart("drop-ins", NEEDS, 30, lines_of_drop_ins))
