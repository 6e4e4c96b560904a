"""A deputy answers in one organisation: nobody says in one who answers in another, nor for who stands above them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.actions_deputies import end_deputy, name_deputy
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.deputies import answers_for, may_name_for
from trustwide.rooms.places.models import Deputy, Place, RoleHeld

WEEK = timedelta(days=7)
DAYS = {"starts": today(), "ends": today() + WEEK}


class Both:
    """Eve is an executive of Beta, and does shifts on a ward of Alpha."""

    def __init__(self) -> None:
        self.alpha, self.beta = make_organisation("Alpha"), make_organisation("Beta")
        self.ward = make_team(self.alpha)
        self.eve = make_person("Eve", "executive", self.beta)
        give_role(by=None, person=self.eve, role="staff", place=self.ward)
        self.leader = make_person("Lea Leader", "team-leader", self.ward)
        self.administrator = make_person("Adam", "administrator", self.alpha)
        self.nurse = make_person("Ann Nurse", "staff", self.ward)
        self.bob = make_person("Bob Beta", "staff", self.beta)


@pytest.fixture
def both(db: None) -> Both:
    return Both()


def sent(deputy: Person, **more: str) -> dict[str, str]:
    return {"deputy": deputy.email, "ends": f"{today() + WEEK:%d/%m/%Y}", **more}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_nobody_says_in_one_organisation_who_answers_in_another(both: Both) -> None:
    page = f"/alpha/people/{both.eve.pk}/away/"
    for by in (both.leader, both.administrator):
        client = signed_in(by)
        assert "No colleague has that name" in client.post(page, sent(both.bob)).text
        assert client.post(page, sent(both.nurse)).status_code == 302, "control: a colleague of Alpha"
        assert answers_for(both.eve, today(), both.beta) == both.eve
        assert answers_for(both.eve, today(), both.alpha) == both.nurse
        for deputy in (both.bob, both.nurse):
            with pytest.raises(NotAllowed):
                name_deputy(by=by, person=both.eve, deputy=deputy, organisation=both.beta, **DAYS)
        assert client.post(page, {"end": str(Deputy.objects.get().pk)}).status_code == 302
    assert set(AuditRow.objects.filter(verb__endswith="-deputy").values_list("organisation", flat=True)) == {
        both.alpha.pk
    }


def test_what_was_named_elsewhere_is_neither_seen_nor_ended(both: Both) -> None:
    row = name_deputy(by=both.eve, deputy=both.bob, organisation=both.beta, **DAYS)
    page = f"/alpha/people/{both.eve.pk}/away/"
    for by in (both.leader, both.administrator):
        client = signed_in(by)
        assert "Bob Beta" not in client.get(page).text
        assert client.post(page, {"end": str(row.pk)}).status_code == 404
        with pytest.raises(NotAllowed):
            end_deputy(by=by, row=row)
    assert "Bob Beta answers from" in signed_in(make_person("Bea", "administrator", both.beta)).get(
        f"/beta/people/{both.eve.pk}/away/"
    ).text  # fmt: skip
    other = f"/alpha/people/{both.nurse.pk}/away/"
    give_role(by=None, person=both.nurse, role="staff", place=both.beta)
    name_deputy(by=both.bob, deputy=both.nurse, organisation=both.beta, **DAYS)
    assert "For whom" not in signed_in(both.leader).get(other).text


def test_a_leader_names_nobody_for_who_also_works_above_them(both: Both) -> None:
    assert may_name_for(both.leader, both.nurse, both.alpha)
    above = give_role(by=None, person=both.nurse, role="manager", place=both.alpha, starts=today() + WEEK)
    page = f"/alpha/people/{both.nurse.pk}/away/"
    client = signed_in(both.leader)
    assert (client.get(page).status_code, client.post(page, sent(both.leader)).status_code) == (403, 403)
    assert page not in client.get(f"/alpha/people/{both.nurse.pk}/").text
    with pytest.raises(NotAllowed):
        name_deputy(by=both.leader, person=both.nurse, deputy=both.leader, organisation=both.alpha, **DAYS)
    assert signed_in(both.administrator).get(page).status_code == 200
    end_role(by=None, held=above, on=above.starts)
    RoleHeld.objects.filter(pk=above.pk).delete()
    assert signed_in(both.leader).get(page).status_code == 200


def test_whoever_works_in_two_names_one_in_each(both: Both) -> None:
    eve = signed_in(both.eve)
    page = eve.get("/me/away/").text
    assert "Name somebody in each" in page
    for wrong in ({}, {"organisation": "x"}, {"organisation": str(make_organisation("Else").pk)}):
        answer = eve.post("/me/away/", sent(both.bob, **wrong))
        assert (answer.status_code, "Choose where they answer for you" in answer.text) == (422, True)
    assert eve.post("/me/away/", sent(both.bob, organisation=str(both.alpha.pk))).status_code == 422
    for deputy, place in ((both.bob, both.beta), (both.nurse, both.alpha)):
        assert eve.post("/me/away/", sent(deputy, organisation=str(place.pk))).status_code == 302
        assert answers_for(both.eve, today(), place) == deputy
    page = eve.get("/me/away/").text
    assert "(Alpha)" in page
    assert "(Beta)" in page
    assert "Name somebody in each" not in signed_in(both.bob).get("/me/away/").text


def test_rows_of_before_are_given_the_organisation_of_both(both: Both) -> None:
    nobody, sam = make_person("Nobody"), make_person("Sam", "staff", make_organisation("Gamma"))
    for role in ("partner-guest", "staff"):
        give_role(by=None, person=sam, role=role, place={"staff": both.ward}.get(role, both.beta))
    begun = {"starts": today() - WEEK, "ends": today() + WEEK}
    kept = {
        "one": (both.eve, both.bob, DAYS), "alpha": (both.eve, both.nurse, begun), "guest": (both.bob, sam, begun),
        "to come": (both.bob, sam, DAYS), "none": (nobody, both.bob, begun), "two": (sam, both.eve, DAYS),
    }  # fmt: skip
    give_role(by=None, person=sam, role="staff", place=both.beta)
    RoleHeld.objects.update(starts=today() - 9 * WEEK)
    RoleHeld.objects.filter(person=sam, place=both.beta, role="staff").update(ends=today() - 8 * WEEK)
    for person, deputy, days in kept.values():
        Deputy.objects.create(organisation=Place.objects.get(slug="gamma"), person=person, deputy=deputy, **days)
    give_role(by=None, person=both.eve, role="staff", place=Place.objects.get(slug="gamma"))
    moved = import_module("trustwide.rooms.places.migrations.0003_deputies_in_an_organisation")
    moved.give_organisations(apps, SimpleNamespace(connection=connection))
    names = ("person__name", "deputy__name", "organisation__slug", "ends")
    assert set(Deputy.objects.values_list(*names)) == {
        ("Eve", "Bob Beta", "beta", today() + WEEK),
        ("Eve", "Ann Nurse", "alpha", today() + WEEK),
        ("Bob Beta", "Sam", "beta", today() - timedelta(days=1)),
        ("Sam", "Eve", "alpha", today() + WEEK),
        ("Sam", "Eve", "gamma", today() + WEEK),
    }
