"""What the actions of this room share: how a new question is begun, who is told, and how a step is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Record
from trustwide.rooms.decisions import access, queries
from trustwide.rooms.decisions.models import ASKED, GIVEN, TAKEN_BACK, WAITING, Decision, Step
from trustwide.rooms.decisions.scheme import HEIGHT, Found, Question, deputy_for, find_decider, fits
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.models import Place

USUAL_DAYS = 10  # working days in which a decision is needed, where nobody says
ANSWERED = _lazy("It was answered as it stands. Ask a new question instead")
#: What later rooms say against a change of what was asked for something of theirs: question, fields -> raises NotNow.
STANDING: list[Callable[[Decision, list[str]], None]] = []
NOTHING = ("do nothing", "doing nothing", "leave it", "change nothing")


def question_of(decision: Decision) -> Question:
    return Question(decision.sort, decision.money, decision.reversible)


def lines_of(options: str) -> list[str]:
    """The options, without the marks that people put before them."""
    return [line.strip(" -•*\t") for line in options.splitlines() if line.strip(" -•*\t")]


def with_nothing(options: str) -> str:
    """The options with doing nothing among them: it is always one."""
    lines = lines_of(options)
    if not any(line.casefold().startswith(NOTHING) for line in lines):
        lines.append(_("Do nothing"))
    return "\n".join(lines)


def begin(decision: Decision) -> None:
    """Fill in what a new question needs: who decides it, and by when."""
    decision.needed_by = decision.next_review = decision.next_review or working_day_after(today(), USUAL_DAYS)
    decision.options = with_nothing(decision.options)
    give(decision, find_decider(decision.place, question_of(decision), today()))
    decision.first_level = decision.level


def give(decision: Decision, found: Found) -> None:
    """It is theirs to decide from now on."""
    decision.owner, decision.level, decision.role, decision.line = (
        found.person, found.place.level, found.role, found.line,
    )  # fmt: skip


def enter(decision: Decision, stage: str) -> None:
    """It is decided by whoever may, and by no other way; an open one can be taken back."""
    is_new = decision._state.adding and stage == ASKED
    taken_back = stage == TAKEN_BACK and access.can_take_back(decision)
    if not (is_new or taken_back):
        raise NotNow(_("Only whoever may decide this can do that, with the buttons of their own page."))


def let_change(decision: Decision, fields: list[str]) -> None:
    """What was answered stands as it was read: a yes, as a test too, is to the words of its day."""
    if decision.stage not in WAITING:
        raise NotNow(ANSWERED)
    for rule in STANDING:
        rule(decision, fields)


def keep_first(decision: Decision) -> None:
    """After each change of its words: a new one begins its story; one that now needs more goes to who may decide it."""
    if decision.version == 1:
        Step.objects.create(decision=decision, what=ASKED, level=decision.level, by=decision.created_by,
                            holder=decision.owner, until=decision.next_review, at=decision.created_at)  # fmt: skip
        tell_deputy(decision, by=decision.created_by)
    elif decision.stage in WAITING:
        _give_again(decision)


def is_within(decision: Decision) -> bool:
    """Whether the line by which it was given lets somebody decide what it asks now."""
    return decision.line is None or fits(decision.line, question_of(decision))


def _give_again(decision: Decision) -> None:
    """Where it now costs more, cannot be undone, or is of another sort, those who had it may not decide it any more.

    It goes to whoever may, at the level where it waits or above it: never down by itself.
    """
    above = Place.objects.above(decision.place).select_related("organisation")
    here = above.filter(level=decision.level).last() or decision.place  # which may have moved since
    found, before = find_decider(here, question_of(decision), today()), decision.owner
    rises = HEIGHT[found.place.level] > HEIGHT[decision.level]
    if found.person is None or (is_within(decision) and not rises):
        return
    give(decision, found)
    fields = {"level": decision.level, "role": decision.role, "line": decision.line, "owner": decision.owner}
    Decision.objects.filter(pk=decision.pk).update(**fields)
    if decision.owner == before and not rises:
        return  # by another line, they may
    step(decision, GIVEN, by=decision.updated_by)
    notices.tell_owner(decision, by=decision.updated_by, what="made-yours")
    tell_deputy(decision, by=decision.updated_by)


def tell_deputy(decision: Decision, *, by: Person | None) -> None:
    """Where whoever decides is away, who answers for them is told at once."""
    deputy = deputy_for(decision.owner, decision.place, today()) if decision.owner else None
    if deputy is not None:
        notices.tell([deputy], decision, by=by, what="decide-for")


def take(decision: Decision) -> Decision:
    """The question as it stands now, ours until the transaction ends: who changes its words meanwhile is told."""
    Record.objects.filter(pk=decision.pk).update(version=F("version") + 1)
    return queries.decision_numbered(decision.pk)


def step(decision: Decision, what: str, *, by: Person | None, **told: Any) -> Step:
    made: Step = Step.objects.create(
        decision=decision, what=what, level=decision.level, by=by, holder=decision.owner,
        until=decision.next_review, at=now(), **told,
    )  # fmt: skip
    return made


def save_decision(decision: Decision, verb: str, *, by: Person | None) -> None:
    """Save it with the row that says who did it."""
    decision.updated_at, decision.updated_by = now(), by or decision.updated_by
    decision.save()
    record_act(by=by, verb=verb, thing=decision, organisation=decision.organisation_id, fields=["stage"])
