"""Where an item goes: to the tier at which it is raised, up one, or past a tier at which nobody answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.escalation.codes import code_for, hashes_of, is_somebody
from trustwide.rooms.escalation.models import ASKED, BACK, NOBODY, RAISED, TAKEN_BACK, Item, Step
from trustwide.rooms.escalation.tiers import Ladder, Rung, due_after, ladder_of
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person

NO_MOVING = _("It moves on by an answer. Use the buttons of the page.")
NOT_YOURS = _("Only who raised it can take it back.")
NOT_STARTED = _("Raise it first.")


@dataclass(frozen=True)
class Given:
    """Where an item stands after it was given to a tier: the rung, and those passed on the way."""

    rung: Rung | None
    passed: list[Rung]


def give(item: Item, ladder: Ladder, number: int) -> Given:
    """Let the first tier from a number up that has somebody hold the item, and begin its clock. Not saved."""
    rung, passed = ladder.from_tier(number)
    item.stage, item.put_off, item.asks_until, item.given_at = ASKED, False, None, now()
    if rung is not None:
        item.tier, item.owner = rung.tier.number, rung.person
        item.due_at = due_after(rung.tier, item.sort)
        item.next_review = localtime(item.due_at).date()
    return Given(rung, passed)


def begin(item: Item) -> None:
    """A new item goes to the lowest tier of its place. Who has no account reads the answer by its code."""
    if is_somebody(item.created_by):
        item.code_hash = hashes_of(code_for(item.id))[0]
    item.given = give(item, ladder_of(item.place, item.created_by), 0)  # type: ignore[attr-defined]


def tell_story(item: Item) -> None:
    """The first steps of a new item, or that it was taken back: in the transaction of that, and once."""
    given: Given | None = getattr(item, "given", None)
    if given is not None:
        Step.objects.bulk_create(steps_of(item, RAISED, given, by=item.created_by))
        item.given = None  # type: ignore[attr-defined]
    elif item.stage == TAKEN_BACK and not Step.objects.filter(item=item.pk, what=BACK).exists():
        step_of(item, BACK, None, by=item.updated_by).save(force_insert=True)


def steps_of(item: Item, what: str, given: Given, *, by: Person | None) -> list[Step]:
    """What to tell of an item that was given to a tier: that it was, and which tiers had nobody."""
    named = [step_of(item, what, given.rung, by=by)]
    return named + [step_of(item, NOBODY, each, by=None, holder=None) for each in given.passed]


def step_of(item: Item, what: str, rung: Rung | None, *, by: Person | None, **told: object) -> Step:
    name, place = (rung.tier.name, rung.place) if rung else ("", None)
    number = rung.tier.number if rung else item.tier
    shown = {"holder": item.owner, "due_at": item.due_at, **told}
    return Step(item=item, what=what, tier=number, tier_name=name, place=place, by=by, at=now(), **shown)


def enter(item: Item, stage: str) -> None:
    """No stage is chosen by hand, but that who raised it may take it back."""
    if item._state.adding:
        if stage != ASKED:
            raise NotNow(NOT_STARTED)
    elif stage != TAKEN_BACK:
        raise NotNow(NO_MOVING)
    elif item.updated_by_id != item.created_by_id:
        raise NotNow(NOT_YOURS)
