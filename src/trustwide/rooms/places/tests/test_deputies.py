"""Who answers for somebody who is away: named by themselves, of the same organisation, and never in a circle."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.actions_deputies import DeputyRefused, end_deputy, name_deputy
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.deputies import answering, answers_for, deputies_of, stands_in_for
from trustwide.rooms.places.models import Deputy, Place

WEEK = timedelta(days=7)


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


@pytest.fixture
def people(trust: Place) -> list[Person]:
    ward = make_team(trust)
    return [make_person(name, "staff", ward) for name in ("Ann", "Bob", "Cal", "Dee", "Eve")]


def away(person: Person, deputy: Person, *, first: date | None = None, last: date | None = None) -> Deputy:
    days = {"starts": first or today(), "ends": last or today() + WEEK}
    return name_deputy(by=person, deputy=deputy, organisation=Place.objects.get(slug="st-brides"), **days)


def test_a_deputy_answers_from_the_first_day_to_the_last(trust: Place, people: list[Person]) -> None:
    ann, bob = people[:2]
    row = away(ann, bob, first=today() + WEEK, last=today() + 2 * WEEK)
    days = {each: answers_for(ann, today() + timedelta(days=each), trust) for each in (6, 7, 14, 15)}
    assert days == {6: ann, 7: bob, 14: bob, 15: ann}
    assert deputies_of(ann) == [row]
    assert [each.person for each in stands_in_for(bob, today() + WEEK)] == [ann]
    assert stands_in_for(bob, today()) == []
    assert AuditRow.objects.get(verb="named-deputy").related == str(bob.pk)


def test_three_steps_at_most(trust: Place, people: list[Person]) -> None:
    for person, deputy in pairwise(people):
        away(person, deputy)
    ann, _bob, _cal, dee, eve = people
    assert answers_for(ann, today(), trust) == dee
    assert answers_for(dee, today(), trust) == eve


def test_never_in_a_circle(trust: Place, people: list[Person]) -> None:
    ann, bob, cal = people[:3]
    away(ann, bob)
    with pytest.raises(DeputyRefused):
        away(bob, ann)
    away(bob, cal)
    away(cal, ann)
    found = answering(people, today(), trust)
    assert found == {ann.pk: cal, bob.pk: ann, cal.pk: bob, people[3].pk: people[3], people[4].pk: people[4]}


def test_many_take_as_many_queries_as_one(trust: Place, people: list[Person]) -> None:
    for person, deputy in pairwise(people):
        away(person, deputy)
    with CaptureQueriesContext(connection) as one:
        answers_for(people[0], today(), trust)
    with CaptureQueriesContext(connection) as many:
        answering(people, today(), trust)
    assert len(one) == len(many) == 3


def test_a_deputy_works_in_the_same_organisation(trust: Place, people: list[Person]) -> None:
    ann, bob = people[:2]
    stranger = make_person("Sam", "staff", make_organisation("Elsewhere"))
    guest = make_person("Gus", "partner-guest", trust)
    for other in (stranger, guest, ann):
        with pytest.raises(NotAllowed):
            away(ann, other)
    away(ann, bob)
    assert answers_for(ann, today(), trust) == bob
    assert answers_for(ann, today(), stranger.roles.get().place) == ann
    end_role(by=None, held=bob.roles.get(), on=today())
    assert answers_for(ann, today() + timedelta(days=1), trust) == ann


def test_a_closed_account_answers_for_nobody(trust: Place, people: list[Person]) -> None:
    ann, bob = people[:2]
    away(ann, bob)
    Person.objects.filter(pk=bob.pk).update(is_active=False)
    assert answers_for(ann, today(), trust) == ann


def test_days_that_make_no_sense_are_refused(trust: Place, people: list[Person]) -> None:
    ann, bob, cal = people[:3]
    row = away(ann, bob)
    assert away(ann, bob) == row
    for first, last in ((WEEK, timedelta()), (-2 * WEEK, -WEEK), (2 * WEEK, 60 * WEEK)):
        with pytest.raises(DeputyRefused):
            away(ann, cal, first=today() + first, last=today() + last)
    with pytest.raises(DeputyRefused):
        away(ann, cal)
    assert Deputy.objects.count() == 1
    for wrong in ({"deputy": ann}, {"deputy": bob, "ends": today() - WEEK}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deputy.objects.create(**{"organisation": trust, "person": ann, "starts": today(), "ends": today(), **wrong})


def test_only_who_named_a_deputy_ends_it(trust: Place, people: list[Person]) -> None:
    ann, bob = people[:2]
    row = away(ann, bob)
    with pytest.raises(NotAllowed):
        end_deputy(by=bob, row=row)
    end_deputy(by=ann, row=row)
    assert (answers_for(ann, today(), trust), deputies_of(ann)) == (ann, [])
    begun = away(ann, bob, first=today() - WEEK)
    end_deputy(by=ann, row=begun)
    assert Deputy.objects.get().ends == today() - timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_the_page(client: Client) -> None:
    ward = make_team(make_organisation())
    ann, bob = make_person("Ann", "staff", ward), make_person("Bob Hill", "staff", ward)
    client.force_login(ann)
    assert "Who answers for you" in client.get("/me/away/").text
    last = (today() + WEEK).strftime("%d/%m/%Y")
    for wrong in ({}, {"deputy": "Nobody"}, {"deputy": "Bob Hill", "ends": "soon"}, {"deputy": "Ann", "ends": last}):
        assert client.post("/me/away/", wrong).status_code == 422
    assert client.post("/me/away/", {"deputy": "Bob Hill", "ends": "1/1/2020"}).status_code == 422
    assert client.post("/me/away/", {"deputy": "bob hill", "ends": last}).status_code == 302
    assert "Bob Hill answers from" in client.get("/me/away/").text
    assert [each.to for each in mail.outbox] == [[bob.email]]
    client.force_login(bob)
    assert "Ann, to" in client.get("/me/away/").text
    row = Deputy.objects.get()
    assert [client.post("/me/away/", {"end": each}).status_code for each in (str(row.pk), "x")] == [404, 404]
    client.force_login(ann)
    assert client.post("/me/away/", {"end": str(row.pk)}).status_code == 302
    assert not Deputy.objects.exists()


def test_two_of_a_name_are_told_apart_by_address(people: list[Person], client: Client, trust: Place) -> None:
    twins = [Person.objects.create_user(f"jo{each}@example.org", "Jo Twin") for each in range(2)]
    for each in twins:
        give_role(by=None, person=each, role="staff", place=trust)
    client.force_login(people[0])
    last = (today() + WEEK).strftime("%d/%m/%Y")
    assert "More than one has that name" in client.post("/me/away/", {"deputy": "Jo Twin", "ends": last}).text
    assert client.post("/me/away/", {"deputy": twins[1].email, "ends": last}).status_code == 302
    assert Deputy.objects.get().deputy == twins[1]


@pytest.mark.django_db(transaction=True)
def test_for_who_is_off_sick_a_leader_or_an_administrator_names_somebody(client: Client) -> None:
    trust = make_organisation()
    ward, other = make_team(trust), make_team(trust, "Ward 8")
    ann, bob = make_person("Ann", "staff", ward), make_person("Bob Hill", "staff", ward)
    leader, administrator = make_person("Ruby", "team-leader", ward), make_person("Kay", "administrator", trust)
    elsewhere, improver = make_person("Olu", "team-leader", other), make_person("Neha", "improver", trust)
    page, said = f"/st-brides/people/{ann.pk}/away/", {"deputy": "Bob Hill", "ends": f"{today() + WEEK:%d/%m/%Y}"}
    for no in (bob, elsewhere, improver):
        client.force_login(no)
        assert (client.get(page).status_code, client.post(page, said).status_code) == (403, 403)
        assert page not in client.get(f"/st-brides/people/{ann.pk}/").text
        with pytest.raises(NotAllowed):
            name_deputy(by=no, person=ann, deputy=bob, organisation=trust, starts=today(), ends=today())
    for yes in (leader, administrator):
        client.force_login(yes)
        assert page in client.get(f"/st-brides/people/{ann.pk}/").text
        assert client.post(page, {"deputy": "Nobody"}).status_code == 422
        assert client.post(page, said).status_code == 302
        assert answers_for(ann, today(), trust) == bob
        assert "Bob Hill answers from" in client.get(page).text
        assert client.post(page, {"end": str(Deputy.objects.get().pk)}).status_code == 302
        assert answers_for(ann, today(), trust) == ann
    assert [each.to for each in mail.outbox] == [[bob.email], [ann.email]] * 2
    assert "Ruby named you to answer for Ann" in mail.outbox[0].body
    assert "Ruby said that Bob Hill answers for you" in mail.outbox[1].body
    assert set(AuditRow.objects.filter(verb="named-deputy").values_list("by", flat=True)) == {
        leader.pk, administrator.pk,
    }  # fmt: skip
