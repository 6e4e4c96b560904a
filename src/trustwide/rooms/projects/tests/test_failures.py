"""What failed well: told by its own team, with no names, thanked by a leader, found by the next team."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.makers import make_person, said_on_front
from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.models import Record
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import at, now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.projects import actions, actions_failures
from trustwide.rooms.projects.models import FabulousFailure, TestOfChange
from trustwide.rooms.projects.on_front import trying_part
from trustwide.rooms.projects.tests.made import (
    Made,
    failure,
    fresh,
    make_failure,
    make_project,
    make_test,
    make_ward,
    run_test,
)


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


@pytest.fixture
def manager(made: Made) -> Person:
    return make_person("Imran Yousaf", "manager", made.ward.organisation)


def published(made: Made) -> FabulousFailure:
    found = make_failure(made.nurse, made.ward)
    actions_failures.publish_failure(by=made.nurse, failure=found, version=found.version)
    return failure(found.pk)


def reads(person: Person, record: Record) -> bool:
    return Record.objects.visible_to(fresh(person)).filter(pk=record.pk).exists()


def test_its_team_alone_publishes_it(made: Made, manager: Person, client: Client) -> None:
    found = make_failure(made.nurse, made.ward)
    assert not reads(made.other, found), "it is kept in the team"
    for stranger in (manager, made.other):
        with pytest.raises(NotAllowed):
            actions_failures.publish_failure(by=fresh(stranger), failure=found, version=found.version)
    with pytest.raises(NotNow):
        move_record(by=made.nurse, record=failure(found.pk), version=found.version, stage="published")
    client.force_login(manager)
    assert client.post(f"{address_of(found)}publish/").status_code == 403
    client.force_login(made.leader)
    assert client.post(f"{address_of(found)}publish/").status_code == 302
    assert reads(made.other, found)
    assert failure(found.pk).published_at


def test_nobody_above_the_team_rewrites_it_or_takes_it_back(made: Made, manager: Person, client: Client) -> None:
    found = published(made)
    with pytest.raises(NotAllowed):
        change_record(by=manager, record=found, version=found.version, fields={"happened": "Nearly as planned"})
    with pytest.raises(NotAllowed):
        move_record(by=manager, record=found, version=found.version, stage="withdrawn")
    client.force_login(manager)
    assert "Withdraw it" not in client.get(address_of(found)).text
    move_record(by=made.leader, record=found, version=found.version, stage="withdrawn")
    assert "whoever works in Ward 7 can" in client.get(address_of(make_failure(made.nurse, made.ward))).text


def test_who_was_in_the_project_publishes_it_too(made: Made) -> None:
    of = make_project(made.leader, made.ward)
    fields = {"title": "Letters", "what_tried": "Letters", "happened": "Nobody came", "differently": "Ring"}
    found = failure(actions_failures.tell_failure(by=made.leader, project=of, fields=fields))
    assert found.links_out.get(meaning="came-from").end_id == of.pk
    with pytest.raises(NotAllowed):
        actions_failures.publish_failure(by=made.other, failure=found, version=found.version)
    actions.add_member(by=made.leader, project=of, does="member", person=made.other)
    actions_failures.publish_failure(by=fresh(made.other), failure=found, version=found.version)
    assert actions_failures.tell_failure(by=fresh(made.other), project=of, fields=fields), "and so tells of another"
    stranger = make_person("Lee Stone", "staff", made.other.roles.get().place)
    with pytest.raises(NotAllowed):
        actions_failures.tell_failure(by=stranger, project=of, fields=fields)


def test_a_leader_thanks_them_with_one_tap(made: Made, manager: Person, client: Client) -> None:
    found = published(made)
    assert said_on_front(manager, made.ward, "told of what failed")
    client.force_login(manager)
    page = client.get(address_of(found)).content.decode()
    assert "Thank you for trying this" in page
    assert "A thank-you is owed within a week" in page
    assert client.post(f"{address_of(found)}thank/", {"text": ""}).status_code == 422
    assert client.post(f"{address_of(found)}thank/", {"text": "Well counted. Thank you."}).status_code == 302
    held = failure(found.pk)
    assert held.thanked_by == manager
    first = held.thanked_at
    assert said_on_front(manager, made.ward, "told of what failed") == []
    page = client.get(address_of(found)).content.decode()
    assert "Well counted" in page
    assert "Imran Yousaf thanked the team" in page
    chief = make_person("Daniel Okonjo", "executive", made.ward.organisation)
    actions_failures.thank_for_failure(by=chief, failure=held, text="From me too")
    assert failure(found.pk).thanked_at == first


def test_who_may_thank(made: Made, manager: Person) -> None:
    found = published(made)
    for nobody in (made.leader, made.other, make_person("Mo", "manager", made.other.roles.get().place)):
        with pytest.raises(NotAllowed):
            actions_failures.thank_for_failure(by=nobody, failure=found, text="Thanks")
    with pytest.raises(NotNow):
        actions_failures.thank_for_failure(by=manager, failure=make_failure(made.nurse, made.ward), text="Thanks")


def test_names_of_people_who_work_here_are_asked_about(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    here = f"/{made.ward.organisation.slug}/fabulous-failures/new/"
    sent = {"title": "Letters", "what_tried": "Letters", "differently": "Ring", "place": made.ward.slug}
    refused = client.post(here, {**sent, "happened": "Yesterday Ruby Adeyemi said that nobody came."})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "“Ruby Adeyemi”: somebody who works here" in page
    assert "whoever is named agreed to it" in page
    told = {**sent, "happened": "In Tarnbrook Park the ward leader said that nobody came."}
    assert client.post(here, told).status_code == 302


def test_days_until_they_are_thanked(made: Made, manager: Person) -> None:
    first, second = published(made), published(made)
    with at(now() + timedelta(days=6)):
        actions_failures.thank_for_failure(by=fresh(manager), failure=first, text="Thanks")
    numbers = list(COMPUTED["days-to-thank"].numbers(made.ward.organisation, today() + timedelta(days=40)))
    assert [each.value for each in numbers] == [23.0], "six days, and forty for the one that still waits"
    assert second.thanked_at is None


def test_front_pages_say_what_runs_and_what_was_learned(made: Made) -> None:
    chair = make_person("Marian Whitlock", "board-member", made.ward.organisation)
    of = make_project(made.leader, made.ward)
    running = make_test(made.leader, of)
    actions.begin_test(by=made.leader, test=running, version=running.version)
    with at(now() + timedelta(days=3)):
        told = said_on_front(made.leader, made.ward, "of your test")
    assert told == [f"{running.title}: Day 4 of your test: what happened?"]
    assert said_on_front(made.nurse, made.ward, "of your test") == []
    after_midnight = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 here, on 1 July
    TestOfChange.objects.update(started_at=after_midnight)
    with at(after_midnight):
        assert "Day 1 of your test" in said_on_front(made.leader, made.ward, "of your test")[0]
    found = published(made)
    home = made.ward.organisation
    assert said_on_front(chair, home, "Tried and failed") == [], "it stands among what needs the chair"
    actions_failures.thank_for_failure(by=chair, failure=found, text="Thank you")
    assert said_on_front(chair, home, "Tried and failed. Learned: We would ring")
    assert said_on_front(made.nurse, home, "Tried and failed") == []


def test_the_wall_says_what_is_tried_and_nothing_of_the_teams_alone(made: Made, client: Client) -> None:
    of = make_project(made.leader, made.ward)
    run_test(made.leader, of)
    for sharing in ("organisation", "team"):
        found = make_test(made.leader, of, f"Shared with the {sharing}", sharing=sharing)
        actions.begin_test(by=made.leader, test=found, version=found.version)
    shown = trying_part(made.ward, None)
    assert [(each.prediction, day) for each, day in shown["tests"]] == [("Shared with the organisation", 1)]
    client.force_login(made.nurse)
    page = client.get(f"/{made.ward.organisation.slug}/board/{made.ward.slug}/").content.decode()
    assert "We think: Shared with the organisation" in page


def test_an_empty_page_of_each_kind_teaches(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    home = f"/{made.ward.organisation.slug}"
    teach = {"fabulous-failures": "LFPSE", "tests-of-change": "Plan a test", "projects": "Start something"}
    for page, words in {**teach, "stops": "None today", "space": "Nobody has written yet"}.items():
        assert words in client.get(f"{home}/{page}/").content.decode()
