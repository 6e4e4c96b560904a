"""What the page of a question shows beneath its title: who decides, the options, and how it went."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.commons.queries import places_above
from trustwide.rooms.decisions import access, queries
from trustwide.rooms.decisions.forms import DecideForm
from trustwide.rooms.decisions.models import (
    ANSWERS,
    ASKED,
    GIVEN,
    NO,
    NOT_YET,
    OPEN,
    ROSE,
    SORTS,
    STAYED,
    TEST,
    TO_BOARD,
    WAITING,
    YES,
    Decision,
    Step,
)
from trustwide.rooms.decisions.scheme import deputy_for, may_words, pounds
from trustwide.rooms.decisions.writing import lines_of
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import LEVEL_WORDS, ORGANISATION, Place


def fact(decision: Decision) -> str:
    """By when it is needed, for lists."""
    if decision.stage in WAITING and decision.next_review:
        return _("A decision is needed by %(day)s") % {"day": date_format(decision.next_review, "j F Y")}
    if decision.stage == TEST and decision.next_review:
        return _("The test runs to %(day)s") % {"day": date_format(decision.next_review, "j F Y")}
    return ""


def of_decision(person: Person, decision: Decision) -> dict[str, Any]:
    steps = queries.steps_of(decision)
    line = queries.line_numbered(decision.line_id)
    is_open = decision.stage in OPEN
    deputy = deputy_for(decision.owner, decision.place, today()) if is_open and decision.owner else None
    askers = queries.askers_of(decision)
    answered = bool(steps) and steps[-1].what in ANSWERS
    return {
        "is_settled": decision.stage not in WAITING,
        "sort": SORTS[decision.sort],
        "sum": pounds(decision.money) if decision.money else "",
        "option_lines": lines_of(decision.options),
        "decider_role": ROLES[decision.role].name if decision.role else "",
        "decider_place": _decider_place(decision),
        "scheme_line": line,
        "limit": may_words(line) if line else "",
        "deputy": deputy,
        "is_open": is_open,
        "may_decide": is_open and access.can_decide(person, decision),
        "may_join": is_open
        and not access.can_decide(person, decision)
        and person not in askers
        and access.can_join(person, decision),
        "may_put_off": access.can_put_off(decision),
        "askers": askers,
        "decide_form": DecideForm(),
        "answer": told(steps[-1]) if answered else "",
        "told_of": who_was_told(decision) if answered else "",
        "story": [(each, told(each)) for each in steps],
        "overdue": is_overdue(decision),
        "late": decision.stage in WAITING and decision.next_review and decision.next_review < today(),
        "said_above": {each.comment_id for each in steps if each.comment_id},
    }


def _decider_place(decision: Decision) -> Place:
    """Where whoever decides holds their role: the place of that level above it, or the nearest there is now."""
    above = places_above(decision.place)
    return next((each for each in above if each.level == decision.level), decision.place)


def is_overdue(decision: Decision) -> bool:
    """Whether the first day that was asked for is past without a word, and nobody stands above any more."""
    return decision.stage in WAITING and decision.level == ORGANISATION and decision.needed_by < today()


def who_was_told(decision: Decision) -> str:
    """Who was told of the answer: whoever asked by name, the others as a number."""
    people = queries.told_of_answer(decision)
    others = sum(each != decision.created_by for each in people)
    names = {"name": decision.created_by.name, "num": others}
    if others == len(people):
        return ngettext("%(num)s person was told.", "%(num)s people were told.", others) % names if others else ""
    if not others:
        return _("%(name)s, who asked, was told.") % names
    return (
        ngettext(
            "%(name)s, who asked, and %(num)s other person were told.",
            "%(name)s, who asked, and %(num)s others were told.",
            others,
        )
        % names
    )


def told(step: Step) -> str:
    """One step of the story, in a sentence."""
    names = {
        "who": step.by.name if step.by else "Trustwide",
        "holder": step.holder.name if step.holder else _("somebody still to be found"),
        "day": date_format(step.until, "j F Y") if step.until else "",
        "level": str(LEVEL_WORDS[step.level]).lower(),
    }
    return SENTENCES[step.what]() % names


SENTENCES: dict[str, Any] = {
    ASKED: lambda: _("%(who)s asked %(holder)s to decide by %(day)s."),
    GIVEN: lambda: _("%(who)s changed it so that it needs somebody else: %(holder)s decides, by %(day)s."),
    ROSE: lambda: _("No word had come, so it went up: %(holder)s decides (%(level)s), by %(day)s."),
    TO_BOARD: lambda: _("No word had come from the top, so it went to the board: %(holder)s decides, by %(day)s."),
    STAYED: lambda: _(
        "No word had come, and it can go no higher: %(holder)s still decides, by %(day)s. The board sees it."
    ),
    YES: lambda: _("%(who)s said yes."),
    NO: lambda: _("%(who)s said no."),
    TEST: lambda: _("%(who)s said yes, as a test until %(day)s."),
    NOT_YET: lambda: _("%(who)s said not yet. The next word comes by %(day)s."),
}
