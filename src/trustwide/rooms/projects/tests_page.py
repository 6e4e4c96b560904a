"""What the pages of tests of change and of fabulous failures show beneath their titles, and say in one line."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.people.models import Person
from trustwide.rooms.projects import queries
from trustwide.rooms.projects.access import can_begin, can_decide, can_publish, can_study, can_thank
from trustwide.rooms.projects.forms_failures import ThanksForm
from trustwide.rooms.projects.models import ACTS, RIGHT, FabulousFailure, TestOfChange
from trustwide.rooms.projects.standing import DROPPED, PLANNED, RUNNING

AFTERWARDS = gettext_lazy("written afterwards")


def of_test(person: Person, test: TestOfChange) -> dict[str, Any]:
    """Its plan, what was thought beside what happened, and the next step."""
    before, after = queries.neighbours_of(person, test)
    return {
        "project": queries.project_of(person, test),
        "before": before,
        "after": after,
        "right": RIGHT.get(test.right, ""),
        "act": ACTS.get(test.act, ""),
        "does": {
            "begin": can_begin(person, test), "study": can_study(person, test), "decide": can_decide(person, test),
        },
    }  # fmt: skip


def test_fact(test: TestOfChange) -> str:
    """Its number, what was thought, and what came of it."""
    parts = [_("Test %(number)s") % {"number": test.number}] if test.of_project_id else []
    if test.prediction:
        parts.append(_("we think: %(words)s") % {"words": test.prediction})
    if test.afterwards:
        parts.append(str(AFTERWARDS))
    if test.rethought:
        parts.append(f"{AFTERWARDS}: {test.rethought}")
    if test.right:
        parts.append(_("came true: %(right)s") % {"right": str(RIGHT[test.right]).lower()})
    if test.act:
        parts.append(str(ACTS[test.act]).partition(":")[0])
    return " · ".join(parts) or _("No prediction yet")


test_fact.__test__ = False  # type: ignore[attr-defined]  # for those who collect tests by their names


def written(test: TestOfChange) -> str:
    """When its prediction was written: before, which is the use of it, or afterwards; and whether another was since."""
    if not test.prediction:
        return ""
    first = str(AFTERWARDS) if test.afterwards else _("before")
    return _("%(first)s; another was written afterwards") % {"first": first} if test.rethought else first


def enter_test(test: TestOfChange, stage: str) -> None:
    """A test goes on by its own buttons, which ask what each step needs; one that began can no longer be left out."""
    if stage == DROPPED and test.started_at:
        raise NotNow(_("It has begun: say what happened instead."))
    if stage not in (PLANNED, DROPPED) and not test.started_at:
        raise NotNow(_("Begin it first, with the button “Begin”."))
    if stage not in (PLANNED, DROPPED, RUNNING) and not test.studied_at:
        raise NotNow(_("Say first what happened."))
    if stage == PLANNED and test.started_at:
        raise NotNow(_("It has begun: write the next test instead."))


def of_failure(person: Person, failure: FabulousFailure) -> dict[str, Any]:
    """What was tried and learned, who thanked them, and what can be done."""
    return {
        "thanked_by": failure.thanked_by,
        "does": {
            "publish": failure.stage == "kept" and can_publish(person, failure),
            "thank": can_thank(person, failure),
        },
        "thanks_form": ThanksForm(),
    }


def failure_fact(failure: FabulousFailure) -> str:
    """What was learned comes first."""
    learned = failure.differently or failure.why
    return _("Learned: %(words)s") % {"words": learned} if learned else _("Nobody has written what was learned yet")


def enter_failure(failure: FabulousFailure, stage: str) -> None:
    if stage == "published" and not (failure.published_at and can_publish(failure.updated_by, failure)):
        raise NotNow(_("Its own team publishes it, with the button “Publish it”."))
