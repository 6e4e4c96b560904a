"""Invitations: from somebody who may, for seven days, once, and never into somebody else's account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.makers import make_directorate, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Invitation, Person
from trustwide.rooms.places import actions_people, invitations
from trustwide.rooms.places.actions_roles import end_role
from trustwide.rooms.places.models import Place, RoleHeld

PASSWORD = "three quiet porters walk"  # noqa: S105 (made up)
NEW = "new.starter@example.org"


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


@pytest.fixture
def ward(trust: Place) -> Place:
    return make_team(trust)


@pytest.fixture
def administrator(client: Client, trust: Place) -> Person:
    person = make_person("Ada", "administrator", trust)
    client.force_login(person)
    return person


def invite(client: Client, place: Place, email: str = NEW, role: str = "staff") -> Any:
    path = f"/{place.organisation.slug}/people/invite/"
    return client.post(path, {"email": email, "role": role, "place": str(place.pk)})


def link_of(answer: Any) -> str:
    found = re.search(r"http://testserver(/welcome/[^<]+/)", answer.content.decode())
    assert found
    return found[1]


def come_in(path: str, **typed: str) -> tuple[Client, Any]:
    newcomer = Client()
    return newcomer, newcomer.post(path, {"name": "Nia", "password": PASSWORD, **typed})


def test_an_invited_person_comes_in_with_their_role(client: Client, administrator: Person, ward: Place) -> None:
    path = link_of(invite(client, ward))
    assert not Person.objects.filter(email=NEW).exists()
    newcomer, answer = come_in(path)
    assert answer.status_code == 302
    held = RoleHeld.objects.get(person__email=NEW)
    assert (held.role, held.place, held.person.name) == ("staff", ward, "Nia")
    assert b"Nia" in newcomer.get("/me/").content
    verbs = set(AuditRow.objects.values_list("verb", flat=True))
    assert {"invited", "accepted", "opened-account", "gave-role", "signed-in"} <= verbs


def test_the_place_must_be_chosen_and_can_be_told_apart(client: Client, administrator: Person, trust: Place) -> None:
    """Nobody is asked into the whole organisation because its name stood first in the list."""
    for name in ("Medicine", "Surgery"):
        make_team(make_directorate(trust, name), "Ward 7")
    path = f"/{trust.slug}/people/invite/"
    page = client.get(path).text
    assert '<option value="" selected>Choose</option>' in page
    assert "St Bride&#39;s › Medicine › Ward 7</option>" in page
    answer = client.post(path, {"email": NEW, "role": "staff", "place": ""})
    assert answer.status_code == 422
    assert 'id="place-error"' in answer.text
    assert not Invitation.objects.exists()
    ward = Place.objects.get(slug="ward-7-2")
    link = f"{path}?place=ward-7-2"
    assert f'href="{link}"' in client.get(ward.home).text
    assert f'value="{ward.pk}" selected' in client.get(link).text


def test_an_invitation_may_have_a_last_day(client: Client, administrator: Person, ward: Place) -> None:
    path, sent = f"/{ward.organisation.slug}/people/invite/", {"email": NEW, "role": "staff", "place": str(ward.pk)}
    late = client.post(path, {**sent, "ends": f"{today() - timedelta(days=1):%d/%m/%Y}"})
    assert late.status_code == 422
    assert 'id="ends-error"' in late.text
    come_in(link_of(client.post(path, {**sent, "ends": f"{today() + timedelta(days=9):%d/%m/%Y}"})))
    assert RoleHeld.objects.get(person__email=NEW).ends == today() + timedelta(days=9)


def test_the_letter_holds_the_link_and_the_database_only_its_hash(
    client: Client, administrator: Person, ward: Place, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        path = link_of(invite(client, ward))
    assert mail.outbox[0].to == [NEW]
    assert path in mail.outbox[0].body
    token = path.split("/")[2]
    stored = Invitation.objects.values().get()
    assert token not in map(str, stored.values())
    assert len(stored["token_hash"]) == 64


def test_with_a_mail_server_the_page_does_not_show_the_link(
    client: Client, administrator: Person, ward: Place, settings: Any
) -> None:
    settings.SENDS_LETTERS = True
    assert b"/welcome/" not in invite(client, ward).content


def test_a_link_works_once(client: Client, administrator: Person, ward: Place) -> None:
    path = link_of(invite(client, ward))
    come_in(path)
    _, answer = come_in(path, name="Somebody else")
    assert answer.status_code == 404
    assert "does not work any more" in answer.content.decode()
    assert Person.objects.filter(email=NEW).count() == 1


@pytest.mark.parametrize(("days", "status"), [(6.99, 200), (7.01, 404)])
def test_a_link_works_for_seven_days(
    client: Client, administrator: Person, ward: Place, days: float, status: int
) -> None:
    with time_machine.travel(datetime(2099, 1, 14, tzinfo=UTC), tick=False) as clock:
        client.force_login(administrator)
        path = link_of(invite(client, ward))
        clock.shift(days * 86400)
        assert Client().get(path).status_code == status


def test_a_new_invitation_replaces_the_one_before(client: Client, administrator: Person, ward: Place) -> None:
    first, second = link_of(invite(client, ward)), link_of(invite(client, ward))
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]


def test_an_invitation_dies_with_the_right_of_who_sent_it(client: Client, administrator: Person, ward: Place) -> None:
    path = link_of(invite(client, ward))
    end_role(by=None, held=administrator.roles.get())
    _, answer = come_in(path)
    assert answer.status_code == 404
    assert not Person.objects.filter(email=NEW).exists()


def test_somebody_who_has_an_account_must_sign_in_to_take_it(
    client: Client, administrator: Person, ward: Place
) -> None:
    """So that an administrator who copies the link does not come into an account of another organisation."""
    known = make_person("Kim", "manager", make_organisation("Elsewhere"))
    path = link_of(invite(client, ward, email=known.email))
    thief, answer = come_in(path)
    assert answer.status_code == 403
    assert thief.get("/me/").status_code == 302
    assert client.post(path).status_code == 403  # nor does the administrator take it for themselves
    kim = Client()
    kim.force_login(known)
    assert kim.get(path).status_code == 200
    assert kim.post(path).status_code == 302
    assert known.roles.filter(place=ward, role="staff").count() == 1


@pytest.mark.parametrize("role", ["staff", "team-leader", "manager", "executive"])
def test_only_who_looks_after_people_invites(client: Client, trust: Place, ward: Place, role: str) -> None:
    client.force_login(make_person("Sam", role, trust))
    assert invite(client, ward).status_code == 403
    assert not Invitation.objects.exists()


def test_whoever_may_not_invites_nobody_past_the_page(trust: Place, ward: Place) -> None:
    sam, address = make_person("Sam", "manager", trust), "https://example.org/token/"
    with pytest.raises(NotAllowed):
        invitations.invite(by=sam, email=NEW, role="staff", place=ward, address=address)
    held = RoleHeld(role="staff", place=ward, starts=today())
    with pytest.raises(NotAllowed):
        invitations.invite_many(by=sam, roles=[held], emails=[NEW], address=address)
    assert not Invitation.objects.exists()


def test_nobody_invites_to_another_organisations_place(client: Client, administrator: Person, trust: Place) -> None:
    theirs = make_team(make_organisation("Elsewhere"))
    assert invite(client, theirs).status_code == 404
    path = f"/{trust.slug}/people/invite/"
    answer = client.post(path, {"email": NEW, "role": "staff", "place": str(theirs.pk)})
    assert answer.status_code == 422
    assert NEW in answer.content.decode()  # what was typed is kept
    assert not Invitation.objects.exists()


def test_a_newcomer_may_choose_a_passkey(client: Client, administrator: Person, ward: Place) -> None:
    newcomer, answer = come_in(link_of(invite(client, ward)), by="passkey", password="")
    assert answer["Location"] == "/me/passkeys/add/"
    assert newcomer.get("/me/passkeys/add/").status_code == 200
    assert not Person.objects.get(email=NEW).has_usable_password()


@pytest.mark.parametrize("typed", [{"password": "short"}, {"name": ""}, {"password": "", "name": ""}])
def test_a_wrong_form_keeps_the_invitation(
    client: Client, administrator: Person, ward: Place, typed: dict[str, str]
) -> None:
    path = link_of(invite(client, ward))
    assert come_in(path, **typed)[1].status_code == 422
    assert come_in(path)[1].status_code == 302


def test_an_invitation_to_a_wrong_address_is_withdrawn(client: Client, administrator: Person, ward: Place) -> None:
    page, wrong = f"/{ward.organisation.slug}/people/invite/", "nwe.starter@example.org"
    path, other = link_of(invite(client, ward, email=wrong)), link_of(invite(client, ward))
    invite(client, ward.organisation, email=wrong)  # and once more: whoever showed one would take this too
    seen = client.get(page).text
    assert seen.count(f'Withdraw<span class="nhsuk-u-visually-hidden">: {wrong}') == 1
    withdraw = re.findall(r'action="([^"]+/withdraw/)"', seen)
    assert len(withdraw) == 2
    first = next(each for each in withdraw if str(Invitation.objects.filter(email=wrong).last().pk) in each)
    assert client.get(first).status_code == 405
    told = client.post(first, follow=True).text
    assert "The invitation is withdrawn" in told
    assert wrong not in told
    assert client.post(first).status_code == 404, "pressed again"
    assert [Client().get(each).status_code for each in (path, other)] == [404, 200]
    assert come_in(path)[1].status_code == 404
    assert AuditRow.objects.filter(by=administrator, verb="withdrew").count() == 2


def test_only_who_looks_after_its_people_withdraws_it(client: Client, administrator: Person, ward: Place) -> None:
    invite(client, ward)
    there = f"people/invite/{Invitation.objects.get().pk}/withdraw/"
    elsewhere = make_organisation("Elsewhere")
    for person, home, status in (
        (make_person("Sam", "manager", ward.organisation), ward.organisation, 403),
        (make_person("Eve", "administrator", elsewhere), ward.organisation, 404),
        (make_person("Eva", "administrator", elsewhere), elsewhere, 404),
    ):
        client.force_login(person)
        assert client.post(f"/{home.slug}/{there}").status_code == status
    with pytest.raises(NotAllowed):
        actions_people.withdraw_invitations(
            by=make_person("Max", "manager", ward.organisation), organisation=ward.organisation, email=NEW
        )
    assert Invitation.objects.count() == 1
