"""What the actions of this room share: an item held for writing, its steps, its clock, and its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Record
from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.models import ANSWERED, HELPED, NOT_YET, TELL, TOLD, WAITING, YES, Item, Step
from trustwide.rooms.escalation.route import give, step_of, steps_of
from trustwide.rooms.escalation.tiers import ladder_of
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import CLOSES, working_day_after

ANSWERED_ALREADY = _("It was answered meanwhile. Here it is as it stands now.")
NOT_ANSWERED = _("It has no answer yet.")
DAYS_TO_TELL = 1  # working days in which an answer is brought back to whoever raised it


def take(item: Item) -> Item:
    """The item as it stands now, ours until the transaction ends: who changes its words meanwhile is told."""
    Record.objects.filter(pk=item.pk).update(version=F("version") + 1)
    return queries.item_numbered(item.pk)


def take_as(by: Person, item: Item, who: Callable[[Person, Item], bool]) -> Item:
    """The same for somebody who may. NotAllowed for others, before anything is written."""
    _let_in(by, queries.item_numbered(item.pk), who)
    mine = take(item)
    _let_in(by, mine, who)  # it may have been passed on meanwhile
    return mine


def _let_in(by: Person, item: Item, who: Callable[[Person, Item], bool]) -> None:
    if not (who(by, item) and notices.can_read(by, item)):
        raise NotAllowed


def must(holds: bool, else_said: Any) -> None:
    """NotNow, in these words, unless it holds."""
    if not holds:
        raise NotNow(else_said)


def must_wait(item: Item) -> None:
    must(item.stage in WAITING, ANSWERED_ALREADY)


def keep(by: Person | None, mine: Item, what: str, verb: str, comment: UUID | None = None, **told: Any) -> None:
    """The item as it was changed, with one step of its story."""
    rung = ladder_of(mine.place, mine.created_by).rung_of(mine.tier)
    keep_steps(by, mine, [step_of(mine, what, rung, by=by, comment_id=comment, **told)], verb)


def keep_steps(by: Person | None, mine: Item, steps: list[Step], verb: str) -> None:
    mine.updated_at, mine.updated_by = now(), by or mine.updated_by
    mine.save()
    Step.objects.bulk_create(steps)
    record_act(by=by, verb=verb, thing=mine, organisation=mine.organisation_id, fields=["stage"], related=mine.place_id)


def end_of(day: date) -> datetime:
    return datetime.combine(day, CLOSES, get_current_timezone())


def put_off(mine: Item, until: date) -> None:
    mine.due_at, mine.next_review = end_of(until), until


def stop_clock(mine: Item) -> None:
    """It is answered; what is owed now is to tell whoever raised it."""
    mine.stage, mine.asks_until, mine.due_at = ANSWERED, None, None
    mine.next_review = working_day_after(localtime(now()).date(), DAYS_TO_TELL)


def close(mine: Item, stage: str) -> None:
    mine.stage, mine.closed_at, mine.due_at, mine.next_review = stage, now(), None, None


def tell(by: Person | None, mine: Item) -> None:
    """Whoever raised it has been told, so it is over."""
    close(mine, TOLD)
    keep(by, mine, TELL, "told-back")


def note_helped(by: Person, mine: Item, *, helped: bool, comment: UUID | None = None) -> None:
    """Over for good, or open again at the tier of its answer with a new clock."""
    must(mine.stage in (ANSWERED, TOLD), NOT_ANSWERED)
    if helped:
        close(mine, HELPED)
        keep(by, mine, YES, "said-helped", comment)
        notices.tell_owner(mine, by=by, what="item-helped")
        return
    mine.not_solved, mine.closed_at = mine.not_solved + 1, None
    given = give(mine, ladder_of(mine.place, mine.created_by), mine.tier)
    steps = steps_of(mine, NOT_YET, given, by=by)
    steps[0].comment_id = comment
    keep_steps(by, mine, steps, "said-not-solved")
    notices.tell_owner(mine, by=by, what="item-not-solved")
