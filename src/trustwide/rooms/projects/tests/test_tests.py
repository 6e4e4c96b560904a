"""A test of change, step by step, and the lock on its prediction: by its form, by its actions, in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from tests.makers import make_person
from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record, move_record, redact
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.models import Version
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import at, now
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.projects import actions
from trustwide.rooms.projects.forms_tests import TestForm
from trustwide.rooms.projects.models import TestOfChange
from trustwide.rooms.projects.tests.made import Made, fresh, make_project, make_test, make_ward, project, run_test, test
from trustwide.rooms.projects.tests_page import test_fact as fact_of


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


def begun(made: Made, prediction: str = "8 of 10 bags are ready") -> TestOfChange:
    found = make_test(made.leader, make_project(made.leader, made.ward), prediction)
    actions.begin_test(by=made.leader, test=found, version=found.version)
    return test(found.pk)


def later() -> Any:
    return at(now() + timedelta(hours=2))


def test_a_series_is_numbered_and_each_step_has_its_turn(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    first, second = run_test(made.leader, of), make_test(made.leader, of)
    assert (first.number, second.number) == (1, 2)
    assert (first.stage, first.right, first.act) == ("done", "yes", "adopt")
    assert first.closed_at
    assert second.links_out.get().end_id == of.pk
    for step in (actions.study_test, actions.decide_test):
        given = {"said": {}} if step is actions.study_test else {"act": "adopt"}
        with pytest.raises(NotNow):
            step(by=made.leader, test=second, version=second.version, **given)
    with pytest.raises(NotNow):
        move_record(by=made.leader, record=second, version=second.version, stage="done")


def test_who_may_begin_a_test(made: Made) -> None:
    found = make_test(made.leader, make_project(made.leader, made.ward))
    for stranger in (made.nurse, made.other):
        with pytest.raises(NotAllowed):
            actions.begin_test(by=fresh(stranger), test=found, version=found.version)
    actions.add_member(by=made.leader, project=found.of_project, does="member", person=made.other)
    actions.begin_test(by=fresh(made.other), test=found, version=found.version)
    assert test(found.pk).stage == "running"


def test_who_may_plan_a_test(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    fields = {"title": "Why not?", "trying": "A round at 9"}
    with pytest.raises(NotAllowed):
        actions.add_test(by=made.other, project=of, fields=fields)
    assert test(actions.add_test(by=made.nurse, project=of, fields=fields)).owner == made.nurse


def test_somebody_of_the_team_with_no_role_there_plans_tests_and_tells_what_failed(made: Made, client: Client) -> None:
    of = make_project(made.leader, made.ward)
    actions.add_member(by=made.leader, project=of, does="member", person=made.other)
    client.force_login(made.other)
    assert "Plan the first test" in client.get(address_of(of)).content.decode()
    sent = {"title": "Does 8 help?", "trying": "A round at 8", "place": made.ward.slug, "sharing": "organisation"}
    assert client.post(f"{address_of(of)}test/", sent).status_code == 302
    mine = test(TestOfChange.objects.get().pk)
    assert (mine.created_by, mine.place, mine.links_out.get().end_id) == (made.other, made.ward, of.pk)
    of = project(of.pk)
    actions.end_project(by=made.leader, project=of, version=of.version, how="stopped", reason="It is over")
    assert client.post(f"{address_of(of)}test/", sent).status_code == 403
    failed = {"title": "It did not", "what_tried": "A round", "happened": "Nothing", "differently": "Ask first"}
    assert client.post(f"{address_of(of)}failure/", {**failed, "place": made.ward.slug}).status_code == 302
    client.force_login(make_person("Lee Stone", "staff", made.other.roles.get().place))
    assert client.post(f"{address_of(of)}failure/", failed).status_code == 403


def test_work_like_a_new_test_is_looked_for_and_nothing_typed_is_lost(made: Made, client: Client) -> None:
    first = run_test(made.leader, make_project(made.leader, made.ward), title="Does an early tablet round help?")
    client.force_login(made.nurse)
    home = address_of(make_project(made.leader, made.ward, title="Bags ready"))
    sent = {"title": "An early tablet round", "trying": "Start at 8", "place": made.ward.slug, "tried": "yes"}
    page = client.post(f"{home}test/", sent)
    seen = page.content.decode()
    assert (page.status_code, "Start at 8" in seen, "There is a problem" in seen) == (200, True, False)
    assert seen.index("Tried before?") < seen.index(first.title)
    assert "To try it again: Nine is early enough" in seen
    assert TestOfChange.objects.count() == 1


def test_a_prediction_can_be_worded_anew_until_the_test_begins(made: Made) -> None:
    found = make_test(made.leader, make_project(made.leader, made.ward))
    change_record(by=made.leader, record=found, version=found.version, fields={"prediction": "7 of 10"})
    actions.begin_test(by=made.leader, test=found, version=found.version)
    held = test(found.pk)
    assert (held.prediction, held.locked, held.afterwards) == ("7 of 10", "7 of 10", False)
    assert held.predicted_at <= held.started_at
    assert held.next_review, "its owner is asked what happened"


def test_once_begun_no_way_leads_round_the_lock(made: Made) -> None:
    found = begun(made)
    for told in ({"prediction": "9 of 10"}, {"prediction": ""}, {"locked": "9 of 10"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TestOfChange.objects.filter(pk=found.pk).update(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        TestOfChange.objects.filter(pk=found.pk).update(afterwards=True)
    assert test(found.pk).prediction == "8 of 10 bags are ready"


def test_control_before_it_begins_the_database_lets_it_change(made: Made) -> None:
    found = make_test(made.leader, make_project(made.leader, made.ward))
    assert TestOfChange.objects.filter(pk=found.pk).update(prediction="9 of 10") == 1


def test_a_late_prediction_is_kept_and_says_so_everywhere(made: Made, client: Client) -> None:
    found = begun(made, prediction="")
    with later():
        said = {"prediction": "8 of 10", "happened": "8 were", "right": "yes", "learned": "It helps"}
        actions.study_test(by=made.leader, test=found, version=found.version, said=said)
    held = test(found.pk)
    assert (held.prediction, held.afterwards) == ("8 of 10", True)
    assert held.predicted_at > held.started_at
    assert "written afterwards" in fact_of(held)
    client.force_login(made.nurse)
    home = f"/{made.ward.organisation.slug}"
    pages = [address_of(held), address_of(held.of_project), f"{home}/tests-of-change/"]
    pages += [f"{home}/tests-of-change/export/", f"{address_of(held)}thread/", "/search/?q=round"]
    for page in pages:
        assert "written afterwards" in client.get(page).content.decode(), page
    with pytest.raises(IntegrityError), transaction.atomic():
        TestOfChange.objects.filter(pk=found.pk).update(afterwards=False)


def test_one_changed_once_it_began_stands_beside_the_first_and_says_so_everywhere(made: Made, client: Client) -> None:
    found = begun(made)
    with later():
        for words in ("9 of 10", "", "all of them, <b>all</b>"):
            found = test(found.pk)
            change_record(by=made.leader, record=found, version=found.version, fields={"prediction": words})
    held = test(found.pk)
    assert (held.prediction, held.afterwards) == ("8 of 10 bags are ready", False)
    assert held.rethought == "all of them, <b>all</b>"
    client.force_login(made.nurse)
    home = f"/{made.ward.organisation.slug}"
    pages = [address_of(held), address_of(held.of_project), f"{home}/tests-of-change/"]
    pages += [f"{home}/tests-of-change/export/", f"{address_of(held)}thread/", "/search/?q=round"]
    for page in pages:
        seen = client.get(page).content.decode()
        assert "written afterwards" in seen, page
        assert "8 of 10 bags are ready" in seen, page


def test_control_one_in_time_does_not_say_so(made: Made, client: Client) -> None:
    found = run_test(made.leader, make_project(made.leader, made.ward))
    client.force_login(made.nurse)
    for page in (address_of(found), address_of(found.of_project)):
        assert "written afterwards" not in client.get(page).content.decode()


def test_a_form_opened_before_it_began_loses_nothing_and_changes_no_first_prediction(
    made: Made, client: Client
) -> None:
    found = make_test(made.leader, make_project(made.leader, made.ward))
    client.force_login(made.leader)
    sent = {"title": found.title, "trying": "A round at 9", "prediction": "10 of 10", "sharing": "organisation"}
    sent |= {"owner": str(made.leader.pk), "version": found.version}
    actions.begin_test(by=made.leader, test=found, version=found.version)
    answer = client.post(f"{address_of(found)}change/", sent)
    assert (answer.status_code, "10 of 10" in answer.content.decode()) == (409, True)
    assert client.post(f"{address_of(found)}change/", {**sent, "version": test(found.pk).version}).status_code == 302
    held = test(found.pk)
    assert (held.prediction, held.rethought) == ("8 of 10 bags are ready", "10 of 10")


def test_a_form_opened_after_asks_what_is_thought_now(made: Made) -> None:
    asked = {"prediction", "rethought"}
    assert asked & set(TestForm(instance=begun(made)).fields) == {"rethought"}
    assert asked & set(TestForm(instance=begun(made, "")).fields) == {"prediction"}


def test_whoever_begins_it_while_another_writes_comes_first(made: Made) -> None:
    found = make_test(made.leader, make_project(made.leader, made.ward))
    stale = test(found.pk)
    actions.begin_test(by=made.leader, test=found, version=found.version)
    with pytest.raises(SomeoneChangedThis):
        change_record(by=made.leader, record=stale, version=stale.version, fields={"prediction": "10 of 10"})


def test_what_was_said_can_be_blanked_out_all_the_same(made: Made) -> None:
    found, ada = begun(made), fresh(made.leader)
    give_role(by=None, person=ada, role="administrator", place=made.ward)
    redact(by=fresh(ada), record=found, names=["prediction"])
    held = test(found.pk)
    assert held.prediction == held.locked == "[removed]"
    assert not held.afterwards
    assert not any("8 of 10" in str(each.fields) for each in Version.objects.filter(record_id=found.pk))


def test_a_planned_test_can_be_left_out_and_one_that_began_cannot(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    planned = make_test(made.leader, of)
    assert project(of.pk).stands == "The first test is planned"
    move_record(by=made.leader, record=planned, version=planned.version, stage="dropped")
    assert project(of.pk).stands != "The first test is planned"
    ran = begun(made)
    with pytest.raises(NotNow):
        move_record(by=made.leader, record=ran, version=ran.version, stage="dropped")


def test_what_is_adapted_goes_on_to_the_next_test_filled_in(made: Made, client: Client) -> None:
    of = make_project(made.leader, made.ward)
    found = make_test(made.leader, of)
    client.force_login(made.leader)
    assert client.post(f"{address_of(found)}begin/", {"version": found.version}).status_code == 302
    told = {"happened": "6 of 10 were", "right": "partly", "learned": "Nine is too late"}
    client.post(f"{address_of(found)}study/", {"version": test(found.pk).version, **told})
    decided = {"version": test(found.pk).version, "act": "adapt", "next_time": "A round at 8"}
    page = client.post(f"{address_of(found)}decide/", decided, follow=True)
    assert "A round at 8" in page.content.decode()
    sent = {"title": "Does 8 help?", "trying": "A round at 8", "prediction": "9 of 10", "place": made.ward.slug}
    client.post(f"{address_of(of)}test/", {**sent, "sharing": "organisation"})
    second = TestOfChange.objects.get(number=2)
    assert second.links_out.get(meaning="came-from").end_id == found.pk


def test_a_test_stands_alone_too(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    sent = {"title": "Does a hook help?", "trying": "One hook", "place": made.ward.slug, "sharing": "organisation"}
    answer = client.post(f"/{made.ward.organisation.slug}/tests-of-change/new/", sent)
    found = TestOfChange.objects.get()
    assert answer.status_code == 302
    actions.begin_test(by=made.nurse, test=test(found.pk), version=found.version)
    assert TestOfChange.objects.filter(of_project=None, stage="running", version=F("version")).count() == 1
    assert KINDS["projects.testofchange"].address in answer["Location"]
