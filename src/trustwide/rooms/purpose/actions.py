"""Every write of this room that commons does not do by itself: reviews, agreement, making room, making public."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access, notices
from trustwide.rooms.commons.actions import (
    SomeoneChangedThis,
    add_record,
    change_record,
    comment_on,
    link_records,
    move_record,
)  # fmt: skip
from trustwide.rooms.commons.kinds import NotNow, kind_of
from trustwide.rooms.commons.links import CAME_FROM, MADE_ROOM_FOR
from trustwide.rooms.commons.models import Record
from trustwide.rooms.commons.together import added
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import GROUP
from trustwide.rooms.places.reach import GROUP_SHARED, ORGANISATION_SHARED, PUBLIC
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.agreement import side_of
from trustwide.rooms.purpose.models import AGREE, UPPER, DocumentCheck, Objective, Round, Strategy, Value

LIVE_ALREADY = _("It is live already.")


def review_value(*, by: Person, value: Value, version: int, said: str, again_on: date | None = None) -> None:
    """Record the yearly conversation about a value; it is due again in a year, or on the day that is given."""
    day = today()
    due = again_on or day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
    fields = {"conversation": said, "reviewed_on": day, "next_review": due}
    change_record(by=by, record=value, version=version, fields=fields)


def answer_objective(
    *,
    by: Person,
    objective: Objective,
    what: str,
    worded: int,
    text: str = "",
    key: UUID | None = None,
    upper: Objective | None = None,
) -> UUID:
    """One side's turn in the talk about an objective: its word on these words, an offer, or what it needs.

    SomeoneChangedThis where the words have changed since they were read: nobody agrees to what they have not seen.
    Who has the `upper` one at hand may give it, so that it need not be read again.
    """
    if upper is None or queries.uppers_of([objective.pk]).get(objective.pk) != upper.pk:
        upper = queries.upper_of(objective)
    if upper is None or not side_of(by, objective, upper) or not notices.can_read(by, objective):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _answer(by, objective, upper, what, worded, text)))


def _answer(by: Person, objective: Objective, upper: Objective, what: str, worded: int, text: str) -> UUID:
    mine = Objective.objects.filter(pk=objective.pk)
    if mine.select_for_update().order_by().values_list("worded", flat=True).get() != worded:
        raise SomeoneChangedThis(mine.select_related("place", "owner").get())
    said = comment_on(by=by, record=objective, text=text) if text else None
    side = side_of(by, objective, upper)
    kept = Round.objects.create(
        objective=objective, upper=upper, side=side, what=what, worded=worded, comment_id=said, by=by
    )
    record_act(
        by=by, verb="answered", thing=kept, organisation=objective.organisation_id, fields=[what], related=objective.pk
    )
    _tell_the_other_side(by, objective, upper, side)
    return kept.pk


def _tell_the_other_side(by: Person, objective: Objective, upper: Objective, side: str) -> None:
    """Its owner, and whoever spoke for it before."""
    other = objective.rounds.filter(upper=upper).exclude(side=side).select_related("by")
    owner = objective.owner if side == UPPER else upper.owner
    told = {each.by_id: each.by for each in other}
    if owner:
        told[owner.pk] = owner
    notices.tell(told.values(), objective, by=by, what="answered")


@transaction.atomic
def take_wording(*, by: Person, objective: Objective, answer: Round, version: int) -> None:
    """Take the words that the other side proposed; whoever takes them agrees to them, and the other has its word."""
    upper = queries.upper_of(objective)
    side = side_of(by, objective, upper) if upper else ""
    if side == answer.side or not answer.comment:
        raise NotAllowed
    change_record(by=by, record=objective, version=version, fields={"title": answer.comment.text[:200].strip()})
    answer_objective(by=by, objective=objective, what=AGREE, worded=objective.worded)


@transaction.atomic
def stop_objective(*, by: Person, objective: Objective, version: int, reason: str, hours: int | None = None) -> None:
    """Stop it, with the reason and, where they are known, the hours a week that this frees."""
    fields = {"stop_reason": reason, "hours_freed": hours}
    change_record(by=by, record=objective, version=version, fields=fields)
    move_record(by=by, record=objective, version=objective.version, stage="stopped")


@transaction.atomic
def start_objective(
    *,
    by: Person,
    objective: Objective,
    version: int,
    stop: Objective | None = None,
    reason: str = "",
    hours: int | None = None,
) -> None:
    """Make it live. Where its place is full (NotNow), one must `stop` to make room, and the two are joined.

    NotNow, too, where it is live already: twice is once.
    """
    if objective.stage == "live":
        raise NotNow(LIVE_ALREADY)
    if stop is not None:
        if stop.place_id != objective.place_id:
            raise NotAllowed
        stop_objective(by=by, objective=stop, version=stop.version, reason=reason, hours=hours)
        link_records(by=by, start=stop, meaning=MADE_ROOM_FOR, end=objective)
    move_record(by=by, record=objective, version=version, stage="live")


@transaction.atomic
def share_strategy(*, by: Person, strategy: Strategy, version: int, public: bool) -> int:
    """Make the page public, with those values and objectives on it that `by` may change, or take it back.

    How many records changed. SomeoneChangedThis, and nothing shared, where somebody changed one meanwhile.
    """
    own = GROUP_SHARED if strategy.place.level == GROUP else ORGANISATION_SHARED
    sharing = PUBLIC if public else own
    parts: list[Record] = [*queries.values_at(by, strategy.organisation), *queries.live_at(by, strategy.organisation)]
    change_record(by=by, record=strategy, version=version, fields={"sharing": sharing})
    changing = [each for each in parts if each.sharing != sharing and access.can_change(by, each)]
    for each in changing:
        change_record(by=by, record=each, version=each.version, fields={"sharing": sharing})
    return len(changing) + 1


def check_again(*, by: Person, earlier: DocumentCheck, fields: dict[str, Any], key: UUID | None = None) -> UUID:
    """Check a new version of a document, at the same place, and join it to the earlier check."""
    kind, place = kind_of(earlier), earlier.place
    if not (access.can_add(by, kind, place) and notices.can_read(by, earlier)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _check_again(by, earlier, fields)))


def _check_again(by: Person, earlier: DocumentCheck, fields: dict[str, Any]) -> UUID:
    number = add_record(by=by, kind=kind_of(earlier), place=earlier.place, fields=fields)
    link_records(by=by, start=added(DocumentCheck, number, "place"), meaning=CAME_FROM, end=earlier)
    return number


@transaction.atomic
def keep_found(*, by: Person, check: DocumentCheck, quotes: list[str], found: dict[str, Any]) -> None:
    """Keep what a document carries, and let its text go. `by` is whoever asked for it to be read."""
    fields = {"quotes": "\n".join(quotes), "found": found, "read_at": now(), "text": ""}
    fields["digest"] = sha256(check.text.encode()).hexdigest()
    change_record(by=by, record=check, version=check.version, fields=fields)
