"""The pages: asking with the decider seen first, deciding in one tap, and who may decide what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.makers import make_organisation
from trustwide.rooms.commons.actions import BLANKED, change_record, redact
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions import actions
from trustwide.rooms.decisions.actions import decide
from trustwide.rooms.decisions.actions_scheme import blank_line, end_line, set_line
from trustwide.rooms.decisions.models import Decision, SchemeLine
from trustwide.rooms.decisions.tests.trust import Trust, again, make_trust
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.places.actions_deputies import name_deputy
from trustwide.rooms.places.actions_roles import give_role

NEW, SCHEME = "/st-brides/decisions/new/", "/st-brides/who-decides/"
WRITTEN = {
    "place": "ward-7", "title": "May we try it?", "why": "They ask.", "options": "Try it\nTry it twice",
    "recommendation": "Try it.", "sort": "service", "money": "900", "reversible": "on", "sharing": "organisation",
}  # fmt: skip
LINE = {
    "sort": "policy", "level": "organisation", "role": "executive", "limit": None, "undo_only": False,
    "committee": "Quality committee", "why_committee": "The law asks for one.",
}  # fmt: skip


@pytest.fixture
def trust(db: None) -> Trust:
    return make_trust()


@pytest.fixture
def nurse(trust: Trust, client: Client) -> Client:
    client.force_login(trust.people["nurse"])
    return client


def test_who_decides_is_said_before_anything_is_saved(nurse: Client) -> None:
    assert "see who decides" in nurse.get(NEW).text
    page = nurse.post(NEW, {**WRITTEN, "look": "who"}).text
    assert "Manager St Bride&#39;S decides this." in page
    assert "Team leader, Ward 7: may decide up to £250, if it can be undone." in page
    assert not Decision.objects.exists()
    assert "Try it twice" in nurse.post(NEW, {**WRITTEN, "back": "yes"}).text
    answer = nurse.post(NEW, WRITTEN)
    assert answer.status_code == 302
    shown = nurse.get(answer["Location"]).text
    assert "asked Manager St Bride&#39;S to decide by" in shown
    assert "Manager St Bride&#39;S, manager of Elderly care." in shown
    assert "Do nothing" in shown
    assert 'value="yes"' not in shown


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"options": ""}, {"options": "a\nb\nc\nd\ne\nf"}, {"money": "-1"}, {"money": "lots"},
     {"next_review": "1/1/2020"}, {"next_review": "soon"}, {"why": "x" * 1001}, {"sort": "love"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(nurse: Client, wrong: dict[str, str]) -> None:
    for button in ({}, {"look": "who"}):
        assert nurse.post(NEW, {**WRITTEN, **wrong, **button}).status_code == 422
    assert not Decision.objects.exists()


def test_who_may_decide_it_themselves_is_told_so(trust: Trust, client: Client) -> None:
    client.force_login(trust.people["leader"])
    assert "You may decide this yourself" in client.post(NEW, {**WRITTEN, "money": "9", "look": "who"}).text


def test_a_deputy_and_a_committee_are_named(trust: Trust, nurse: Client) -> None:
    days = {"organisation": trust.place, "starts": today(), "ends": today() + timedelta(days=9)}
    name_deputy(by=trust.people["chief"], deputy=trust.people["director"], **days)
    set_line(by=trust.people["administrator"], organisation=trust.place, line=LINE)
    page = nurse.post(NEW, {**WRITTEN, "sort": "policy", "look": "who"}).text
    assert "The Quality committee decides it. Why no person could: The law asks for one." in page
    assert "Director St Bride&#39;S answers while they are away." in page
    decision = trust.ask(sort="policy")
    assert (
        "Director St Bride&#39;S answers while they are away." in nurse.get(f"/st-brides/decisions/{decision.pk}/").text
    )
    nurse.force_login(trust.people["director"])
    assert "You answer for Chief" in nurse.get("/").text


def test_a_deputy_answers_where_they_were_named_alone(trust: Trust, client: Client) -> None:
    chief, director, other = trust.people["chief"], trust.people["director"], make_organisation("Riverside")
    for person in (chief, director):
        give_role(by=None, person=person, role="staff", place=other)
    days = {"starts": today(), "ends": today() + timedelta(days=9)}
    name_deputy(by=chief, deputy=director, organisation=other, **days)
    decision = trust.ask(sort="policy")
    client.force_login(director)
    assert "You answer for Chief" not in client.get("/").text
    assert "answers while they are away" not in client.get(f"/st-brides/decisions/{decision.pk}/").text
    with pytest.raises(NotAllowed):
        decide(by=director, decision=decision, what="yes")
    name_deputy(by=chief, deputy=director, organisation=trust.place, **days)
    assert "You answer for Chief" in client.get("/").text
    decide(by=director, decision=decision, what="yes")


@pytest.mark.parametrize(
    ("sent", "stage"),
    [({"what": "yes"}, "yes"), ({"what": "no", "short": "money"}, "no"), ({"what": "test"}, "test"),
     ({"what": "not-yet", "reason": "Ask the night team first."}, "not-yet")],
)  # fmt: skip
def test_one_tap_decides(trust: Trust, client: Client, sent: dict[str, str], stage: str) -> None:
    decision = trust.ask()
    page = f"/st-brides/decisions/{decision.pk}/"
    client.force_login(trust.people["leader"])
    shown = client.get(page).text
    order = ("Why now", "What we could do", "What we recommend", "costs nothing", "Your decision", "Who decides")
    assert sorted(order, key=shown.index) == list(order), "what is asked is read before it is answered"
    assert "Yes, as recommended: Try it." in shown
    given = {
        name: shown.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("test_until", "word_by")
    }
    assert client.post(page + "decide/", {**given, **sent}).status_code == 302
    assert again(decision).stage == stage
    assert client.post(page + "decide/", {**given, **sent}).status_code == (409 if stage != "test" else 302)
    if stage == "not-yet":
        assert 'value="not-yet"' not in client.get(page).text


def test_after_the_answer_nobody_is_offered_to_take_it_back_and_who_was_told_is_said(
    trust: Trust, client: Client
) -> None:
    decision = trust.ask()
    page = f"/st-brides/decisions/{decision.pk}/"
    client.force_login(trust.people["nurse"])
    assert "Take it back" in client.get(page).text
    assert "Change it" in client.get(page).text
    assert "told." not in client.get(page).text
    actions.join_asking(by=trust.people["porter"], decision=decision)
    client.force_login(trust.people["leader"])
    client.post(page + "decide/", {"what": "yes"})
    for who in ("leader", "nurse"):
        client.force_login(trust.people[who])
        shown = client.get(page).text
        assert "Take it back" not in shown
        assert "Change it" not in shown
        assert "Nurse St Bride&#39;S, who asked, and 1 other person were told." in shown
        version = again(decision).version
        assert client.post(page + "move/", {"stage": "taken-back", "version": version}).status_code == 422


def test_a_wrong_answer_is_refused(trust: Trust, client: Client) -> None:
    page = f"/st-brides/decisions/{trust.ask().pk}/decide/"
    client.force_login(trust.people["leader"])
    for wrong in ({}, {"what": "maybe"}, {"what": "no"}, {"what": "test"}, {"what": "test", "test_until": "1/1/2020"},
                  {"what": "yes", "reason": "x" * 501}):  # fmt: skip
        assert client.post(page, wrong).status_code == 422
    for who in ("nurse", "manager"):
        client.force_login(trust.people[who])
        assert client.post(page, {"what": "yes"}).status_code == 403


def test_others_ask_too(trust: Trust, client: Client) -> None:
    decision = trust.ask()
    page = f"/st-brides/decisions/{decision.pk}/"
    client.force_login(trust.people["porter"])
    assert "I ask for this too" in client.get(page).text
    assert client.post(page + "me-too/").status_code == 302
    shown = client.get(page).text
    assert "2 people ask." in shown
    assert "I ask for this too" not in shown
    decide(by=trust.people["leader"], decision=decision, what="yes")
    assert client.post(page + "me-too/").status_code == 403


@pytest.mark.parametrize("what", ["yes", "no", "test"])
def test_what_was_answered_is_not_rewritten(trust: Trust, client: Client, what: str) -> None:
    decision, nurse = trust.ask(), trust.people["nurse"]
    client.force_login(nurse)
    page = f"/st-brides/decisions/{decision.pk}/"
    assert "Change it" in client.get(page).text
    until = today() + timedelta(days=9)
    decide(by=trust.people["leader"], decision=decision, what=what, reason="So it is.", until=until)
    assert "Change it" not in client.get(page).text
    asked = again(decision)
    answer = client.post(page + "change/", {**WRITTEN, "money": "900000", "version": str(asked.version)})
    assert (answer.status_code, "It was answered as it stands" in answer.text) == (422, True)
    with pytest.raises(NotNow):
        change_record(by=nurse, record=asked, version=asked.version, fields={"money": 900_000})
    assert again(decision).money is None
    redact(by=trust.people["administrator"], record=again(decision), names=["why"])
    assert again(decision).why == BLANKED


def test_the_scheme_is_set_and_kept(trust: Trust) -> None:
    ada, chief = trust.people["administrator"], trust.people["chief"]
    line = set_line(by=ada, organisation=trust.place, line=LINE)
    assert set_line(by=ada, organisation=trust.place, line=LINE) == line
    newer = set_line(by=chief, organisation=trust.place, line={**LINE, "limit": 5})
    line.refresh_from_db()
    assert (line.ended_by, newer.ended_at) == (chief, None)
    for who in ("leader", "manager", "nurse"):
        for act in (
            lambda who=who: set_line(by=trust.people[who], organisation=trust.place, line=LINE),
            lambda who=who: end_line(by=trust.people[who], line=newer),
            lambda who=who: blank_line(by=trust.people[who], line=newer),
        ):
            with pytest.raises(NotAllowed):
                act()
    with pytest.raises(NotAllowed):
        set_line(by=make_trust("Riverside").people["chief"], organisation=trust.place, line=LINE)
    blank_line(by=ada, line=newer)
    end_line(by=ada, line=newer)
    newer.refresh_from_db()
    assert (newer.committee, newer.ended_at is not None) == ("[removed]", True)


def test_the_pages_of_the_scheme(trust: Trust, client: Client) -> None:
    client.force_login(trust.people["nurse"])
    shown = client.get(SCHEME).text
    assert "Up to £250, if it can be undone" in shown
    assert "Change who may" not in shown
    assert client.get(SCHEME + "change/").status_code == 403
    client.force_login(trust.people["chief"])
    sent: dict[str, Any] = {"sort": "money", "level": "team", "role": "team-leader", "limit": "100", "undo_only": "on"}
    for wrong in ({}, {**sent, "limit": "-1"}, {**sent, "role": "staff"}, {**sent, "committee": "A board"}):
        assert client.post(SCHEME + "change/", wrong).status_code == 422
    assert client.post(SCHEME + "change/", sent).status_code == 302
    line = SchemeLine.objects.get(sort="money")
    assert client.post(SCHEME + "change/", {"end": str(line.pk)}).status_code == 302
    assert [client.post(SCHEME + "change/", {"end": each}).status_code for each in (str(line.pk), "x")] == [404, 404]
    assert "What it said before" in client.get(SCHEME).text
    assert SchemeLine.objects.get(pk=line.pk).ended_by == trust.people["chief"]
