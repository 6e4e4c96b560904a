"""Limits hold for what is asked now: a question that is changed is decided by whoever may decide that."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client

from tests.makers import make_person
from tests.shares import WHOLE
from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions.actions import decide, raise_silent
from trustwide.rooms.decisions.models import MONEY, SERVICE, Decision, SchemeLine
from trustwide.rooms.decisions.scheme import HEIGHT, fits
from trustwide.rooms.decisions.tests.trust import LINES, Trust, again, make_trust, told
from trustwide.rooms.decisions.writing import question_of
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today

CHANGES = 400 if WHOLE else 25
#: Two who decide at one level, each up to a limit.
SHARED_LEVEL = (("organisation", "manager", 5_000, True), ("organisation", "executive", None, False))


def line_of(trust: Trust, level: str, role: str, limit: int | None, undo_only: bool) -> SchemeLine:
    told: dict[str, Any] = {"level": level, "role": role, "limit": limit, "undo_only": undo_only}
    by = trust.people["administrator"]
    made: SchemeLine = SchemeLine.objects.create(organisation=trust.place, sort=MONEY, by=by, **told)
    return made


@pytest.fixture
def trust(db: None) -> Trust:
    made = make_trust(lines=SHARED_LEVEL, sort=MONEY)
    made.people["max"] = make_person("Max", "manager", made.place)
    return made


def change(decision: Decision, by: Any, **fields: Any) -> Decision:
    change_record(by=by, record=decision, version=decision.version, fields=fields)
    return again(decision)


@pytest.mark.parametrize("fields", [{"money": 90_000}, {"reversible": False}])
def test_what_needs_more_goes_to_another_of_one_level(trust: Trust, fields: dict[str, Any]) -> None:
    asked = trust.ask(sort=MONEY, money=4_000)
    assert (asked.owner, asked.level) == (trust.people["max"], "organisation")
    changed = change(asked, trust.people["nurse"], **fields)
    assert (changed.owner, changed.role) == (trust.people["chief"], "executive")
    assert told(trust.people["chief"]) == ["made-yours"]
    assert [each.what for each in changed.steps.all()] == ["asked", "given"]
    with pytest.raises(NotAllowed):
        decide(by=trust.people["max"], decision=changed, what="yes")
    decide(by=trust.people["chief"], decision=changed, what="yes")


def test_what_needs_less_stays_and_is_within(trust: Trust) -> None:
    asked = trust.ask(sort=MONEY, money=90_000)
    changed = change(asked, trust.people["nurse"], money=10)
    assert changed.owner == trust.people["chief"]
    assert [each.what for each in changed.steps.all()] == ["asked"]


def test_a_yes_beyond_the_line_is_refused_in_words_and_goes_up(trust: Trust) -> None:
    """As a question stands that was changed before limits were looked at again."""
    asked = trust.ask(sort=MONEY, money=4_000)
    Decision.objects.filter(pk=asked.pk).update(money=90_000)
    client = Client()
    client.force_login(trust.people["max"])
    answer = client.post(f"/st-brides/decisions/{asked.pk}/decide/", {"what": "yes"})
    assert (answer.status_code, "It asks more than this role may decide" in answer.text) == (409, True)
    assert again(asked).stage == "asked"
    Decision.objects.filter(pk=asked.pk).update(next_review=today() - timedelta(days=1))
    raise_silent(decision=asked)
    decide(by=trust.people["chief"], decision=again(asked), what="yes")
    with pytest.raises(NotNow):
        decide(by=trust.people["chief"], decision=again(asked), what="no")


def test_no_line_of_changes_leads_to_who_may_not_decide_it(db: None) -> None:
    """Whatever is changed, in whatever order: its line lets its decider decide it, and it never goes down."""
    chance, trust, seen = Random(7), make_trust(), set()
    for line in LINES:
        line_of(trust, *line)
    asked = trust.ask()
    for number in range(CHANGES):
        if number % 8 == 0:
            asked = trust.ask(sort=chance.choice([SERVICE, MONEY]), money=chance.choice([None, 100]))
        before = HEIGHT[asked.level]
        fields = {
            "money": chance.choice([None, 0, 250, 251, 1_000, 1_001, 5_000, 5_001]),
            "reversible": chance.random() < 0.8,
            "sort": chance.choice([SERVICE, MONEY]),
        }
        asked = change(asked, trust.people["nurse"], **fields)
        assert asked.line is None or fits(asked.line, question_of(asked)), fields
        assert asked.line is None or asked.line.sort == asked.sort
        assert HEIGHT[asked.level] >= before
        seen.add((asked.level, asked.role))
    print(f"{CHANGES} changes, decided by {len(seen)} in turn")
    assert len(seen) > 2
