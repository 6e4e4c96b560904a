"""The rules of an idea: who owes it a reply, and which stages it may come to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import DRAFT, Link
from trustwide.rooms.ideas.access import is_held_back, must_wait
from trustwide.rooms.ideas.models import LET_GO, MERGED, NEW, REPLIES, TRIED, Idea
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.deputies import answers_for
from trustwide.rooms.places.queries import whom_to_turn_to

REPLY_WITHIN = 10  # working days
ASK_AGAIN_AFTER = 20  # working days after it was answered, its owner is asked what came of it


def begin(idea: Idea) -> None:
    """A new idea is owned by whoever owes it a reply; a leader's waits with them while its problem is not framed."""
    if idea.for_problem is not None and is_held_back(idea.created_by, idea.for_problem):
        idea.stage = DRAFT
    if idea.stage == NEW:
        hand_over(idea)


def hand_over(idea: Idea) -> None:
    """To whoever leads its place, or answers for them today, with ten working days for a reply."""
    leader = whom_to_turn_to([idea.place], but=idea.created_by_id).get(idea.place_id)
    deputy = answers_for(leader, today(), idea.organisation) if leader else None
    idea.owner = leader if deputy is None or deputy.pk == idea.created_by_id else deputy
    idea.next_review = working_day_after(today(), REPLY_WITHIN)


def enter(idea: Idea, stage: str) -> None:
    """What is a reply comes from a reply, and a merge from a merge; a draft waits for its problem."""
    if idea._state.adding or stage == idea.stage:
        return
    if stage == NEW and must_wait(idea.created_by, idea):
        if idea.for_problem is None:
            raise NotNow(_("Choose first which problem it is for. Your idea is kept for you until then."))
        raise NotNow(_("The problem is not framed yet. Your idea is kept for you until it is."))
    if idea.stage == MERGED:
        raise NotNow(_("It is part of another idea now. Go on there."))
    if idea.stage == DRAFT and stage not in (NEW, LET_GO):
        raise NotNow(_("Put the idea in first."))
    if stage == NEW and idea.stage != DRAFT:
        raise NotNow(_("It has been answered. Answer it again instead."))
    if stage in REPLIES and not idea.answers.filter(what=stage).exists():
        raise NotNow(_("Answer the idea in words: use the reply on its page."))
    if stage == MERGED and idea.merged_into_id is None:
        raise NotNow(_("Choose the idea that this one becomes part of."))


def note(idea: Idea) -> None:
    """After each change: the day on which it was first tried, and the problem that it is joined to."""
    noted: dict[str, Any] = {}
    if idea.stage in TRIED and idea.tried_on is None:
        noted["tried_on"] = today()
    if idea.stage == NEW and idea.next_review is None and idea.merged_into_id is None:  # it was let in
        hand_over(idea)
        noted |= {"owner_id": idea.owner_id, "next_review": idea.next_review}
    if noted:
        Idea.objects.filter(pk=idea.pk).update(**noted)
        for name, value in noted.items():
            setattr(idea, name, value)
    _join_to_problem(idea)


def _join_to_problem(idea: Idea) -> None:
    """An idea helps the problem that it is for, so that both stand in one chain."""
    if idea.for_problem_id is None or idea.stage == DRAFT:
        return
    ends = {"start_id": idea.pk, "end_id": idea.for_problem_id, "meaning": CONTRIBUTES_TO}
    link, is_new = Link.objects.get_or_create(**ends, defaults={"by": idea.updated_by})
    if is_new:
        told = {"thing": link, "organisation": idea.organisation_id, "related": idea.pk}
        record_act(by=idea.updated_by, verb="linked", fields=[CONTRIBUTES_TO], **told)
