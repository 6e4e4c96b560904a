"""Freedom to try: inside the limits nobody is asked, outside nothing begins, and a change does not reach back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import make_organisation, make_person
from trustwide.rooms.commons.actions import add_record, change_record, move_record
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.models import Link
from trustwide.rooms.decisions.actions import decide
from trustwide.rooms.decisions.forms import DecisionForm
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.experiments import actions, queries
from trustwide.rooms.experiments.limits import fingerprint, standing_of
from trustwide.rooms.experiments.models import TICKS, Contacts, Experiment, SafeLimits
from trustwide.rooms.experiments.page import fact_of
from trustwide.rooms.experiments.tests.made import CONTACTS, INSIDE, LIMITS, Trying, again, plan, trying
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.places.actions import add_place

pytestmark = pytest.mark.django_db
OUTSIDE: list[dict[str, Any]] = [
    {"cost": 501}, {"people": 31}, {"weeks": 7}, {"reversible": "no"}, {"reversible": ""}, {"risk": "yes"},
    {"risk": ""}, *({name: said} for name in TICKS for said in ("yes", "")),
]  # fmt: skip


def begin(by: Any, experiment: Experiment) -> Experiment:
    actions.begin_experiment(by=by, experiment=experiment, version=experiment.version)
    return again(experiment)


def test_inside_the_limits_it_begins_and_ends_on_its_day() -> None:
    made = trying()
    running = begin(made.nurse, plan(made.nurse, made.ward))
    assert running.stage == "running"
    assert running.next_review == today() + timedelta(weeks=3)
    assert running.limits == SafeLimits.objects.get()


@pytest.mark.parametrize("other", OUTSIDE, ids=str)
def test_outside_it_does_not_begin_by_any_way(other: dict[str, Any]) -> None:
    made = trying()
    planned = plan(made.nurse, made.ward, **other)
    assert len(standing_of(planned, queries.limits_for(made.ward)).why) == 1
    with pytest.raises(NotNow):
        begin(made.nurse, planned)
    assert again(planned).stage == "planned"


def test_at_the_limit_is_inside() -> None:
    made = trying()
    assert begin(made.nurse, plan(made.nurse, made.ward, **LIMITS)).stage == "running"


@given(cost=st.integers(0, 2_000), people=st.integers(0, 90), weeks=st.integers(0, 20))
def test_each_line_that_is_crossed_is_said_and_no_other(cost: int, people: int, weeks: int) -> None:
    limits = SafeLimits(number=1, **LIMITS)
    asked = {"cost": cost, "people": people, "weeks": weeks}
    crossed = sum(value > LIMITS[name] for name, value in asked.items())
    standing = standing_of(Experiment(**{**INSIDE, **asked}), limits)
    assert (len(standing.why), standing.inside) == (crossed, crossed == 0)


def test_without_limits_nothing_is_inside() -> None:
    made = trying()
    SafeLimits.objects.all().delete()
    with pytest.raises(NotNow):
        begin(made.nurse, plan(made.nurse, made.ward))


def test_limits_that_change_later_do_not_reach_back() -> None:
    made = trying()
    running = begin(made.nurse, plan(made.nurse, made.ward))
    waiting = plan(made.nurse, made.ward)
    less = {**LIMITS, "cost": 10}
    actions.set_limits(by=made.chief, organisation=made.trust, number=1, limits=less, contacts=CONTACTS)
    fields = {"must_know": "The pharmacist"}
    change_record(by=made.nurse, record=running, version=running.version, fields=fields)
    with pytest.raises(NotNow):
        begin(made.nurse, waiting)


def test_what_runs_is_not_changed_to_go_outside() -> None:
    made = trying()
    running = begin(made.nurse, plan(made.nurse, made.ward))
    with pytest.raises(NotNow):
        change_record(by=made.nurse, record=running, version=running.version, fields={"cost": 900})
    client = Client()
    client.force_login(made.nurse)
    sent = {**INSIDE, "cost": "900", "version": again(running).version, "sharing": "organisation"}
    answer = client.post(f"/{made.trust.slug}/experiments/{running.pk}/change/", sent)
    assert answer.status_code == 422
    assert "outside the limits under which it began" in answer.content.decode()


def test_what_was_thought_first_stays_and_what_is_thought_since_says_so_everywhere() -> None:
    made = trying()
    planned = plan(made.nurse, made.ward, expect="10 of 10")
    change_record(by=made.nurse, record=planned, version=1, fields={"expect": INSIDE["expect"]})
    running = again(begin(made.nurse, planned))
    assert "written afterwards" not in fact_of(running)
    client = Client()
    client.force_login(made.nurse)
    home = f"/{made.trust.slug}/experiments/"
    form = client.get(f"{home}{running.pk}/change/").content.decode()
    assert ['name="expect"' in form, 'name="rethought"' in form] == [False, True]
    opened_before = {**INSIDE, "expect": "9 of 10", "version": running.version, "sharing": "organisation"}
    assert client.post(f"{home}{running.pk}/change/", opened_before).status_code == 302
    held = again(running)
    assert (held.expect, held.rethought) == (INSIDE["expect"], "9 of 10")
    for page in (f"{home}{running.pk}/", home, f"{home}export/", f"{home}{running.pk}/end/"):
        seen = client.get(page).content.decode()
        assert INSIDE["expect"] in seen, page
        assert "9 of 10" in seen and "ritten afterwards" in seen, page  # noqa: PT018
    for told in ({"expect": "9 of 10"}, {"locked": "9 of 10"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Experiment.objects.filter(pk=running.pk).update(**told)


def test_it_ends_with_what_happened() -> None:
    made = trying()
    running = begin(made.nurse, plan(made.nurse, made.ward))
    said = {"happened": "7 of 9 were ready", "stage": "kept"}
    actions.end_experiment(by=made.nurse, experiment=running, version=running.version, **said)
    over = again(running)
    assert (over.stage, over.happened) == ("kept", "7 of 9 were ready")
    assert over.closed_at is not None
    with pytest.raises(NotNow):
        begin(made.nurse, over)


def test_one_that_never_began_is_not_kept() -> None:
    made = trying()
    planned = plan(made.nurse, made.ward)
    said = {"happened": "No time", "stage": "kept"}
    with pytest.raises(NotNow):
        actions.end_experiment(by=made.nurse, experiment=planned, version=1, **said)
    actions.end_experiment(by=made.nurse, experiment=again(planned), version=1, **{**said, "stage": "stopped"})
    assert again(planned).stage == "stopped"


def test_members_of_the_board_set_limits_and_the_page_says_who_did() -> None:
    made, client = trying(), Client()
    board = add_place(by=None, level="team", name="Trust board", parent=made.trust, kind="board")
    client.force_login(make_person("Marian", "board-member", board))
    home = f"/{made.trust.slug}/safe-limits/"
    assert "Set for the board by Chief on" in client.get(home).content.decode()
    assert "what the board has agreed" in client.get(f"{home}set/").content.decode()
    sent = {"number": 1, "cost": 900, "people": 3, "weeks": 2}
    assert client.post(f"{home}set/", sent).status_code == 302
    shown = client.get(home).content.decode()
    assert "Set for the board by Marian on" in shown
    assert "The board has said so" not in shown


def test_those_of_the_board_set_limits_and_nobody_else() -> None:
    made = trying()
    director = make_person("Dara", "executive", made.ward)
    other_board = add_place(by=None, level="team", name="Board", parent=make_organisation("Oakfield"), kind="board")
    for person in (made.nurse, made.leader, director, make_person("Olive", "board-member", other_board)):
        with pytest.raises(NotAllowed):
            actions.set_limits(by=person, organisation=made.trust, number=1, limits=LIMITS, contacts=CONTACTS)
    other = trying("Calder Vale")
    with pytest.raises(NotAllowed):
        actions.set_limits(by=other.chief, organisation=made.trust, number=1, limits=LIMITS, contacts=CONTACTS)


def test_limits_are_versions_and_contacts_are_written_over() -> None:
    made = trying()
    more = {**LIMITS, "cost": 900}
    set_again = {"by": made.chief, "organisation": made.trust, "contacts": dict.fromkeys(CONTACTS, "the desk")}
    actions.set_limits(number=1, limits=more, **set_again)
    with pytest.raises(actions.LimitsMoved):
        actions.set_limits(number=1, limits=LIMITS, **set_again)
    actions.set_limits(number=2, limits=more, **set_again)
    assert [each.cost for each in queries.versions_of_limits(made.trust)] == [900, 500]
    assert Contacts.objects.get().research == "the desk"


def decided(made: Trying, planned: Experiment, what: str) -> Experiment:
    until = today() + timedelta(days=30) if what == "test" else None
    number = actions.ask_for_decision(by=made.nurse, experiment=planned, version=planned.version)
    chief = decision_numbered(number).owner
    assert chief == made.chief
    decide(by=chief, decision=decision_numbered(number), what=what, until=until)
    return again(planned)


@pytest.mark.parametrize(("what", "begins"), [("yes", True), ("test", True), ("no", False)])
def test_one_outside_becomes_a_decision_request_and_begins_after_a_yes(what: str, begins: bool) -> None:
    made = trying()
    planned = decided(made, plan(made.nurse, made.ward, cost=900), what)
    if begins:
        assert begin(made.nurse, planned).stage == "running"
    else:
        with pytest.raises(NotNow):
            begin(made.nurse, planned)


def test_a_yes_is_to_what_was_asked() -> None:
    made = trying()
    planned = decided(made, plan(made.nurse, made.ward, cost=900), "yes")
    change_record(by=made.nurse, record=planned, version=planned.version, fields={"cost": 1_900})
    with pytest.raises(NotNow):
        begin(made.nurse, again(planned))


def test_a_yes_to_other_words_lets_nothing_begin() -> None:
    made = trying()
    planned = plan(made.nurse, made.ward, cost=900)
    number = actions.ask_for_decision(by=made.nurse, experiment=planned, version=planned.version)
    asked = decision_numbered(number)
    for other in ({"title": "May we have biscuits?"}, {"why": "Morale"}, {"money": 5}, {"sort": "policy"}):
        with pytest.raises(NotNow):
            change_record(by=made.nurse, record=decision_numbered(number), version=asked.version, fields=other)
    page = f"/{made.trust.slug}/decisions/{number}/change/"
    form, client = DecisionForm(instance=asked), Client()
    client.force_login(made.nurse)
    same = {name: form[name].value() or "" for name in form.fields} | {"version": asked.version, "reversible": "on"}
    answer = client.post(page, {**same, "title": "May we have biscuits?"})
    assert (answer.status_code, "in the words of an experiment" in answer.text) == (422, True)
    sent = {**same, "affected": "All of the night team"}
    assert client.post(page, sent).status_code == 302, "control: who was asked may be told"
    assert decision_numbered(number).affected == "All of the night team"
    assert decision_numbered(number).title == asked.title
    home = f"/{made.trust.slug}/experiments/{planned.pk}/"
    assert "Ask for a decision" not in client.get(home).text
    asked = decision_numbered(number)
    move_record(by=made.nurse, record=asked, version=asked.version, stage="taken-back")
    assert "Ask for a decision" in client.get(home).text
    planned = decided(made, again(planned), "yes")
    assert begin(made.nurse, planned).stage == "running"


def test_nobody_is_asked_about_one_inside() -> None:
    made = trying()
    planned = plan(made.nurse, made.ward)
    with pytest.raises(NotNow):
        actions.ask_for_decision(by=made.nurse, experiment=planned, version=planned.version)
    other, outside = trying("Calder Vale"), plan(made.nurse, made.ward, cost=900)
    with pytest.raises(NotAllowed):
        actions.ask_for_decision(by=other.chief, experiment=outside, version=outside.version)


def test_a_fingerprint_is_of_all_that_is_asked_about() -> None:
    plain = Experiment(**INSIDE)
    changes = ({"cost": 1}, {"what": "More"}, {"scope": "All bays"}, {"equality": "yes"})
    assert all(fingerprint(Experiment(**{**INSIDE, **each})) != fingerprint(plain) for each in changes)
    assert fingerprint(Experiment(**{**INSIDE, "must_know": "All"})) == fingerprint(plain)


def test_the_page_says_that_nobody_need_be_asked() -> None:
    made: Trying = trying()
    client = Client()
    client.force_login(made.nurse)
    inside, outside = plan(made.nurse, made.ward), plan(made.nurse, made.ward, cost=900)
    home = f"/{made.trust.slug}/experiments/"
    assert "No approval needed" in client.get(f"{home}{inside.pk}/").content.decode()
    assert "It costs £900. The limit is £500." in client.get(f"{home}{outside.pk}/").content.decode()
    assert client.post(f"{home}{outside.pk}/begin/", {"version": 1}).status_code == 422
    assert client.post(f"{home}{inside.pk}/begin/", {"version": 9}).status_code == 409
    assert client.post(f"{home}{inside.pk}/begin/", {"version": 1}).status_code == 302
    page = client.get(f"/{made.trust.slug}/safe-limits/").content.decode()
    assert "Inside these limits you need nobody’s permission" in page
    assert inside.title in page
    assert client.get(f"/{made.trust.slug}/safe-limits/set/").status_code == 403


def test_an_answer_that_is_missing_names_its_question() -> None:
    made, client = trying(), Client()
    client.force_login(made.nurse)
    answer = client.post(
        f"/{made.trust.slug}/experiments/new/", {**INSIDE, "place": made.ward.slug, "risk": "", "cost": ""}
    )
    assert answer.status_code == 422
    told = answer.content.decode().partition("error-summary")[2].partition("</ul>")[0]
    assert "Answer yes or no: Could it put a patient at risk?" in told
    assert "Type a number: What it costs at most, in pounds" in told


def test_an_idea_is_tried_in_an_experiment() -> None:
    made, client = trying(), Client()
    kind = KINDS[Idea._meta.label_lower]
    number = add_record(by=made.leader, kind=kind, place=made.ward, fields={"title": "A chair by each lift"})
    client.force_login(made.leader)
    home = f"/{made.trust.slug}"
    page = client.get(f"{home}/ideas/{number}/").content.decode()
    assert "Try it for a short while" in page
    assert f"tries={number}" in page
    sent = {**INSIDE, "place": made.ward.slug, "sharing": "organisation"}
    stranger = {**sent, "tries": str(uuid7())}
    assert client.post(f"{home}/experiments/new/", stranger).status_code == 422
    answer = client.post(f"{home}/experiments/new/", {**sent, "tries": str(number)})
    assert answer.status_code == 302
    assert Idea.objects.get(pk=number).stage == "trying"
    tried = Experiment.objects.get()
    assert tried.tries_id == number
    assert Link.objects.filter(start=tried.pk, end=number, meaning="came-from").count() == 1
