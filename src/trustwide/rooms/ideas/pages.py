"""What the pages of a problem and of an idea show beside what every record shows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trustwide.rooms.commons import access as records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.ideas import access, queries
from trustwide.rooms.ideas.forms import AngleForm, AnswerForm, OutcomeForm, WordsForm
from trustwide.rooms.ideas.framing import FRAME, answers_in, missing
from trustwide.rooms.ideas.models import (
    ALREADY,
    FRAMING,
    MERGED,
    NEW,
    NOT_NOW,
    OUTCOMES,
    REPLIES,
    SIDES_OF_LIFE,
    STOPPED,
    TALKING,
    Angle,
    Idea,
    LaterWords,
    Problem,
    Support,
)  # fmt: skip
from trustwide.rooms.ideas.next_steps import steps_for
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of

NAMED = 50  # supporters
AGAIN: dict[str, Any] = {
    STOPPED: gettext_lazy("deal first with what stopped it: “%(words)s”"),
    NOT_NOW: gettext_lazy("deal first with what stood in the way: “%(words)s”"),
    ALREADY: gettext_lazy("go and see: “%(words)s”"),
}
TOLD: dict[str, Any] = {**REPLIES, **OUTCOMES}


def of_problem(person: Person, problem: Problem) -> dict[str, Any]:
    """Its frame, the angles side by side with who has not spoken, its ideas, and the question to all staff."""
    angles = queries.angles_of(problem)
    heard: dict[str, list[Angle]] = defaultdict(list)
    for each in angles:
        heard[each.role].append(each)
    ideas, count = queries.ideas_for(person, problem)
    return {
        "frame": [(said, getattr(problem, name)) for name, said in FRAME.items()],
        "unsaid": missing(problem, set(heard)) if problem.stage == FRAMING else [],
        "nudges": answers_in(problem, person) if records.can_change(person, problem) else [],
        "heard": [(SIDES_OF_LIFE[role], heard[role]) for role in SIDES_OF_LIFE if role in heard],
        "unheard": [words for role, words in SIDES_OF_LIFE.items() if role not in heard],
        "may_frame": access.can_frame(person, problem),
        "angle_form": AngleForm(),
        "said_above": {each.comment_id for each in angles},
        "may_have_idea": problem.closed_at is None and _may_have_idea(person, problem),
        "ideas": ideas,
        "ideas_more": count - len(ideas),
        "is_framing": problem.stage == FRAMING,
        "held_back": access.is_held_back(person, problem),
        "may_ask": access.can_ask_everyone(person, problem),
        "replies_count": queries.count_of_replies(problem) if problem.asks_until else 0,
        "stages": {each.key: each.name for each in KINDS[Idea._meta.label_lower].stages},
    }


def _may_have_idea(person: Person, problem: Problem) -> bool:
    """Whether they may add one at its place, or anywhere in its organisation where they hold a role."""
    held = [each.place for each in reach_of(person).roles if problem.organisation.holds(each.place)]
    return any(records.can_add(person, KINDS[Idea._meta.label_lower], each) for each in (problem.place, *held))


def problem_fact(problem: Problem) -> str:
    """In lists: that the board asks about it."""
    return (
        _("The board asks all staff, until %(day)s") % {"day": day_of(problem.asks_until)} if problem.is_asking else ""
    )


def day_of(day: Any) -> str:
    return date_format(day, "j F")


def of_idea(person: Person, idea: Idea) -> dict[str, Any]:
    """Its words and who supports which of them, the replies, what came of it, and what can be done now."""
    supports, answers = queries.supports_of(idea), queries.answers_of(idea)
    later, parts = queries.later_words_of(idea), queries.parts_of(person, idea)
    said = queries.said_of(parts) if parts else {}
    may_answer = access.can_answer(person, idea) and idea.stage not in (MERGED, DRAFT)
    is_theirs = records.can_change(person, idea)
    is_draft = idea.stage == DRAFT
    return {
        "wordings": _wordings(supports, later),
        "may_word_anew": access.can_word_anew(person, idea),
        "words_form": WordsForm(),
        "supports": supports[:NAMED],
        "my_support": next((each for each in supports if each.by_id == person.pk), None),
        "may_support": access.can_support(person, idea),
        "answers": answers,
        "sayings": TOLD,
        "said_above": {each.comment_id for each in (*answers, *later)},
        "is_late": access.is_late(idea) or (idea.owner_id == person.pk and is_due(idea)),
        "reply_due": idea.next_review if idea.stage == NEW else None,
        "may_answer": may_answer,
        "answer_first": may_answer and idea.stage in (NEW, TALKING),
        "answer_form": AnswerForm(),
        "may_tell": is_theirs and idea.closed_at is None and idea.stage != DRAFT and idea.answered_on is not None,
        "outcome_form": OutcomeForm(),
        "is_draft": is_draft,
        "is_held": is_draft and access.must_wait(person, idea),
        "is_for": queries.problem_of(person, idea) if is_draft else None,
        "steps": steps_for(person, idea) if idea.stage not in (MERGED, DRAFT, NOT_NOW) else [],
        "parts": [(each, said.get(each.pk, [])) for each in parts],
        "part_of": queries.whole_of(person, idea),
        "may_merge": is_theirs and idea.closed_at is None and idea.stage != DRAFT,
    }


def is_due(idea: Idea) -> bool:
    """Whether the reply is due today, or was: its owner is told of it before others are."""
    return idea.answered_on is None and idea.next_review is not None and idea.next_review <= today()


def _wordings(supports: list[Support], later: list[LaterWords]) -> list[tuple[LaterWords | None, list[str]]]:
    """Its own words (None) and each later ones, with who supports which; none where there are no later ones."""
    wordings = [(1, None), *((each.number, each) for each in later)] if later else []
    return [(words, [each.by.name for each in supports if number in each.words]) for number, words in wordings]


def idea_fact(idea: Idea) -> str:
    """In lists: how many support it, and that its reply is late once it is."""
    said = []
    if idea.supported:
        supported = ngettext("%(num)s person supports it", "%(num)s people support it", idea.supported)
        said.append(supported % {"num": idea.supported})
    if idea.worded > 1:
        said.append(_("there are later words"))
    if access.is_late(idea) and idea.stage == NEW:
        said.append(_("a reply was due by %(day)s") % {"day": day_of(idea.next_review)})
    return " · ".join(said)


def again_words(idea: Idea) -> str:
    """For who has the same idea: what was said when it was not tried, stopped, or done already. One query, or none."""
    words = AGAIN.get(idea.stage)
    said = queries.last_said(idea) if words else ""
    return words % {"words": said} if words and said else ""


def what_was_tried(person: Person, organisation: Any) -> str:
    """What the list of ideas says of them all: never who, and never one place beside another."""
    counts = queries.counts_of(person, organisation)
    if not counts["ideas"]:
        return ""
    return _("Of %(ideas)s ideas, %(tried)s were tried; %(kept)s of those were kept.") % counts
