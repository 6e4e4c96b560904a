"""Every write about decisions: asking, joining those who ask, deciding; and what rises because nobody did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import add_record, comment_on, link_records
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.models import Record
from trustwide.rooms.decisions import access, queries
from trustwide.rooms.decisions.models import (
    ANSWERS,
    NO,
    NOT_YET,
    OPEN,
    ROSE,
    SORTS,
    STAYED,
    TEST,
    TO_BOARD,
    WAITING,
    YES,
    Asker,
    Decision,
)
from trustwide.rooms.decisions.scheme import BOARD, find_decider
from trustwide.rooms.decisions.writing import give, is_within, question_of, save_decision, step, take, tell_deputy
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.models import Place

DAYS_AFTER_A_RISE = 5  # working days that the next one has


@transaction.atomic
def ask_decision(
    *,
    by: Person,
    place: Place,
    question: str,
    why: str,
    options: Iterable[str],
    recommendation: str,
    sort: str,
    money: int | None = None,
    reversible: bool = True,
    needed_by: date | None = None,
    about: Record | None = None,
    key: UUID | None = None,
) -> UUID:
    """Ask for a decision of a place; its id. Who decides is found from the scheme, and told.

    `sort` is one of models.SORTS. With `about`, it is joined to what it came from. The same `key` again asks once.
    """
    if sort not in SORTS:
        raise ValueError(f"{sort} is none of {', '.join(SORTS)}")
    fields = {
        "title": question, "why": why, "options": "\n".join(options), "recommendation": recommendation,
        "sort": sort, "money": money, "reversible": reversible, "next_review": needed_by,
    }  # fmt: skip
    number = add_record(by=by, kind=KINDS[Decision._meta.label_lower], place=place, fields=fields, key=key)
    if about is not None:
        link_records(by=by, start=queries.decision_numbered(number), meaning=CAME_FROM, end=about)
    return number


@transaction.atomic
def join_asking(*, by: Person, decision: Decision) -> None:
    """Ask for it too, and be told of it. Twice is once."""
    if not (access.can_join(by, decision) and notices.can_read(by, decision)):
        raise NotAllowed
    if queries.asks_for(by, decision):
        return
    joined = Asker.objects.create(decision=decision, person=by)
    record_act(by=by, verb="joined-asking", thing=joined, organisation=decision.organisation_id, related=decision.pk)
    notices.tell_owner(decision, by=by, what="asks-too")


@transaction.atomic
def decide(*, by: Person, decision: Decision, what: str, reason: str = "", until: date | None = None) -> None:
    """Say yes, yes as a test (`until` when), no, or not yet (`until` when the next word comes). All who asked are told.

    NotNow, and nothing saved, where it was decided meanwhile, "not yet" was said before, or it asks more than its line
    lets anybody decide.
    """
    if what not in ANSWERS:
        raise ValueError(what)
    _let_in(by, queries.decision_numbered(decision.pk))  # before anything is written
    mine = take(decision)
    if mine.stage not in OPEN:
        raise NotNow(_("It was decided meanwhile. Here it is as it stands now."))
    _let_in(by, mine)  # it may have gone up meanwhile
    if not is_within(mine):
        raise NotNow(
            _("It asks more than this role may decide here. Let it go up, or have whoever asked ask for less.")
        )
    _answer(mine, what, until)
    said = comment_on(by=by, record=mine, text=reason) if reason else None
    step(mine, what, by=by, comment_id=said)
    save_decision(mine, "decided", by=by)
    _tell_all(mine, by=by, what="decided")
    notices.happened(mine, by=by, what="decided")


def _let_in(by: Person, decision: Decision) -> None:
    if not (access.can_decide(by, decision) and notices.can_read(by, decision)):
        raise NotAllowed


def _answer(mine: Decision, what: str, until: date | None) -> None:
    """Its stage, and the day that follows from the answer."""
    if what == NOT_YET and not access.can_put_off(mine):
        raise NotNow(_("You said “not yet” before. That counts once: decide it now, or let it go up."))
    if what in (TEST, NOT_YET) and (until is None or until <= today()):
        raise NotNow(_("Choose a day after today."))
    mine.stage, mine.put_off = what, mine.put_off or what == NOT_YET
    mine.next_review = until if what in (TEST, NOT_YET) else None
    mine.closed_at = now() if what in (YES, NO) else None
    if what != NOT_YET:
        mine.decided_on = mine.decided_on or today()


def _tell_all(mine: Decision, *, by: Person | None, what: str, also: Iterable[Person | None] = ()) -> None:
    """All who asked, whoever decides, and others."""
    people = {each.pk: each for each in (*queries.askers_of(mine), mine.owner, *also) if each}
    notices.tell(people.values(), mine, by=by, what=what)


@transaction.atomic
def raise_silent(*, decision: Decision) -> bool:
    """Let a question that got no word by its day go up to the next who may decide it; all are told.

    The system's own: nobody is named. From the top it goes to the board, where it stays, with a new day.
    False where a word came meanwhile.
    """
    mine = take(decision)
    before = mine.owner
    gone = before is None or not before.is_active
    if mine.stage not in WAITING or not (gone or (mine.next_review and mine.next_review < today())):
        return False
    above = None if before is None else (mine.level, mine.role)
    found = find_decider(mine.place, question_of(mine), today(), above=above, but=before)
    rises = found.person is not None
    if rises:
        give(mine, found)
    mine.next_review = working_day_after(today(), DAYS_AFTER_A_RISE)
    step(mine, STAYED if not rises else TO_BOARD if mine.role == BOARD else ROSE, by=None)
    save_decision(mine, "went-up" if rises else "stayed-late", by=None)
    _tell_all(mine, by=None, what="decision-rose" if rises else "decision-late", also=[before])
    tell_deputy(mine, by=None)
    notices.happened(mine, by=None, what="decision-rose")
    return True
