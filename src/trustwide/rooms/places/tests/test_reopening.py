"""A place that was closed is opened again: its work goes on, and its roles where that is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.makers import make_directorate, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import Reach
from trustwide.rooms.places.tree import PlaceRefused

PAGE, REOPEN = "/st-brides/places/ward-7/", "/st-brides/places/ward-7/reopen/"


def closed(trust: Place, parent: Place | None = None) -> Place:
    """Ward 7, which Bob left before it closed, and where Cat still worked."""
    ward = make_team(parent or trust, "Ward 7")
    Place.objects.filter(pk=ward.pk).update(opened_on=today() - timedelta(days=90))
    ward.refresh_from_db()
    days = {"starts": today() - timedelta(days=60), "ends": today() - timedelta(days=30)}
    give_role(by=None, person=make_person("Bob"), role="staff", place=ward, **days)
    give_role(by=None, person=make_person("Cat"), role="team-leader", place=ward, starts=days["starts"])
    actions.close_place(by=None, place=ward, on=today() - timedelta(days=7))
    return Place.objects.select_related("organisation", "parent", "merged_into").get(pk=ward.pk)


def test_work_and_roles_go_on(trust: Place, ada: Person) -> None:
    ward = closed(trust)
    cat, bob = (Person.objects.get(name=name) for name in ("Cat", "Bob"))
    assert Reach.of(cat).roles == ()
    actions.reopen_place(by=ada, place=ward, reason="Closed by mistake", roles=True)
    assert [each.role for each in Reach.of(cat).roles] == ["team-leader"]
    assert Reach.of(bob).roles == ()
    assert queries.history(ward)[0].startswith("Reopened on")
    assert queries.history(ward)[0].endswith("Why: Closed by mistake.")
    verbs = AuditRow.objects.filter(by=ada).values_list("verb", flat=True)
    assert sorted(verbs) == ["changed-role", "reopened"]


def test_nobody_gets_a_role_back_unasked(trust: Place, ada: Person) -> None:
    actions.reopen_place(by=ada, place=closed(trust))
    assert Reach.of(Person.objects.get(name="Cat")).roles == ()


def test_who_has_left_gets_no_role_back(trust: Place, ada: Person) -> None:
    ward = closed(trust)
    Person.objects.filter(name="Cat").update(is_active=False)
    actions.reopen_place(by=ada, place=ward, roles=True)
    assert not RoleHeld.objects.filter(place=ward, ends=None).exists()


def test_only_an_administrator_reopens(trust: Place, ada: Person) -> None:
    ward = closed(trust)
    for person in (make_person("Nora", "manager", trust), make_person("Eve", "administrator", make_organisation("B"))):
        with pytest.raises(NotAllowed):
            actions.reopen_place(by=person, place=ward)
    assert Place.objects.get(pk=ward.pk).closed_on


def test_what_does_not_fit_is_refused(trust: Place) -> None:
    """One that is open; one that was merged; below one that is closed; beside its namesake; before it closed."""
    medicine = make_directorate(trust, "Medicine")
    ward = closed(trust, medicine)
    for day in (today() - timedelta(days=8), today() + timedelta(days=1)):
        with pytest.raises(PlaceRefused, match="between the day it closed and today"):
            actions.reopen_place(by=None, place=ward, on=day)
    namesake = make_team(medicine, "ward  7")
    with pytest.raises(PlaceRefused, match="Another open place is called Ward 7"):
        actions.reopen_place(by=None, place=ward)
    actions.close_place(by=None, place=namesake)
    actions.close_place(by=None, place=medicine)
    below = Place.objects.select_related("parent").get(pk=ward.pk)
    with pytest.raises(PlaceRefused, match="Reopen that first"):
        actions.reopen_place(by=None, place=below)
    merged, into = make_team(trust, "Ward 8"), make_team(trust, "Ward 9")
    with pytest.raises(PlaceRefused, match="open already"):
        actions.reopen_place(by=None, place=into)
    actions.merge_places(by=None, place=merged, into=into)
    with pytest.raises(PlaceRefused, match="Ward 9 carries on"):
        actions.reopen_place(by=None, place=merged)


def test_its_page_reopens_it(trust: Place, ada: Person, client: Client) -> None:
    ward = closed(trust)
    client.force_login(ada)
    assert "/reopen/" in client.get(PAGE).text
    assert "/close/" not in client.get(PAGE).text
    assert "1 person who held a role here until it closed go on with it: Cat" in client.get(REOPEN).text
    sent = {"seen": ward.version, "reason": "By mistake", "roles": "on"}
    wrong = client.post(REOPEN, {**sent, "on": "1/1/2020"})
    assert wrong.status_code == 422
    assert 'value="By mistake"' in wrong.text
    assert client.post(REOPEN, sent).status_code == 302
    page = client.get(PAGE).text
    assert "Reopened on" in page
    assert "/reopen/" not in page
    assert "Cat" in page
    again = client.post(REOPEN, {**sent, "seen": ward.version + 9})
    assert again.status_code == 422
    assert "Ward 7 is open already" in again.text
