"""Every read of this room that a page, a board or a measure needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from trustwide.rooms.commons.models import DRAFT, Comment, Notice
from trustwide.rooms.ideas.models import (
    CHANGED,
    KEPT,
    MERGED,
    TRIED,
    Angle,
    Answer,
    Idea,
    LaterWords,
    Problem,
    Reply,
    Support,
)
from trustwide.rooms.ideas.replies import FEWEST, hash_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import TEAM_SHARED

OFFERED = 100
SHOWN = 20


def problems_to_choose(organisation: Place) -> QuerySet[Problem]:
    """The open problems of an organisation that an idea can be for, the newest first."""
    open_ones = Problem.objects.filter(organisation=organisation.pk, closed_at=None).exclude(stage=DRAFT)
    return open_ones.exclude(sharing=TEAM_SHARED).order_by("-created_at")


def angles_of(problem: Problem) -> list[Angle]:
    return list(problem.angles.select_related("comment__by"))


def sides_heard(problem: Problem) -> set[str]:
    """From which sides of life or work a problem has been told."""
    return set(problem.angles.order_by().values_list("role", flat=True))


def ideas_for(person: Person, problem: Problem) -> tuple[list[Idea], int]:
    """The ideas for a problem that the person may read, those that most support first, and how many there are."""
    found = Idea.objects.visible_to(person).filter(for_problem=problem.pk).exclude(stage=MERGED)
    shown = found.select_related("place", "organisation").order_by("-supported", "created_at", "pk")[: SHOWN + 1]
    ideas = list(shown)
    return ideas[:SHOWN], len(ideas) if len(ideas) <= SHOWN else found.count()


def drafts_held(problem: Problem) -> list[Idea]:
    """The ideas that wait until a problem is framed, and whose writers were not told that it is."""
    told = Notice.objects.filter(what="framed").values("record")
    held = Idea.objects.filter(for_problem=problem.pk, stage=DRAFT).exclude(pk__in=told)
    return list(held.select_related("created_by", "place"))


def replies_to(problem: Problem) -> QuerySet[Reply]:
    """What was replied to a board's question; without names, none stands alone where others could guess at it."""
    found = Reply.objects.filter(problem=problem.pk).select_related("by").defer("writer_hash")
    if problem.unnamed and found.count() < FEWEST:
        return found.none()
    return found


def count_of_replies(problem: Problem) -> int:
    return Reply.objects.filter(problem=problem.pk).count()


def reply_of(problem: Problem, person: Person) -> Reply | None:
    """The person's own reply, which nobody else finds."""
    return Reply.objects.filter(problem=problem.pk, writer_hash=hash_of(problem, person)).first()


def reply_at(problem: Problem, number: UUID) -> Reply | None:
    return Reply.objects.filter(problem=problem.pk, pk=number).first()


def open_questions(organisation: Place) -> QuerySet[Problem]:
    """What the board asks all staff of an organisation today."""
    homes = [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
    asked = Problem.objects.filter(organisation__in=homes, asks_until__gte=today(), closed_at=None)
    return asked.order_by("asks_until", "pk")


def whole_of(person: Person, idea: Idea) -> Idea | None:
    """The idea that this one became part of, if the person may read it."""
    if idea.merged_into_id is None:
        return None
    return Idea.objects.visible_to(person).filter(pk=idea.merged_into_id).select_related("organisation").first()


def problem_of(person: Person, idea: Idea) -> Problem | None:
    """The problem that an idea is for, if the person may read it."""
    found: Problem | None = None
    if idea.for_problem_id is not None:
        found = Problem.objects.visible_to(person).filter(pk=idea.for_problem_id).select_related("organisation").first()
    return found


def supports_of(idea: Idea) -> list[Support]:
    """Who supports it. One query, or none."""
    return list(idea.supporters.select_related("by")) if idea.supported else []


def later_words_of(idea: Idea) -> list[LaterWords]:
    """What it says in later words, in their order. One query, or none."""
    return list(idea.later_words.select_related("comment__by")) if idea.worded > 1 else []


def answers_of(idea: Idea) -> list[Answer]:
    """The replies, and what was told since. One query, or none."""
    if idea.answered_on is None and idea.tried_on is None:
        return []
    return list(idea.answers.select_related("by", "comment__by"))


def last_said(idea: Idea) -> str:
    """The words of the last reply or outcome that had any. One query."""
    said = idea.answers.filter(comment__isnull=False).order_by("at", "pk").values_list("comment__text", flat=True)
    return said.last() or ""


def parts_of(person: Person, idea: Idea) -> list[Idea]:
    """The ideas that became part of this one and that the person may read."""
    if not idea.took_in:
        return []
    merged = Idea.objects.visible_to(person).filter(merged_into=idea.pk)
    return list(merged.select_related("organisation", "place", "created_by").order_by("created_at", "pk")[:SHOWN])


def said_of(ideas: Iterable[Idea]) -> dict[UUID, list[Comment]]:
    """What was said of each of those ideas; they were found by `parts_of`. One query."""
    found: dict[UUID, list[Comment]] = defaultdict(list)
    said = Comment.objects.filter(record__in=[each.pk for each in ideas]).select_related("by")
    for each in said.order_by("at", "pk")[: 5 * SHOWN]:
        found[each.record_id].append(each)
    return found


def ideas_to_merge_into(person: Person, idea: Idea, words: str) -> list[Idea]:
    """Open ideas of the same organisation that hold the words in their title; those most supported first."""
    found = Idea.objects.visible_to(person).filter(organisation=idea.organisation_id, closed_at=None)
    found = found.exclude(Q(pk=idea.pk) | Q(stage=DRAFT))
    for word in words.split()[:5]:
        found = found.filter(title__icontains=word[:40])
    return list(found.select_related("place", "organisation").order_by("-supported", "-created_at")[:SHOWN])


def idea_to_merge_into(person: Person, idea: Idea, number: str) -> Idea | None:
    """The open idea of that id, as a form sent it."""
    try:
        wanted = UUID(number)
    except ValueError:
        return None
    found = Idea.objects.visible_to(person).filter(pk=wanted, organisation=idea.organisation_id, closed_at=None)
    return found.exclude(Q(pk=idea.pk) | Q(stage=DRAFT)).select_related("place", "organisation").first()


def counts_of(person: Person, organisation: Place) -> dict[str, int]:
    """How many ideas there are, how many of them were tried, and how many are kept. One query."""
    seen = Idea.objects.visible_to(person).filter(organisation=organisation.pk).exclude(stage__in=(DRAFT, MERGED))
    return dict(
        seen.order_by().aggregate(
            ideas=Count("pk"), tried=Count("pk", filter=Q(tried_on__isnull=False)),
            kept=Count("pk", filter=Q(stage__in=(KEPT, CHANGED))),
        )
    )  # fmt: skip


def tried_lately(organisation: Place) -> QuerySet[Idea]:
    """Ideas of an organisation that were first tried in the last week."""
    since = today() - timedelta(days=7)
    tried = Idea.objects.filter(organisation=organisation.pk, stage__in=TRIED, tried_on__gt=since)
    return tried.order_by("-tried_on", "-pk")


def tried_by_month(place: Place) -> dict[date, int]:
    """How many ideas of a place and below were first tried in each month that has any. A count, for all to read."""
    tried = Idea.objects.filter(place__path__startswith=place.path, tried_on__isnull=False)
    months = tried.annotate(month=TruncMonth("tried_on")).values("month").annotate(count=Count("pk"))
    return {each["month"]: each["count"] for each in months.order_by("month")}


def days_to_reply_by_month(place: Place) -> dict[date, list[int]]:
    """The working days that first replies took at a place and below, by the month in which they were given."""
    given = Answer.objects.filter(idea__place__path__startswith=place.path, took__isnull=False)
    found: dict[date, list[int]] = defaultdict(list)
    for month, took in given.annotate(month=TruncMonth("at")).order_by("month").values_list("month", "took"):
        found[month.date()].append(took)
    return found
