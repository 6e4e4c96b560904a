"""The pages of people: who sees whom, and what an administrator may do about roles and accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places import actions_people
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Place, RoleHeld

PEOPLE = "/st-brides/people/"


@pytest.fixture
def group(db: None) -> Place:
    return make_group()


@pytest.fixture
def ward(group: Place) -> Place:
    return make_team(make_organisation(group=group), "Ward 7")


@pytest.fixture
def nora(ward: Place) -> Person:
    return make_person("Nora Hill", "staff", ward)


@pytest.fixture
def ada(ward: Place) -> Person:
    return make_person("Ada", "administrator", ward.organisation)


def as_person(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def page_of(person: Person) -> str:
    return f"{PEOPLE}{person.pk}/"


def test_who_sees_the_people(ward: Place, nora: Person, ada: Person, client: Client) -> None:
    group = ward.organisation.parent
    assert group
    neighbour = make_organisation("Moorside", group)
    visitors = {
        nora: 200,
        ada: 200,
        make_person("Gail", "administrator", group): 200,
        make_person("Gus", "executive", group): 404,
        make_person("Ned", "administrator", neighbour): 404,
        make_person("Pat", "partner-guest", ward): 404,
        make_person("Sue", "service-user-partner", ward): 404,
        make_person("Out"): 404,
    }
    for page in (PEOPLE, page_of(nora)):
        found = {person.name: as_person(client, person).get(page).status_code for person in visitors}
        assert found == {person.name: status for person, status in visitors.items()}, page


def test_only_administrators_see_addresses_and_buttons(nora: Person, ada: Person, client: Client) -> None:
    for page in (PEOPLE, page_of(nora)):
        seen = as_person(client, nora).get(page).text
        assert "Nora Hill" in seen
        for hidden in ("example.org", "import/", "roles/new/", "close-account"):
            assert hidden not in seen
        assert "nora.hill@example.org" in as_person(client, ada).get(page).text
    changes = (f"{page_of(ada)}roles/new/", f"{page_of(ada)}roles/{ada.roles.get().pk}/end/")
    assert [as_person(client, nora).get(page).status_code for page in changes] == [403, 403]
    assert client.post(f"{page_of(ada)}close-account/").status_code == 403


def test_people_are_found(ward: Place, nora: Person, ada: Person, client: Client) -> None:
    make_person("Bob", "manager", ward.organisation)
    gone = make_person("Gone", "staff", ward)
    RoleHeld.objects.filter(person=gone).update(starts="2020-01-01", ends="2020-02-01")
    shut = make_person("Shut", "staff", ward)
    actions_people.close_account(by=None, person=shut)

    def names(asked: str, by: Person = ada) -> set[str]:
        text = as_person(client, by).get(PEOPLE + asked).text
        return {
            name
            for name in ("Nora Hill", "Ada", "Bob", "Gone", "Shut")
            if f">{name}</a>" in text.replace("site-header__me", "")
        }

    header = {"Ada"}  # her own name stands in the header
    assert names("") == {"Nora Hill", "Ada", "Bob"}
    assert names("?q=hill+NORA") == {"Nora Hill"} | header
    assert names("?q=bob@example") == {"Bob"} | header
    assert names("?q=bob@example", nora) == {"Nora Hill"}
    assert names("?place=ward-7") == {"Nora Hill"} | header
    assert names("?role=manager") == {"Bob"} | header
    assert names("?everyone=yes") == {"Nora Hill", "Ada", "Bob", "Gone", "Shut"}
    assert "Gone" not in names("?everyone=yes", nora)
    for odd in ("?q=%00", "?place=nowhere&role=boss&page=zero", "?q=" + "x" * 5000):
        assert client.get(PEOPLE + odd).status_code == 200
    assert as_person(client, nora).get(page_of(shut)).status_code == 404
    assert as_person(client, ada).get(page_of(shut)).status_code == 200


def test_fifty_a_page_and_as_many_queries_at_any_size(nora: Person, ada: Person, ward: Place, client: Client) -> None:
    def asked() -> list[int]:
        counts = []
        for page in (PEOPLE, page_of(nora), f"{page_of(nora)}roles/new/"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page).status_code == 200
            counts.append(len(seen))
        return counts

    as_person(client, ada)
    few = asked()
    for number in range(120):
        make_person(f"P {number}", "staff", ward)
    print(f"queries: {few}")
    assert asked() == few
    assert max(few) <= 15
    assert client.get(PEOPLE).text.count("@example.org") == 50
    assert "Page 3 of 3" in client.get(PEOPLE + "?page=3").text


def test_a_role_is_given_for_some_days_and_ended(nora: Person, ada: Person, ward: Place, client: Client) -> None:
    as_person(client, ada)
    first, last = today() + timedelta(days=3), today() + timedelta(days=9)
    give, days = f"{page_of(nora)}roles/new/", {"starts": f"{first:%d/%m/%Y}", "ends": f"{last:%d/%m/%Y}"}
    sent = {"role": "manager", "place": str(ward.pk), "once": "01a2091c-61fe-71fd-a1b4-344eea969239"}
    assert client.post(give, {**sent, "starts": days["ends"], "ends": days["starts"]}).status_code == 422
    assert [client.post(give, {**sent, **days}).status_code for _ in range(2)] == [302, 302]
    held = nora.roles.get(role="manager")
    assert (held.starts, held.ends) == (first, last)
    assert "Roles to come" in client.get(page_of(nora)).text
    twice = client.post(give, {"role": "manager", "place": str(ward.pk), "starts": days["starts"]})
    assert "on some of these days already" in twice.text
    end = f"{page_of(nora)}roles/{held.pk}/end/"
    early = client.post(end, {"on": f"{first - timedelta(days=1):%d/%m/%Y}"})
    assert early.status_code == 422
    assert client.post(end, {"on": days["starts"]}).status_code == 302
    assert nora.roles.get(role="manager").ends == first
    end_role(by=None, held=nora.roles.select_related("place").get(role="staff"))
    assert "No role today" in client.get(page_of(nora)).text


def test_wrong_days_of_a_role_stand_at_their_fields(nora: Person, ada: Person, ward: Place, client: Client) -> None:
    """And nobody holds a role at a place before there was the place."""
    give, sent = f"{page_of(nora)}roles/new/", {"role": "manager", "place": str(ward.pk)}
    early, first = (f"{ward.opened_on - timedelta(days=each):%d/%m/%Y}" for each in (1, 0))
    page = as_person(client, ada).post(give, {**sent, "starts": early})
    assert page.status_code == 422
    assert 'id="starts-error"' in page.text
    assert "Ward 7 opened on" in page.text
    assert 'id="ends-error"' in client.post(give, {**sent, "ends": early}).text
    assert client.post(give, {**sent, "starts": first}).status_code == 302


def test_a_role_of_before_is_shown(nora: Person, client: Client) -> None:
    RoleHeld.objects.filter(person=nora).update(starts="2020-01-01")
    nora.roles.create(place=nora.roles.get().place, role="improver", starts="2019-01-01", ends="2019-12-31")
    page = as_person(client, nora).get(page_of(nora)).text
    assert "Roles before" in page
    assert "1 January 2019 to 31 December 2019" in page


def test_roles_elsewhere_are_not_told(nora: Person, ada: Person, client: Client) -> None:
    other = make_organisation("Elsewhere")
    give_role(by=None, person=nora, role="manager", place=other)
    page = as_person(client, ada).get(page_of(nora)).text
    assert "Elsewhere" not in page
    assert "work for another organisation too" in page
    held = nora.roles.get(place=other)
    assert client.get(f"{page_of(nora)}roles/{held.pk}/end/").status_code == 404
    assert client.get(f"/elsewhere/people/{nora.pk}/").status_code == 404


def test_an_account_is_closed_where_all_of_it_is_within_reach(nora: Person, ada: Person, client: Client) -> None:
    theirs, page = Client(), as_person(client, ada)
    theirs.force_login(nora)
    assert "Signed in on 1 device" in page.get(page_of(nora)).text
    assert page.post(f"{page_of(nora)}end-sessions/").status_code == 302
    assert theirs.get("/me/").status_code == 302
    theirs.force_login(nora)
    assert page.post(f"{page_of(nora)}close-account/").status_code == 302
    assert theirs.get("/me/").status_code == 302
    assert page.post(f"{page_of(nora)}reopen-account/").status_code == 302
    assert Person.objects.get(pk=nora.pk).is_active


def test_who_looks_after_a_whole_account(nora: Person, ada: Person, ward: Place) -> None:
    """Not oneself; not who works elsewhere too, today or later; not who never worked here. Who once did: yes."""

    def may(person: Person) -> bool:
        try:
            actions_people.close_account(by=Person.objects.get(pk=ada.pk), person=person)
        except NotAllowed:
            return False
        return True

    other = make_organisation("Elsewhere")

    def works(name: str, **days: Any) -> Person:
        person = make_person(name, "staff", ward)
        give_role(by=None, person=person, role="staff", place=other, **days)
        return person

    assert not may(ada)
    assert not may(works("Now"))
    assert not may(works("Later", starts=today() + timedelta(days=5)))
    assert not may(make_person("Stranger", "staff", other))
    assert not may(make_person("Nobody"))
    once = works("Once")
    once.roles.filter(place=other).update(starts="2019-01-01", ends="2019-12-31")
    assert may(once)
    assert may(nora)
    stays = works("Stays")
    for act in (actions_people.reopen_account, actions_people.end_sessions):
        with pytest.raises(NotAllowed):
            act(by=Person.objects.get(pk=ada.pk), person=stays)


def test_an_administrator_keeps_their_own_role(ada: Person, client: Client) -> None:
    held = ada.roles.get()
    answer = as_person(client, ada).post(f"{page_of(ada)}roles/{held.pk}/end/", {"on": ""})
    assert answer.status_code == 422
    assert "Ask another administrator" in answer.text
    assert "/end/" not in client.get(page_of(ada)).text
    assert ada.roles.exists()


def test_a_guest_reads_the_page_of_the_place_they_were_asked_to(ward: Place, nora: Person, client: Client) -> None:
    eight = make_team(ward.organisation, "Ward 8")
    page = as_person(client, make_person("Pat", "partner-guest", ward)).get("/st-brides/places/ward-7/")
    assert page.status_code == 200
    assert "Nora" not in page.text
    assert 'href="/st-brides/places/st-brides/"' not in page.text
    assert 'href="/st-brides/places/ward-7/"' in client.get("/").text
    assert 'href="/st-brides/measures/"' not in client.get("/").text
    assert [client.get(each).status_code for each in (eight.home, ward.organisation.home)] == [404, 404]
