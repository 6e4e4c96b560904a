"""The rules of a problem: what it takes to call it framed, and who is told once it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trustwide.engines import words
from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.access import NUDGED, leads
from trustwide.rooms.ideas.models import FRAMED, FRAMING, WORKING, Problem
from trustwide.rooms.people.models import Person

FEWEST_SIDES = 2
#: What must be said of a problem before it is framed, besides what happens.
FRAME: dict[str, Any] = {
    "happens": gettext_lazy("where it happens"),
    "touches": gettext_lazy("who it touches"),
    "since": gettext_lazy("since when"),
    "known_by": gettext_lazy("how we know"),
}


def missing(problem: Problem, heard: set[str]) -> list[str]:
    """What is not said yet of a problem that should be framed, in words; `heard` are the sides that spoke."""
    unsaid = [str(said) for name, said in FRAME.items() if not getattr(problem, name).strip()]
    wanted = FEWEST_SIDES - len(heard)
    if wanted > 0:
        unsaid.append(
            ngettext("how one more side sees it", "how %(num)s different sides see it", wanted) % {"num": wanted}
        )
    return unsaid


def enter(problem: Problem, stage: str) -> None:
    """A problem is framed once it is told whole, and from two sides; it can be let go at any time."""
    if stage in (FRAMED, WORKING) and problem.stage in (FRAMING, FRAMED):
        unsaid = missing(problem, queries.sides_heard(problem))
        if unsaid:
            raise NotNow(_("Nearly there. Before it is framed, say: %(what)s.") % {"what": "; ".join(unsaid)})


def tell_those_held(problem: Problem) -> None:
    """Once it is framed, those whose ideas waited are told that they may put them in."""
    if problem.stage == FRAMING:
        return
    for idea in queries.drafts_held(problem):
        notices.tell([idea.created_by], idea, by=problem.updated_by, what="framed")


def answers_in(problem: Problem, person: Person) -> list[Any]:
    """What in its title is an answer rather than a problem, for a leader who may still change it."""
    if problem.stage != FRAMING or not leads(person, problem.organisation, NUDGED):
        return []
    return [each for each in words.check(problem.title) if each.kind == "solution"]
