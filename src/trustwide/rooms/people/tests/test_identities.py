"""Signing in through the trust's own identity provider: a real one, run by the test on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tests.identity.running import CLIENT, SECRET, come_in_as, provider
from tests.makers import make_invitation, make_organisation, make_person, make_team
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.identity_actions import change_address, save_identity_provider
from trustwide.rooms.people.models import AuditRow, IdentityProvider, Person

PASSWORD = "three quiet porters walk"  # noqa: S105 (made up)
BACK = "http://testserver/sign-in/with/st-brides/back/"
PEOPLE: dict[str, dict[str, object]] = {
    "nia": {"name": "Nia Nurse", "email": "Nia@st-brides.example", "email_verified": True},
    "unchecked": {"name": "Una", "email": "una@st-brides.example", "email_verified": False},
    "unsaid": {"name": "Ulla", "email": "ulla@st-brides.example"},
    "texty": {"name": "Tex", "email": "tex@st-brides.example", "email_verified": "true"},
    "stranger": {"name": "Sly", "email": "alice@example.org", "email_verified": True},
    "below": {"name": "Bo", "email": "bo@ward.st-brides.example", "email_verified": True},
    "tail": {"name": "Ty", "email": "ty@not-st-brides.example", "email_verified": True},
    "nobody": {"name": "Ned"},
    "second": {"name": "Nia Newcomer", "email": "nia@st-brides.example", "email_verified": True},
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with provider(PEOPLE, BACK) as address:
        yield address


def add_provider(server: str, **more: Any) -> IdentityProvider:
    values = {"slug": "st-brides", "domains": ["st-brides.example"], "name": "St Bride’s", **more}
    values = {"organisation": uuid4(), **values}
    return save_identity_provider(server_url=server, client_id=CLIENT, secret=SECRET, **values)


def sign_in(who: str, client: Client | None = None, asked: str = "?next=/me/") -> tuple[Client, str]:
    """Where somebody ends up who signs in with the trust."""
    client = client or Client()
    way = client.get(f"/sign-in/with/st-brides/{asked}")["Location"]
    return client, client.get(come_in_as(who, way))["Location"]


def test_a_person_of_the_trust_comes_in_and_is_the_same_person_next_time(db: None, server: str) -> None:
    add_provider(server)
    client, where = sign_in("nia")
    assert where == "/me/"
    assert b"Nia Nurse" in client.get("/me/").content
    assert sign_in("nia")[1] == "/me/"
    nia = Person.objects.get()
    assert (nia.email, nia.has_usable_password()) == ("nia@st-brides.example", False)
    assert AuditRow.objects.filter(by=nia, verb="linked-identity").count() == 1
    assert SocialAccount.objects.get().extra_data == {}  # what was told of them is not kept


def test_somebody_with_an_account_is_known_by_the_address(db: None, server: str) -> None:
    trust = make_organisation()
    add_provider(server, organisation=trust.pk)
    nia = known_nia("staff", trust)
    assert sign_in("nia")[1] == "/me/"
    assert list(Person.objects.all()) == [nia]


def known_nia(role: str | None = None, place: Any = None, **days: Any) -> Person:
    """Somebody who had an account with a password before their trust had a sign-in."""
    nia = Person.objects.create_user("nia@st-brides.example", "Nia N", PASSWORD)
    if role:
        give(nia, role, place, **days)
    return nia


def test_an_old_password_or_passkey_opens_nothing_after_the_first_time_through_the_trust(db: None, server: str) -> None:
    """Else a leaver whom the trust shut out would still come in with what they chose years ago."""
    trust = make_organisation()
    add_provider(server, organisation=trust.pk)
    nia, other_browser = known_nia("staff", trust), Client()
    typed = {"login": nia.email, "password": PASSWORD}
    assert other_browser.post("/sign-in/", typed)["Location"] == "/"
    for kind in ("webauthn", "recovery_codes"):
        Authenticator.objects.create(user=nia, type=kind, data={})
    client, where = sign_in("nia")
    assert where == "/me/"
    assert client.get("/me/").status_code == 200
    assert other_browser.get("/me/").status_code == 302, "who came in by the old password is out"
    assert "do not go together" in Client().post("/sign-in/", typed).text
    assert not Authenticator.objects.exists()
    told = AuditRow.objects.filter(by=nia).values_list("verb", "fields")
    assert ("changed", ["password"]) in told
    assert [fields for verb, fields in told if verb == "removed-step"] == [["webauthn"], ["recovery_codes"]]


def test_who_was_linked_with_a_password_still_set_loses_it_the_next_time(db: None, server: str) -> None:
    add_provider(server)
    sign_in("nia")
    nia = Person.objects.get()
    nia.set_password(PASSWORD)
    nia.save()
    assert sign_in("nia")[1] == "/me/"
    assert not Person.objects.get().has_usable_password()


def test_a_second_step_stays_and_is_asked_for(db: None, server: str) -> None:
    trust = make_organisation()
    add_provider(server, organisation=trust.pk)
    TOTP.activate(known_nia("staff", trust), "A" * 32)
    client, where = sign_in("nia")
    assert where.startswith("/sign-in/code/")
    assert client.get("/me/").status_code == 302


def give(person: Any, role: str, place: Any, **days: Any) -> None:
    person.roles.create(role=role, place=place, **{"starts": today(), **days})


def test_whoever_gets_the_address_of_somebody_who_left_is_not_taken_for_them(db: None, server: str) -> None:
    trust, beta = make_organisation(), make_organisation("Beta")
    add_provider(server, organisation=trust.pk)
    sign_in("nia")
    first = Person.objects.get()
    give(first, "administrator", beta)
    for _time in range(2):
        client, where = sign_in("second")
        assert "we cannot tell that it is yours" in client.get(where).text
        assert client.get("/me/").status_code == 302
    assert SocialAccount.objects.get().uid == "nia"
    assert sign_in("nia")[1] == "/me/", "the first still comes in"
    change_address(before="nia@st-brides.example", email="nia@beta.example")
    client, where = sign_in("second")
    assert (where, "Nia Newcomer" in client.get("/me/").text) == ("/me/", True)
    assert not Person.objects.get(email="nia@st-brides.example").roles.exists()


def test_an_administrator_says_that_it_is_the_same_person_whom_the_trust_knows_anew(db: None, server: str) -> None:
    trust = make_organisation()
    add_provider(server, organisation=trust.pk)
    theirs, _where = sign_in("nia")
    nia = Person.objects.get()
    give(nia, "staff", trust)
    page, desk = f"/st-brides/people/{nia.pk}/", Client()
    desk.force_login(make_person("Ada", "administrator", trust))
    assert "Link their sign-in anew" in desk.get(page).text
    assert desk.post(f"{page}link-anew/").status_code == 302
    assert theirs.get("/me/").status_code == 302, "nobody stays in by the link that is gone"
    assert "Link their sign-in anew" not in desk.get(page).text
    client, where = sign_in("second")
    assert where == "/me/"
    assert "Nia Nurse" in client.get("/me/").text
    theirs.force_login(nia)
    assert theirs.post(f"{page}link-anew/").status_code == 403, "nobody does so for themselves"


LAST_YEAR, NEXT_YEAR = (today() + timedelta(days=days) for days in (-365, 365))


@pytest.mark.parametrize(
    ("where", "days", "invited", "comes_in"),
    [
        ("here", {}, False, True),
        ("here", {"starts": NEXT_YEAR}, False, True),
        ("below", {}, False, True),
        ("elsewhere", {}, False, False),
        ("elsewhere", {}, True, False),
        ("here", {"starts": LAST_YEAR, "ends": LAST_YEAR}, False, False),
        ("here", {"starts": LAST_YEAR, "ends": LAST_YEAR}, True, True),
        ("", {}, False, False),
        ("", {}, True, True),
    ],
)
def test_an_account_is_linked_where_its_own_organisation_vouches_for_the_person(
    db: None, server: str, where: str, days: dict[str, Any], invited: bool, comes_in: bool
) -> None:
    trust = make_organisation()
    places = {"here": trust, "below": make_team(trust), "elsewhere": make_organisation("Beta"), "": trust}
    add_provider(server, organisation=trust.pk)
    nia = known_nia("staff" if where else None, places[where], **days)
    if invited:
        make_invitation(make_person("Ada", "administrator", trust), trust, nia.email)
    assert sign_in("nia")[1] == ("/me/" if comes_in else "/sign-in/?said=another")
    assert SocialAccount.objects.exists() == comes_in


@pytest.mark.parametrize("who", ["unchecked", "unsaid", "texty", "stranger", "below", "tail", "nobody"])
def test_an_address_that_is_not_its_own_or_not_checked_opens_nothing(db: None, server: str, who: str) -> None:
    add_provider(server)
    alice = make_person("Alice")  # alice@example.org, of another organisation
    client, where = sign_in(who)
    assert where == "/sign-in/?said=unknown"
    assert "Ask your administrator" in client.get(where).content.decode()
    assert client.get("/me/").status_code == 302
    assert list(Person.objects.all()) == [alice]
    assert not SocialAccount.objects.exists()


def test_control_with_that_domain_the_stranger_would_come_in(db: None, server: str) -> None:
    trust = make_organisation()
    add_provider(server, organisation=trust.pk, domains=["st-brides.example", "example.org"])
    alice = make_person("Alice", "staff", trust)
    assert sign_in("stranger")[1] == "/me/"
    assert SocialAccount.objects.get().user == alice


def test_a_provider_that_says_nothing_of_checks_may_be_taken_at_its_word(db: None, server: str) -> None:
    add_provider(server, checks_all_addresses=True)
    assert sign_in("unsaid")[1] == "/me/"
    assert sign_in("unchecked")[1] == "/sign-in/?said=unknown"  # but not when it says that one is not


def test_a_disabled_person_stays_out(db: None, server: str) -> None:
    add_provider(server)
    sign_in("nia")
    Person.objects.update(is_active=False)
    assert sign_in("nia")[1] == "/sign-in/?said=closed"


def test_nobody_links_an_identity_to_an_account_that_is_not_its_own(db: None, server: str) -> None:
    add_provider(server)
    alice, client = make_person("Alice"), Client()
    client.force_login(alice)
    sign_in("nia", client, "?process=connect&next=/me/")
    assert SocialAccount.objects.get().user.email == "nia@st-brides.example"


def test_the_way_back_needs_the_state_of_this_browser(db: None, server: str) -> None:
    add_provider(server)
    way = Client().get("/sign-in/with/st-brides/")["Location"]
    stolen = come_in_as("nia", way)
    assert Client().get(stolen)["Location"] == "/sign-in/?said=away"
    assert not Person.objects.exists()


def test_next_leads_nowhere_else(db: None, server: str) -> None:
    add_provider(server)
    assert sign_in("nia", asked="?next=https://elsewhere.example/")[1] == "/"


def test_a_provider_that_is_away_says_so(db: None, client: Client) -> None:
    add_provider("http://127.0.0.1:9")
    assert client.get("/sign-in/with/st-brides/")["Location"] == "/sign-in/?said=away"


def test_the_secret_is_sealed_and_the_page_offers_the_trust(db: None, client: Client) -> None:
    made = add_provider("http://127.0.0.1:9")
    assert SECRET not in str(IdentityProvider.objects.values().get(pk=made.pk))
    assert "Sign in with St Bride’s" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"server_url": "http://sign-in.example.org"},
        {"server_url": "ftp://127.0.0.1/"},
        {"domains": []},
        {"domains": ["localhost"]},
        {"domains": ["*.example.org"]},
        {"slug": "another", "domains": ["ST-BRIDES.example"]},
    ],
)
def test_a_provider_that_claims_too_much_is_refused(db: None, wrong: dict[str, Any]) -> None:
    add_provider("http://127.0.0.1:9")
    with pytest.raises(ValidationError):
        add_provider(**{"server": wrong.pop("server_url", "http://127.0.0.1:9"), **wrong})


def test_another_server_does_not_inherit_the_people_of_the_one_before(db: None, server: str) -> None:
    add_provider(server)
    sign_in("nia")
    add_provider("http://127.0.0.1:9")
    assert not SocialAccount.objects.exists()


def test_who_comes_through_the_trust_gets_no_way_round_it(db: None, server: str) -> None:
    """Else a leaver whom the trust shut out would still have a password or a passkey here."""
    add_provider(server)
    client, _where = sign_in("nia")
    for path in ("/me/password/first/", "/me/passkeys/add/"):
        assert [client.get(path)["Location"], client.post(path)["Location"]] == ["/me/?said=organisation"] * 2
    client.post("/forgotten-password/", {"email": "nia@st-brides.example"})
    assert "Sign in with St Bride’s" in mail.outbox[0].body
    assert "http" not in mail.outbox[0].body


def test_an_invited_person_of_the_trust_comes_in_through_it(db: None, server: str) -> None:
    add_provider(server)
    ward = make_organisation()
    link = make_invitation(make_person("Ada", "administrator", ward), ward, "nia@st-brides.example")
    typed = {"name": "Nia", "password": PASSWORD}
    assert Client().post(link, typed).status_code == 403
    assert not Person.objects.filter(email__istartswith="nia").exists()
    assert b"/sign-in/with/st-brides/?next=/welcome/" in Client().get(link).content
    client, where = sign_in("nia", asked=f"?next={link}")
    assert where == link
    assert client.post(where).status_code == 302
    assert Person.objects.get(email__istartswith="nia").roles.get().place == ward
