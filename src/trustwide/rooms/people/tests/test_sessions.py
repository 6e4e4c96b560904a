"""Limits of sessions on both their sides, and ending them from elsewhere."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.makers import make_person
from trustwide.rooms.people import actions
from trustwide.rooms.people.models import AuditRow, Person, Visit
from trustwide.rooms.people.tests.test_sign_in import PASSWORD, sign_in

IDLE, HARD = 30 * 60, 12 * 3600


@pytest.fixture
def alice(db: None) -> Person:
    return make_person("Alice", password=PASSWORD)


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_the_limits_are_as_stated() -> None:
    assert (settings.IDLE_MINUTES * 60, settings.SESSION_HOURS * 3600) == (IDLE, HARD)


@pytest.mark.parametrize(("away", "still_in"), [(IDLE - 5, True), (IDLE + 1, False)])
def test_a_session_that_is_not_used_ends(
    client: Client, alice: Person, time_machine_at: object, away: int, still_in: bool
) -> None:
    client.force_login(alice)
    time_machine_at.shift(away)
    assert is_in(client) is still_in


@pytest.mark.parametrize(("age", "still_in"), [(HARD - 60, True), (HARD + 1, False)])
def test_a_session_in_constant_use_ends_too(
    client: Client, alice: Person, time_machine_at: object, age: int, still_in: bool
) -> None:
    client.force_login(alice)
    for _ in range(age // 1200):
        time_machine_at.shift(1200)
        client.get("/me/")
    time_machine_at.shift(age % 1200)
    assert is_in(client) is still_in


def test_who_is_out_is_told_why_and_comes_back_to_the_page(
    client: Client, alice: Person, time_machine_at: object
) -> None:
    client.force_login(alice)
    time_machine_at.shift(IDLE + 1)
    answer = client.get("/roles/")
    assert answer["Location"] == "/sign-in/?next=%2Froles%2F&said=ended"
    assert "You were signed out" in client.get(answer["Location"]).content.decode()


def test_looking_writes_at_most_once_a_minute(client: Client, alice: Person, time_machine_at: object) -> None:
    client.force_login(alice)
    before = Visit.objects.get().used_at
    time_machine_at.shift(59)
    client.get("/me/")
    assert Visit.objects.get().used_at == before
    time_machine_at.shift(2)
    client.get("/me/")
    assert Visit.objects.get().used_at > before


def test_a_disabled_person_is_out_on_the_next_request(client: Client, alice: Person) -> None:
    client.force_login(alice)
    assert is_in(client)
    Person.objects.update(is_active=False)  # the flag alone is enough
    assert not is_in(client)


def test_disabling_ends_every_session_and_is_kept(client: Client, alice: Person) -> None:
    client.force_login(alice)
    actions.disable_person(by=None, person=alice)
    assert not is_in(client)
    assert AuditRow.objects.filter(verb="disabled", thing=str(alice.pk)).count() == 1


def test_people_see_their_sessions_and_end_one(alice: Person) -> None:
    here, there = Client(), Client()
    here.force_login(alice)
    sign_in(there, alice)
    assert len(Visit.objects.all()) == 2
    other = Visit.objects.exclude(pk=here.session["visit"]).get()
    assert here.post(f"/me/sessions/{other.pk}/end/")["Location"] == "/me/?said=session"
    assert (is_in(here), is_in(there)) == (True, False)


def test_people_end_all_other_sessions(alice: Person) -> None:
    here, others = Client(), [Client(), Client()]
    for each in (here, *others):
        each.force_login(alice)
    here.post("/me/sessions/end-others/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_nobody_ends_a_session_of_somebody_else(client: Client, alice: Person) -> None:
    client.force_login(alice)
    bob = Client()
    bob.force_login(make_person("Bob"))
    assert bob.post(f"/me/sessions/{Visit.objects.get(person=alice).pk}/end/").status_code == 404
    assert is_in(client)


def test_a_new_password_keeps_this_session_and_ends_the_others(client: Client, alice: Person) -> None:
    there = Client()
    sign_in(there, alice)
    sign_in(client, alice)
    new = "seven brave gardeners sing"
    answer = client.post("/me/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == "/me/?said=password"
    assert (is_in(client), is_in(there)) == (True, False)
    assert len(Visit.objects.all()) == 1
    assert AuditRow.objects.filter(by=alice, verb="changed", fields=["password"]).count() == 1


def test_a_change_of_how_one_signs_in_asks_again(client: Client, alice: Person, time_machine_at: object) -> None:
    sign_in(client, alice)
    assert client.get("/me/app/add/")["Location"] == "/me/again/?next=%2Fme%2Fapp%2Fadd%2F"
    client.post("/me/again/", {"password": PASSWORD, "next": "/me/app/add/"})
    assert client.get("/me/app/add/").status_code == 200
    time_machine_at.shift(301)
    assert client.get("/me/app/add/").status_code == 302
