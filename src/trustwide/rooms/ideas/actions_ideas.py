"""What is done to ideas: supported, answered, told what came of them, and made part of another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from trustwide.rooms.commons import access as records
from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import Rule, change_record, comment_on, link_records, move_record
from trustwide.rooms.commons.links import CAME_FROM, PART_OF
from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.ideas import access, queries
from trustwide.rooms.ideas.growing import ASK_AGAIN_AFTER
from trustwide.rooms.ideas.models import (
    GO_AHEAD,
    MERGED,
    OUTCOMES,
    REPLIES,
    TALKING,
    TRYING,
    Answer,
    Idea,
    LaterWords,
    Support,
)
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after, working_days_between


def _whole(idea: Idea) -> Idea:
    """As it stands now, ours until the transaction ends: its version too, which stands in the shared row."""
    mine = Idea.objects.select_for_update(of=("self", "record_ptr"))
    found: Idea = mine.select_related("place__organisation", "organisation", "owner", "created_by").get(pk=idea.pk)
    return found


@transaction.atomic
def support_idea(*, by: Person, idea: Idea) -> None:
    """Support its newest words. Twice is once; again, after there are later words, is for those too."""
    if not (access.can_support(by, idea) and notices.can_read(by, idea)):
        raise NotAllowed
    now_it_is = _whole(idea)
    made, is_new = Support.objects.get_or_create(idea=now_it_is, by=by)
    if now_it_is.worded not in made.words:
        Support.objects.filter(pk=made.pk).update(words=[*made.words, now_it_is.worded])
        Idea.objects.filter(pk=idea.pk).update(supported=F("supported") + int(is_new))
        record_act(by=by, verb="supported", thing=now_it_is, organisation=idea.organisation_id)


@transaction.atomic
def take_back_support(*, by: Person, idea: Idea) -> None:
    """Support it no longer. Where there was none, nothing happens."""
    if not notices.can_read(by, idea):
        raise NotAllowed
    now_it_is = _whole(idea)
    gone, _of = Support.objects.filter(idea=now_it_is, by=by).delete()
    if gone:
        Idea.objects.filter(pk=idea.pk).update(supported=F("supported") - 1)
        record_act(by=by, verb="took-back-support", thing=now_it_is, organisation=idea.organisation_id)


def word_anew(*, by: Person, idea: Idea, text: str, key: UUID | None = None) -> UUID:
    """Say an idea in later words: they stand beside those that were supported, and whoever supports it is told."""
    if not (access.can_word_anew(by, idea) and notices.can_read(by, idea)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _word_anew(by, idea, text)))


def _word_anew(by: Person, idea: Idea, text: str) -> UUID:
    now_it_is = _whole(idea)
    comment = Comment.objects.get(pk=comment_on(by=by, record=now_it_is, text=text))
    kept = LaterWords.objects.create(idea=now_it_is, number=now_it_is.worded + 1, comment=comment)
    Idea.objects.filter(pk=idea.pk).update(worded=kept.number)
    record_act(by=by, verb="worded-anew", thing=kept, organisation=idea.organisation_id, related=idea.pk)
    notices.tell([each.by for each in queries.supports_of(now_it_is)], now_it_is, by=by, what="reworded")
    return kept.pk


def answer_idea(*, by: Person, idea: Idea, what: str, said: str = "", key: UUID | None = None) -> UUID:
    """Reply to it: `what` is one of REPLIES, and the stage that it then stands at. Its writer and supporters are told.

    Once it may go ahead, it is its writer's own again; they are asked after a while what came of it.
    """
    if what not in REPLIES or not (access.can_answer(by, idea) and notices.can_read(by, idea)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _answer(by, idea, what, said, access.can_answer)))


def tell_outcome(*, by: Person, idea: Idea, what: str, said: str = "", key: UUID | None = None) -> UUID:
    """Tell what came of it: `what` is one of OUTCOMES, and the stage that it then stands at."""
    if what not in OUTCOMES or not (records.can_change(by, idea) and notices.can_read(by, idea)):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _answer(by, idea, what, said, records.can_change)))


def _answer(by: Person, idea: Idea, what: str, said: str, may: Rule) -> UUID:
    now_it_is = _whole(idea)
    comment = Comment.objects.get(pk=comment_on(by=by, record=now_it_is, text=said)) if said else None
    first = what in REPLIES and now_it_is.answered_on is None
    took = working_days_between(localdate(now_it_is.created_at), today()) if first else None
    kept = Answer.objects.create(idea=now_it_is, what=what, comment=comment, by=by, took=took)
    told: dict[str, Any] = {"organisation": idea.organisation_id, "related": idea.pk}
    record_act(by=by, verb="answered-idea" if what in REPLIES else "told-outcome", thing=kept, fields=[what], **told)
    _write_down(by, now_it_is, what, first, may)
    supporters = [each.by for each in queries.supports_of(now_it_is)]
    people = {each.pk: each for each in [now_it_is.created_by, *supporters]}
    notices.tell(people.values(), now_it_is, by=by, what="idea-answered" if what in REPLIES else "outcome")
    return kept.pk


def _write_down(by: Person, idea: Idea, what: str, first: bool, may: Rule) -> None:
    """The stage, who has the next word and by when."""
    again = working_day_after(today(), ASK_AGAIN_AFTER) if what in (GO_AHEAD, TALKING, TRYING) else None
    fields: dict[str, Any] = {"next_review": again}
    if first:
        fields["answered_on"] = today()
    if what == GO_AHEAD:
        fields["owner"] = idea.created_by
    if what != idea.stage:
        move_record(by=by, record=idea, version=idea.version, stage=what, may=may)
    change_record(by=by, record=idea, version=idea.version, fields=fields, may=may)


@transaction.atomic
def begin_trying(*, by: Person, idea: Idea, work: Record) -> None:
    """Join it to the project, test or experiment in which it is tried, which came from it."""
    link_records(by=by, start=work, meaning=CAME_FROM, end=idea)
    now_it_is = _whole(idea)
    if now_it_is.stage != TRYING and records.can_change(by, now_it_is):
        tell_outcome(by=by, idea=now_it_is, what=TRYING)


@transaction.atomic
def merge_ideas(*, by: Person, idea: Idea, into: Idea) -> None:
    """Close an idea as part of another: its supporters and its writer support that one, none of them twice.

    Both keep what was said of them; each page leads to the other.
    """
    first, second = sorted((idea, into), key=lambda each: each.pk)
    whole = {each.pk: each for each in (_whole(first), _whole(second))}
    old, new = whole[idea.pk], whole[into.pk]
    if old.pk == new.pk or old.closed_at or new.closed_at or old.organisation_id != new.organisation_id:
        raise NotAllowed
    link_records(by=by, start=old, meaning=PART_OF, end=new)  # refuses who may not change the one or read the other
    _carry_over(old, new)
    change_record(by=by, record=old, version=old.version, fields={"merged_into": new, "next_review": None})
    move_record(by=by, record=old, version=old.version, stage=MERGED)
    record_act(by=by, verb="merged-idea", thing=old, organisation=old.organisation_id, related=new.pk)


def _carry_over(old: Idea, new: Idea) -> None:
    backers = [each.by for each in queries.supports_of(old)]
    known = {new.created_by_id, *(each.by_id for each in queries.supports_of(new))}
    more = [each for each in {each.pk: each for each in [*backers, old.created_by]}.values() if each.pk not in known]
    Support.objects.bulk_create(Support(idea=new, by=each) for each in more)
    Idea.objects.filter(pk=new.pk).update(supported=F("supported") + len(more), took_in=F("took_in") + 1)
    notices.tell([*backers, old.created_by], old, by=None, what="merged-idea")
