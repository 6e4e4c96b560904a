"""What people do with an item: answer it, put it off, pass it up, tell the answer, say whether it helped."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import comment_on
from trustwide.rooms.escalation import access
from trustwide.rooms.escalation.models import (
    AGREED,
    ANSWER,
    ANSWERED,
    ASK_TIME,
    KEPT_CLOCK,
    KNOW,
    MORE_HELP,
    PROMISE,
    SEEN,
    TOLD,
    WORKING,
    Item,
    Tier,
)  # fmt: skip
from trustwide.rooms.escalation.route import give, steps_of
from trustwide.rooms.escalation.tiers import ladder_of, tiers_of, told_of
from trustwide.rooms.escalation.writing import (
    ANSWERED_ALREADY,
    NOT_ANSWERED,
    close,
    end_of,
    keep,
    keep_steps,
    must,
    must_wait,
    note_helped,
    put_off,
    stop_clock,
    take_as,
    tell,
)  # fmt: skip
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place

IS_TOP = _("This is the top: nobody stands above to pass it up to. Answer it, or say when you will.")
NOTHING_ASKED = _("Nobody asks for more time any more.")


def _said(by: Person, item: Item, words: str) -> UUID | None:
    return comment_on(by=by, record=item, text=words) if words else None


@transaction.atomic
def answer_item(*, by: Person, item: Item, words: str, told: bool = False) -> None:
    """Answer it; with `told`, who raised it has been told in person. NotNow where it was answered meanwhile.

    It is over once they have been told, and open again if they say that it did not help.
    """
    mine = take_as(by, item, access.can_answer)
    must_wait(mine)
    stop_clock(mine)
    keep(by, mine, ANSWER, "gave-answer", _said(by, mine, words))
    if told:
        tell(by, mine)
    notices.tell([mine.created_by], mine, by=by, what="item-answered")
    notices.happened(mine, by=by, what="item-answered")


@transaction.atomic
def see_item(*, by: Person, item: Item) -> None:
    """Thank whoever let us know: that is all that "just so you know" asks, so it is over."""
    mine = take_as(by, item, access.can_answer)
    must(mine.sort == KNOW, ANSWERED_ALREADY)
    must_wait(mine)
    close(mine, TOLD)
    keep(by, mine, SEEN, "gave-answer")
    notices.tell([mine.created_by], mine, by=by, what="item-seen")


@transaction.atomic
def promise_word(*, by: Person, item: Item, words: str, until: date) -> None:
    """Working on it, next word on a day. It moves the day when an answer is due once at each tier.

    After that who raised it is asked whether the later day will do; until they say so the clock goes on.
    """
    mine = take_as(by, item, access.can_answer)
    must_wait(mine)
    mine.stage, again = WORKING, mine.put_off
    if again:
        mine.asks_until = until
        keep(by, mine, ASK_TIME, "promised-word", _said(by, mine, words), due_at=end_of(until))
    else:
        mine.put_off = True
        put_off(mine, until)
        keep(by, mine, PROMISE, "promised-word", _said(by, mine, words))
    notices.tell([mine.created_by], mine, by=by, what="item-more-time" if again else "item-working")


@transaction.atomic
def agree_to_wait(*, by: Person, item: Item, agrees: bool) -> None:
    """Who raised it says whether the later day will do. NotNow where none is asked for any more."""
    mine = take_as(by, item, access.raised_it)
    must_wait(mine)
    until = mine.asks_until
    must(until is not None, NOTHING_ASKED)
    if agrees and until:
        put_off(mine, until)
    mine.asks_until = None
    keep(by, mine, AGREED if agrees else KEPT_CLOCK, "said-of-time")
    notices.tell_owner(mine, by=by, what="item-time")


@transaction.atomic
def pass_up(*, by: Person, item: Item, words: str) -> None:
    """Need more help: it goes up a tier now. NotNow at the top."""
    mine = take_as(by, item, access.can_answer)
    must_wait(mine)
    ladder = ladder_of(mine.place, mine.created_by)
    must(mine.tier < ladder.top, IS_TOP)
    said = _said(by, mine, words)
    steps = steps_of(mine, MORE_HELP, give(mine, ladder, mine.tier + 1), by=by)
    steps[0].comment_id = said
    keep_steps(by, mine, steps, "passed-up")
    notices.tell(_told_of_move(mine), mine, by=by, what="item-up")
    notices.happened(mine, by=by, what="item-up")


def _told_of_move(mine: Item) -> list[Person]:
    """Who raised it, and who has it now."""
    return list({each.pk: each for each in (mine.created_by, mine.owner) if each}.values())


@transaction.atomic
def tell_raiser(*, by: Person, item: Item) -> None:
    """Say that who raised it has been told the answer: now it is over. NotNow before there is one; twice is once."""
    mine = take_as(by, item, access.can_answer)
    if mine.stage != TOLD:
        must(mine.stage == ANSWERED, NOT_ANSWERED)
        tell(by, mine)


@transaction.atomic
def say_helped(*, by: Person, item: Item, helped: bool, words: str = "") -> None:
    """Who raised it says whether the answer helped. If not, it opens again at the tier where it was answered."""
    mine = take_as(by, item, access.raised_it)
    note_helped(by, mine, helped=helped, comment=_said(by, mine, words))


@transaction.atomic
def set_tiers(*, by: Person, organisation: Place, tiers: list[dict[str, Any]], seen: str | None = None) -> None:
    """The tiers of an organisation from now on, the lowest first. What was raised before keeps its day.

    ChangedMeanwhile where its tiers are others than were `seen`.
    """
    if not access.can_set_tiers(by, organisation):
        raise NotAllowed
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    must_be_seen(seen, *told_of(tiers_of(organisation)))
    Tier.objects.filter(organisation=organisation).delete()
    new = [Tier(organisation=organisation, number=number, **each) for number, each in enumerate(tiers, 1)]
    Tier.objects.bulk_create(new)
    record_act(by=by, verb="set-tiers", thing=organisation, organisation=organisation.pk, fields=["tiers"])
