"""Projects of each size: what is asked of them, who is in them, how they end, and what their page says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_measure, make_numbers, make_person, make_record, send_form
from trustwide.rooms.commons.actions import change_record, move_record
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import KINDS, NotNow
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.projects import actions
from trustwide.rooms.projects.access import team_of
from trustwide.rooms.projects.demo import TOLD
from trustwide.rooms.projects.forms import ProjectForm
from trustwide.rooms.projects.models import Project, TestOfChange
from trustwide.rooms.projects.project_page import again_words, charter_of, marked, missing_of, project_fact
from trustwide.rooms.projects.queries import chart_of, first_of_month, measures_of, stops_of
from trustwide.rooms.projects.rigour import ALWAYS, CAN_ASK, USUAL, asks
from trustwide.rooms.projects.space import space_of
from trustwide.rooms.projects.tests.made import (
    Made,
    fresh,
    in_days,
    make_failure,
    make_project,
    make_test,
    make_ward,
    project,
    run_test,
)


@pytest.fixture
def made(db: None) -> Made:
    return make_ward()


def test_just_do_it_takes_one_line_and_one_tap(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    home = f"/{made.ward.organisation.slug}/projects/"
    assert "Just do it" in client.get(f"{home}start/").content.decode()
    sent = {"title": "A hook by the door", "size": "just-do-it", "place": made.ward.slug, "sharing": "organisation"}
    answer = client.post(f"{home}new/", {**sent, "key": str(uuid7())})
    assert answer.status_code == 302
    found = Project.objects.get()
    assert (found.size, found.stage, found.stands) == ("just-do-it", "live", "Being done")


def test_what_is_just_done_is_done_with_one_tap(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward, size="just-do-it")
    assert "It is done" in as_read(client, made.leader, found)
    here = f"{address_of(found)}end/"
    assert client.post(here, {"version": found.version, "how": "stopped"}).status_code == 422, "why it stops is said"
    assert client.post(here, {"version": found.version, "how": "done"}).status_code == 302
    assert project(found.pk).stage == "done"
    big = make_project(made.leader, made.ward)
    assert client.post(f"{address_of(big)}end/", {"version": big.version, "how": "done"}).status_code == 422


def test_a_small_test_becomes_the_test_that_it_is(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    home = f"/{made.ward.organisation.slug}/projects/"
    page = client.get(f"{home}new/?size=test").content.decode()
    assert "What we think will happen" in page
    assert "Aim: how much" not in page
    sent = {"title": "Does a hook help?", "size": "test", "trying": "One hook", "expect": "Coats off the floor"}
    assert client.post(f"{home}new/", {**sent, "place": made.ward.slug, "sharing": "organisation"}).status_code == 302
    test = TestOfChange.objects.get()
    assert (test.of_project, test.prediction, test.number) == (Project.objects.get(), "Coats off the floor", 1)
    assert Project.objects.get().stands == "The first test is planned"


@pytest.mark.parametrize("size", ["project", "programme"])
def test_what_is_big_says_at_the_start_when_it_stops(made: Made, client: Client, size: str) -> None:
    client.force_login(made.nurse)
    sent = {
        "title": "Tablets by 11",
        "size": size,
        "aim": "8 of 10",
        "place": made.ward.slug,
        "sharing": "organisation",
    }
    answer = client.post(f"/{made.ward.organisation.slug}/projects/new/", sent)
    assert answer.status_code == 422
    assert "Nobody can stop well who has not said so at the start" in answer.content.decode()
    with pytest.raises(NotNow):
        make_project(made.nurse, made.ward, size, stop_rule="")
    found = make_project(made.nurse, made.ward, size)
    for told in ({"stop_rule": ""}, {"stop_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=found.pk).update(**told)


def test_a_stop_day_is_its_owners_day(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    day = in_days(3)
    sent = {"title": "Tablets by 11", "size": "project", "aim": "8 of 10", "stop_rule": "Nurses lose time"}
    sent |= {"stop_on": f"{day:%-d/%-m/%Y}", "place": made.ward.slug, "sharing": "organisation"}
    client.post(f"/{made.ward.organisation.slug}/projects/new/", sent)
    assert Project.objects.get().next_review == day
    assert "Tablets by 11" in client.get("/").content.decode()


def test_a_trust_sets_what_each_size_is_asked(made: Made, client: Client) -> None:
    lead = make_person("Ines Moor", "improvement-lead", made.ward.organisation)
    here = f"/{made.ward.organisation.slug}/projects/rigour/"
    client.force_login(made.leader)
    assert client.get(here).status_code == 403
    with pytest.raises(NotAllowed):
        actions.set_rigour(by=made.leader, organisation=made.ward.organisation, asks={})
    client.force_login(lead)
    assert client.get(here).status_code == 200
    assert client.post(here, {"test": ["expect", "nonsense"]}).status_code == 422
    send_form(client, here, {"test": ["expect", "unequal"], "project": ["benefit"]})
    form = ProjectForm(places=[made.ward], initial={"size": "test"})
    assert [each for each in form.shown() if each in CAN_ASK] == ["trying", "expect", "unequal"]
    form = ProjectForm(places=[made.ward], initial={"size": "project"})
    assert [each for each in form.shown() if each in CAN_ASK] == ["aim", "benefit", "stop_rule", "stop_on"]


@pytest.mark.parametrize("size", USUAL)
def test_what_must_be_said_is_always_asked(size: str) -> None:
    assert set(ALWAYS[size]) <= set(asks({size: []}, size))
    assert set(asks({}, size)) == set(USUAL[size]) | set(ALWAYS[size])


def test_a_small_thing_grows_when_it_says_when_it_stops(made: Made, client: Client) -> None:
    found = make_project(made.nurse, made.ward, "just-do-it")
    client.force_login(made.nurse)
    sent = {"title": found.title, "size": "project", "owner": str(made.nurse.pk), "sharing": "organisation"}
    refused = client.post(f"{address_of(found)}change/", {**sent, "version": found.version})
    assert refused.status_code == 422
    assert 'name="stop_rule"' in refused.content.decode()
    told = {"aim": "8 of 10", "stop_rule": "Nurses lose time", "stop_on": f"{in_days(9):%-d/%-m/%Y}"}
    assert client.post(f"{address_of(found)}change/", {**sent, **told, "version": found.version}).status_code == 302
    assert project(found.pk).size == "project"


def test_who_may_change_its_team(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    with pytest.raises(NotAllowed):
        actions.add_member(by=made.nurse, project=found, does="member", person=made.nurse)
    actions.add_member(by=made.leader, project=found, does="member", person=made.nurse)
    actions.add_member(by=made.leader, project=found, does="lived", name="a carer")
    assert Notice.objects.filter(person=made.nurse, what="in-team").count() == 1
    change_record(by=fresh(made.nurse), record=found, version=found.version, fields={"unequal": "Deaf people"})
    page = as_read(client, made.other, found)
    for words in ("Sam Castle", "a carer", "Brings lived experience", "Deaf people"):
        assert words in page
    member = found.members.get(person=made.nurse)
    with pytest.raises(NotAllowed):
        actions.remove_member(by=made.other, member=member)
    actions.remove_member(by=made.nurse, member=member)
    with pytest.raises(NotAllowed):
        actions.note_hours(by=fresh(made.nurse), project=project(found.pk), month=first_of_month(in_days(0)), hours=3)


def as_read(client: Client, by: object, found: Project) -> str:
    client.force_login(by)  # type: ignore[arg-type]
    return client.get(address_of(found)).content.decode()


def test_sponsor_and_coach_stand_on_the_charter(made: Made, client: Client) -> None:
    of = make_project(made.leader, made.ward)
    assert [str(each) for each in missing_of(of, [])][-2:] == ["Sponsor", "Coach"]
    actions.add_member(by=made.leader, project=of, does="sponsor", person=made.other)
    actions.add_member(by=made.leader, project=of, does="coach", person=made.nurse)
    team = team_of(project(of.pk))
    assert {("Sponsor", "Olu Bright"), ("Coach", "Sam Castle")} <= {(str(a), b) for a, b in charter_of(of, team)}
    assert not {"Sponsor", "Coach"} & set(map(str, missing_of(of, team)))
    client.force_login(made.nurse)
    charter = client.get(address_of(of)).content.decode().split("</dl>")[0]
    assert "Olu Bright" in charter
    assert "Sam Castle" in charter


def test_people_are_found_by_their_names(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    client.force_login(made.leader)
    here = f"{address_of(found)}team/"
    assert client.post(here, {"name": "Nobody Here", "does": "member"}).status_code == 422
    assert client.post(here, {"name": " sam  castle", "does": "coach"}).status_code == 302
    assert found.members.get().person == made.nurse
    assert client.post(here, {"name": "a governor", "does": "lived"}).status_code == 302


def test_it_ends_with_a_reason_what_is_kept_and_thanks(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    actions.add_member(by=made.leader, project=found, does="member", person=made.nurse)
    with pytest.raises(NotNow):
        move_record(by=made.leader, record=found, version=found.version, stage="stopped")
    with pytest.raises(NotAllowed):
        actions.end_project(by=made.other, project=found, version=found.version, how="stopped", reason="No")
    found = project(found.pk)
    client.force_login(made.leader)
    here = f"{address_of(found)}end/"
    assert client.post(here, {"version": found.version, "how": "handed-over", "reason": "It works"}).status_code == 422
    told = {"how": "stopped", "reason": "Pharmacy does it now", "kept": "The tray", "hours": "6"}
    told |= {"again_if": "A second porter"}
    assert client.post(here, {"version": found.version, **told}).status_code == 302
    page = as_read(client, made.other, found)
    for words in (
        "Pharmacy does it now",
        "The tray",
        "A second porter",
        "It freed 6 hours a week",
        "Thank you to all who took part",
    ):
        assert words in page
    assert Notice.objects.filter(person=made.nurse, what="project-ended").count() == 1
    assert again_words(project(found.pk)) == "A second porter"
    assert again_words(Project(kept="The list of post times")) == ""
    assert project_fact(project(found.pk)).count("Stopped") == 0
    told = stops_of(made.other, made.ward.organisation)
    assert ([each.pk for each in told.ended], told.hours, told.told, told.count) == ([found.pk], 6, 1, 1)
    page = client.get(f"/{made.ward.organisation.slug}/stops/").content.decode()
    assert "6 hours a week in all, offered back to the teams" in page
    assert "Tablets by 11" in client.get("/search/?q=pharmacy").content.decode()


def test_it_pauses_and_goes_on_until_a_day(made: Made) -> None:
    found = make_project(made.leader, made.ward)
    told = {"reason": "Winter", "until": in_days(40)}
    actions.end_project(by=made.leader, project=found, version=found.version, how="paused", **told)
    assert (project(found.pk).stage, project(found.pk).next_review) == ("paused", in_days(40))
    found = project(found.pk)
    told = {"reason": "Smaller: one bay", "until": in_days(20)}
    actions.end_project(by=made.leader, project=found, version=found.version, how="live", **told)
    again = project(found.pk)
    assert (again.stage, again.stop_on, again.next_review) == ("live", in_days(20), in_days(20))
    Project.objects.filter(pk=found.pk).update(stop_on=in_days(-1))
    assert [each.pk for each in stops_of(made.other, made.ward.organisation).due] == [found.pk]


def test_its_chart_has_its_tests_marked_and_its_record_says_where_it_stands(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    measure = make_measure(made.leader, made.ward, "Bags ready by 11", improvement="increase")
    make_numbers(made.leader, measure, [5, 6, 5, 4, 5, 6, 5, 5, 4, 5, 6, 5, 5, 4])
    with pytest.raises(NotAllowed):
        actions.choose_measures(by=made.other, project=found, measures=[measure])
    actions.choose_measures(by=made.leader, project=found, measures=[measure])
    run_test(made.leader, found)
    run_test(made.leader, found, right="no", act="abandon")
    page = as_read(client, made.other, project(found.pk))
    assert "Test 1 began on" in page
    assert "after the last number" in page
    assert "Testing; 2 tests studied; the chart shows no change yet" in page
    assert "Only the team and its coach see this" not in page
    assert "Only the team and its coach see this" in as_read(client, made.nurse, found)
    export = client.get(f"/{made.ward.organisation.slug}/projects/export/").content.decode()
    assert "IHI scale" in export
    assert ",2.5," in export


def test_a_test_is_marked_at_the_point_of_the_days_in_which_it_began(made: Made) -> None:
    measure = make_measure(made.leader, made.ward, "Bags ready by 11")
    make_numbers(made.leader, measure, [5, 6, 5])  # January to March 2025
    series = chart_of(measures_of(made.leader, _judged_by(made, measure))[0])
    assert series
    days = ((2025, 2, 20), (2025, 3, 1), (2025, 4, 20), (2024, 12, 31))
    begun = [datetime(*day, 8, tzinfo=UTC) for day in days]
    tests = [TestOfChange(number=number, title="?", started_at=at) for number, at in enumerate(begun, start=1)]
    notes = marked(series, tests).notes
    assert {at: words for at, words in notes.items() if words} == {
        1: "Test 1 began on 20 February: ?",
        2: "Test 2 began on 1 March: ?",
    }


def _judged_by(made: Made, measure: Measure) -> Project:
    found = make_project(made.leader, made.ward)
    actions.choose_measures(by=made.leader, project=found, measures=[measure])
    return found


def test_a_measure_that_is_missing_can_be_added(made: Made, client: Client) -> None:
    found = make_project(made.nurse, made.ward)
    says = []
    for who in (made.leader, made.nurse):
        client.force_login(who)
        says.append("measures/new/?place=ward-7" in client.get(f"{address_of(found)}how-we-will-know/").text)
    assert says == [True, False]


def test_the_team_may_see_it_otherwise_and_says_why(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    fields = {"says": "Nearly there", "says_why": "Pharmacy agreed yesterday"}
    change_record(by=made.leader, record=found, version=found.version, fields=fields)
    page = as_read(client, made.other, found)
    for words in ("The team says: Nearly there", "Pharmacy agreed yesterday"):
        assert words in page
    assert "Its record tells: Charter, no team yet" in page


def test_room_to_improve_is_told_by_directorate_and_owed_by_leaders(made: Made, client: Client) -> None:
    make_person("Daniel Okonjo", "executive", made.ward.organisation)
    promise = {"promised_hours": 16, "promised_by": "the manager of elderly care"}
    found = make_project(made.leader, made.ward, **promise)
    month = first_of_month(in_days(0), back=1)
    actions.note_hours(by=made.leader, project=found, month=month, hours=20)
    actions.note_hours(by=made.leader, project=found, month=month, hours=6)
    assert "it had 6: 10 are owed to it" in as_read(client, made.other, project(found.pk))
    told = space_of(made.other, made.ward.organisation, month)
    assert [(each.promised, each.had, each.owed) for each in told.rows] == [(16, 6, 10)]
    page = client.get(f"/{made.ward.organisation.slug}/space/").content.decode()
    assert "16 hours promised, 6 given: 10 are owed" in page
    assert "Daniel Okonjo" in page
    assert "Ward 7" not in page.partition("</h1>")[2], "no team is named"


def test_in_the_demo_hours_are_promised_by_many_and_covered_in_many_ways() -> None:
    told = [(each["promised_by"], each["covered_by"]) for each in TOLD["project"]]
    assert min(len(set(each)) for each in zip(*told, strict=True)) > len(told) - 3


def test_a_full_page_asks_little_of_the_database(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward, promised_hours=8)
    measure = make_measure(made.leader, made.ward, "Bags ready by 11", improvement="increase")
    make_numbers(made.leader, measure, [5, 6, 5])
    actions.choose_measures(by=made.leader, project=found, measures=[measure])
    for _each in range(3):
        run_test(made.leader, found)
    actions.add_member(by=made.leader, project=found, does="member", person=made.nurse)
    make_test(made.leader, found)
    client.force_login(made.leader)
    client.get(address_of(found))
    with CaptureQueriesContext(connection) as seen:
        client.get(address_of(found))
    print(f"{len(seen)} queries")
    assert len(seen) <= 15


def test_lists_ask_nothing_of_each(made: Made, client: Client) -> None:
    client.force_login(made.nurse)
    counts = []
    for _each in range(2):
        make_project(made.leader, made.ward)
        make_failure(made.leader, made.ward)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/{made.ward.organisation.slug}/projects/")
            client.get(f"/{made.ward.organisation.slug}/fabulous-failures/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_one_measure_tells_and_at_most_four_stand_beside_it(made: Made, client: Client) -> None:
    found = make_project(made.leader, made.ward)
    keys = [str(make_measure(made.leader, made.ward, f"Bags {number}").pk) for number in range(7)]
    client.force_login(made.leader)
    path = f"{address_of(found)}how-we-will-know/"

    def sent(**given: object) -> tuple[int, str]:
        answer = send_form(client, path, given)
        return answer.status_code, answer.content.decode()

    def kept() -> list[str]:
        return [str(each) for each in found.told_by.order_by("position").values_list("measure", flat=True)]

    for given, told in (
        ({}, "Choose the one that tells"),
        ({"also": keys[:2]}, "Choose the one that tells"),
        ({"first": keys[0], "also": keys[1:]}, "At most 4 stand beside it: take 2 out"),
        ({"first": str(found.pk)}, "One of them is not offered any more"),
        ({"first": keys[0], "also": ["x"]}, "One of them is not offered any more"),
    ):
        status, page = sent(**given)
        assert status == 422
        assert page.count(told) == 2, "above the form and at the field"
        assert page.count(" checked>") == sum(key in str(given) for key in keys), "ticks stay"
        assert kept() == []
    assert sent(first=keys[2], also=[keys[2], keys[0]])[0] == 302
    assert kept() == [keys[2], keys[0]]
    Measure.objects.filter(pk=keys[0]).update(closed_at=now())
    assert client.get(path).content.decode().count(" checked>") == 2, "what it has is offered on"


def test_an_idea_that_is_over_is_not_tried(made: Made, client: Client) -> None:
    idea = make_record(KINDS["ideas.idea"], made.leader, made.ward)
    client.force_login(made.leader)
    page = f"{address_of(idea)}test/"
    assert client.get(page).status_code == 200
    type(idea).objects.filter(pk=idea.pk).update(closed_at=now())
    assert client.get(page).status_code == 403
