"""What Trustwide does by itself: what nobody answered in time goes up a tier, and says so."""

from __future__ import annotations

from django.db import transaction

from trustwide.rooms.commons import notices
from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.models import ANSWERED, LATE, PASSED, ROSE, Item
from trustwide.rooms.escalation.route import give, step_of, steps_of
from trustwide.rooms.escalation.tiers import Rung, ladder_of
from trustwide.rooms.escalation.writing import keep_steps, take, tell
from trustwide.rooms.people.models import Person

CLOCK = ("due_at", "next_review", "put_off", "asks_until", "stage", "given_at")


@transaction.atomic
def raise_late(*, item: Item) -> bool:
    """Let an item that is past its day go up a tier; at the top it stays, and its story says that it is late.

    The system's own: nobody is named. False where it was answered or put off meanwhile.
    """
    mine, before = take(item), item.owner
    if not queries.is_to_rise(mine):
        return False
    ladder = ladder_of(mine.place, mine.created_by)
    if is_top := mine.tier >= ladder.top:
        keep_steps(None, mine, [step_of(mine, LATE, ladder.rung_of(mine.tier), by=None)], "was-late")
    else:
        keep_steps(None, mine, steps_of(mine, ROSE, give(mine, ladder, mine.tier + 1), by=None), "rose")
    _tell(mine, before, "item-late" if is_top else "item-rose")
    notices.happened(mine, by=None, what="item-rose")
    return True


@transaction.atomic
def pass_on(*, item: Item) -> bool:
    """Give an item whose owner no longer answers there to who does, or up, at once. False where its owner does."""
    mine, before = take(item), item.owner
    ladder = ladder_of(mine.place, mine.created_by)
    now_it_is, _passed = ladder.from_tier(mine.tier)
    if not queries.is_waiting(mine) or now_it_is is None or _holds(mine, now_it_is):
        return False
    clock = {name: getattr(mine, name) for name in CLOCK}
    same_tier = now_it_is.tier.number == mine.tier
    given = give(mine, ladder, mine.tier)
    if same_tier:  # its clock goes on
        for name, value in clock.items():
            setattr(mine, name, value)
    keep_steps(None, mine, steps_of(mine, PASSED, given, by=None), "passed-on")
    _tell(mine, before, "item-passed")
    return True


@transaction.atomic
def note_read(*, item: Item) -> bool:
    """An answer that was read has been told, so it is over. The system's own: nobody is named."""
    mine = take(item)
    if mine.stage != ANSWERED:
        return False
    tell(None, mine)
    return True


def _holds(item: Item, rung: Rung) -> bool:
    """Whether it lies with whoever answers, at the tier where it stands."""
    return rung.tier.number == item.tier and (rung.person and rung.person.pk) == item.owner_id


def _tell(mine: Item, before: Person | None, what: str) -> None:
    """Who raised it, who had it and who has it now."""
    people = {each.pk: each for each in (mine.created_by, before, mine.owner) if each}
    notices.tell(people.values(), mine, by=None, what=what)
