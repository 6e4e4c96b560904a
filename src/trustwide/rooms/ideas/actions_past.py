"""Ideas that were told and answered before, brought in together: from a box, a sheet, or another system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from trustwide.rooms.commons import search
from trustwide.rooms.commons.actions import plain
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Comment, Link, Version
from trustwide.rooms.ideas.growing import REPLY_WITHIN
from trustwide.rooms.ideas.models import GO_AHEAD, NEW, REPLIES, TRIED, Answer, Idea, Problem, Support
from trustwide.rooms.people.acts import NotAllowed, record_acts
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.people.working_time import working_day_after, working_days_between
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of


@dataclass
class PastIdea:
    """One idea as it was told, with what became of it; the earliest first. `said` is comments: who, what, when."""

    by: Person
    place: Place
    title: str
    at: datetime
    more: str = ""
    owner: Person | None = None
    backers: list[tuple[Person, datetime]] = field(default_factory=list)
    said: list[tuple[Person, str, datetime]] = field(default_factory=list)
    answers: list[tuple[Person, str, str, datetime]] = field(default_factory=list)  # who, what, in which words, when
    for_problem: Problem | None = None


@transaction.atomic
def bring_in_ideas(*, by: Person, organisation: Place, told: list[PastIdea]) -> int:
    """Keep them as if each had been told here on its day; how many. Whoever may change all of an organisation's may."""
    inside = all(organisation.holds(each.place) for each in told)
    if not reach_of(by).may(May.CHANGE, organisation) or not inside:
        raise NotAllowed
    ideas = [_idea(each) for each in told]
    insert_all(ideas)
    insert_all([_version(each) for each in ideas])
    hung = [part for idea, each in zip(ideas, told, strict=True) for part in _hung(idea, each)]
    for model in (Comment, Support, Answer, Link):
        insert_all([each for each in hung if isinstance(each, model)])
    record_acts(by=by, verb="brought-in", things=ideas, organisation=organisation.pk)
    search.keep_words_of([each.pk for each in ideas])
    return len(ideas)


def _idea(told: PastIdea) -> Idea:
    replies = [each for each in told.answers if each[1] in REPLIES]
    tried = [each for each in told.answers if each[1] in TRIED]
    stage = told.answers[-1][1] if told.answers else NEW
    last = max([told.at, *(each[-1] for each in (*told.backers, *told.said, *told.answers))])
    idea = Idea(
        kind=Idea._meta.label_lower, place=told.place, organisation_id=told.place.organisation_id, title=told.title,
        more=told.more, for_problem=told.for_problem, stage=stage, updated_at=last,
        created_by=told.by, created_at=told.at,
        owner=told.by if stage in (GO_AHEAD, *TRIED) else told.owner,
        updated_by=told.answers[-1][0] if told.answers else told.by,
        closed_at=last if KINDS[Idea._meta.label_lower].stage(stage).closed else None,
        supported=len(told.backers),
        answered_on=localdate(replies[0][3]) if replies else None,
        tried_on=localdate(tried[0][3]) if tried else None,
    )  # fmt: skip
    if not told.answers:
        idea.next_review = working_day_after(localdate(told.at), REPLY_WITHIN)
    return idea


def _version(idea: Idea) -> Version:
    kept = {name: plain(getattr(idea, idea._meta.get_field(name).attname)) for name in KINDS[idea.kind].kept}
    told: dict[str, Any] = {"number": 1, "stage": idea.stage, "fields": kept, "by": idea.created_by}
    return Version(record_id=idea.pk, at=idea.created_at, **told)


def _hung(idea: Idea, told: PastIdea) -> Iterator[Any]:
    yield from (Support(idea=idea, by=by, at=at, words=[1]) for by, at in told.backers)
    yield from (Comment(record_id=idea.pk, by=by, text=text, at=at) for by, text, at in told.said)
    if idea.for_problem_id:
        ends = {"start_id": idea.pk, "end_id": idea.for_problem_id, "meaning": CONTRIBUTES_TO}
        yield Link(**ends, by=told.by, at=told.at)
    first = True
    for by, what, text, at in told.answers:
        comment = Comment(record_id=idea.pk, by=by, text=text, at=at) if text else None
        yield from [comment] if comment else []
        took = working_days_between(localdate(told.at), localdate(at)) if first and what in REPLIES else None
        yield Answer(idea=idea, what=what, comment=comment, by=by, at=at, took=took)
        first = False
