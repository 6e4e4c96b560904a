"""Signing in through a trust's own provider by SAML: a real one, run by the test on this machine."""

from __future__ import annotations

import base64
import html
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.identity.running import make_key, saml_provider
from tests.makers import make_organisation, make_person
from trustwide.house.identity import main
from trustwide.rooms.people.models import AuditRow, IdentityProvider, Person
from trustwide.rooms.people.saml import EMAIL, NAME, NAME_PARTS
from trustwide.rooms.places.models import Place

BACK = "http://testserver/sign-in/with/st-brides/posted/"
GIVEN, SURNAME = (names[0] for names in NAME_PARTS)
PEOPLE = {
    "nia": {EMAIL[0]: "Nia@st-brides.example", NAME[0]: "Nia Nurse"},
    "una": {EMAIL[1]: "una@st-brides.example", GIVEN: "Una", SURNAME: "Ward"},
    "stranger": {EMAIL[0]: "alice@example.org"},
    "below": {EMAIL[0]: "bo@ward.st-brides.example"},
    "nobody": {NAME[0]: "Ned"},
}
CONTROL = {"st-brides.example", "example.org"}


def browser(**more: Any) -> Client:
    """One that names its host, as browsers do."""
    return Client(headers={"host": "testserver"}, **more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saml")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with saml_provider(PEOPLE, BACK, *make_key(folder, "trust")) as address:
        yield address


@pytest.fixture
def trust(db: None, server: str, folder: Path) -> IdentityProvider:
    """Set up by the command, from the description that the provider gives of itself."""
    make_organisation()
    return save(server, folder)


def save(server: str, folder: Path, *domains: str, checks: bool = True) -> IdentityProvider:
    (folder / "trust.xml").write_bytes(requests.get(f"{server}metadata", timeout=10).content)
    file = folder / "sign-ins.toml"
    file.write_text(
        '[[provider]]\norganisation = "st-brides"\nslug = "st-brides"\nname = "St Bride’s"\nmetadata = "trust.xml"\n'
        f"domains = {json.dumps(domains or ['st-brides.example'])}\nchecks_all_addresses = {str(checks).lower()}\n"
    )
    assert main([str(file)]) == 0
    return IdentityProvider.objects.get()


def answer_for(who: str, way: str, **more: object) -> str:
    """What the provider would have the browser post, once it knows who is there."""
    page = requests.get(f"{way}&who={who}&more={quote(json.dumps(more))}", timeout=10)
    assert page.status_code == 200, page.text
    found = re.search(r'name="SAMLResponse"\s+value="([^"]+)"', page.text)
    assert found, page.text
    return html.unescape(found[1])


def sign_in(who: str, client: Client | None = None, asked: str = "?next=/me/", **more: object) -> tuple[Client, str]:
    """Where somebody ends up who signs in with the trust; the answer is posted with no cookie but its own."""
    client = client or browser()
    way = client.get(f"/sign-in/with/st-brides/{asked}")["Location"]
    return client, come_back(client, answer_for(who, way, **more))


def come_back(client: Client, answer: str) -> str:
    """As a browser does: it posts from another site with no cookie, and follows with its own."""
    other_site = browser(enforce_csrf_checks=True)
    posted = other_site.post("/sign-in/with/st-brides/posted/", {"SAMLResponse": answer, "RelayState": ""})
    if "/in/" not in posted["Location"]:
        return posted["Location"]
    assert posted.cookies["saml-acs-session"]["httponly"]
    client.cookies["saml-acs-session"] = posted.cookies["saml-acs-session"].value
    return client.get(posted["Location"])["Location"]


def test_a_person_of_the_trust_comes_in_and_is_the_same_person_next_time(trust: IdentityProvider) -> None:
    client, where = sign_in("nia")
    assert where == "/me/"
    assert b"Nia Nurse" in client.get("/me/").content
    assert sign_in("nia")[1] == "/me/"
    nia = Person.objects.get()
    assert (nia.email, nia.has_usable_password()) == ("nia@st-brides.example", False)
    assert AuditRow.objects.filter(by=nia, verb="linked-identity").count() == 1
    assert SocialAccount.objects.get().extra_data == {}  # what was told of them is not kept


def test_other_names_of_the_same_attributes_are_known(trust: IdentityProvider) -> None:
    assert sign_in("una")[1] == "/me/"
    assert Person.objects.get().name == "Una Ward"


@pytest.mark.parametrize("who", ["stranger", "below", "nobody"])
def test_an_address_that_is_not_its_own_opens_nothing(trust: IdentityProvider, who: str) -> None:
    alice = make_person("Alice")
    client, where = sign_in(who)
    assert where == "/sign-in/?said=unknown"
    assert client.get("/me/").status_code == 302
    assert list(Person.objects.all()) == [alice]


def test_control_with_that_domain_the_stranger_would_come_in(
    trust: IdentityProvider, server: str, folder: Path
) -> None:
    save(server, folder, *CONTROL)
    alice = make_person("Alice", "staff", Place.objects.get())
    assert sign_in("stranger")[1] == "/me/"
    assert SocialAccount.objects.get().user == alice


def test_unless_its_owner_says_that_addresses_are_checked_nobody_comes_in(
    trust: IdentityProvider, server: str, folder: Path
) -> None:
    save(server, folder, checks=False)
    assert sign_in("nia")[1] == "/sign-in/?said=unknown"


def test_an_answer_that_is_not_signed_opens_nothing(trust: IdentityProvider) -> None:
    assert sign_in("nia", signAssertion=False)[1] == "/sign-in/?said=away"
    assert sign_in("nia", signAssertion=False, signResponse=True)[1] == "/sign-in/?said=away"
    assert sign_in("nia", signatureAlgorithm="rsa-sha1", digestAlgorithm="sha1")[1] == "/sign-in/?said=away"
    assert not Person.objects.exists()


def test_an_answer_that_was_changed_or_is_for_somebody_else_opens_nothing(trust: IdentityProvider) -> None:
    client = browser()
    way = client.get("/sign-in/with/st-brides/")["Location"]
    whole = base64.b64decode(answer_for("nia", way))
    changed = base64.b64encode(whole.replace(b"Nia@", b"una@")).decode()
    assert come_back(client, changed) == "/sign-in/?said=away"
    assert sign_in("nia", audience="https://elsewhere.example/")[1] == "/sign-in/?said=away"
    assert sign_in("nia", recipient="https://elsewhere.example/")[1] == "/sign-in/?said=away"
    assert sign_in("nia", lifetimeInSeconds=-600)[1] == "/sign-in/?said=away"
    assert come_back(browser(), "not base64 at all") == "/sign-in/?said=away"
    assert not Person.objects.exists()


def test_an_answer_of_another_key_opens_nothing(trust: IdentityProvider, server: str, folder: Path) -> None:
    with saml_provider(PEOPLE, BACK, *make_key(folder, "other")) as other:
        client = browser()
        way = client.get("/sign-in/with/st-brides/")["Location"].replace(server, other)
        assert come_back(client, answer_for("nia", way, issuer=server)) == "/sign-in/?said=away"
    assert not Person.objects.exists()


def test_the_way_back_works_once_and_in_this_browser_alone(trust: IdentityProvider) -> None:
    client = browser()
    answer = answer_for("nia", client.get("/sign-in/with/st-brides/?next=/me/")["Location"])
    assert come_back(browser(), answer) == "/sign-in/?said=away"  # another's browser asked nothing
    assert come_back(client, answer) == "/me/"
    client.post("/sign-out/")
    assert come_back(client, answer) == "/sign-in/?said=away"  # sent again


def test_a_disabled_person_stays_out(trust: IdentityProvider) -> None:
    sign_in("nia")
    Person.objects.update(is_active=False)
    assert sign_in("nia")[1] == "/sign-in/?said=closed"


def test_next_leads_nowhere_else(trust: IdentityProvider) -> None:
    assert sign_in("nia", asked="?next=https://elsewhere.example/")[1] == "/"


def test_an_answer_larger_than_answers_are_is_not_kept(trust: IdentityProvider) -> None:
    assert come_back(browser(), "A" * 300_000) == "/sign-in/?said=away"


def test_what_to_register_with_the_trust_is_told(trust: IdentityProvider) -> None:
    told = browser().get("/sign-in/with/st-brides/metadata/")
    assert told["Content-Type"] == "text/xml"
    assert f'Location="{BACK}"' in told.content.decode()
    assert "Logout" not in told.content.decode(), "signing out there is not set up"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_message_that_nobody_signed_neither_signs_out_nor_leads_elsewhere(
    trust: IdentityProvider, method: str
) -> None:
    plain = (
        '<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0" '
        'IssueInstant="2026-01-14T00:00:00Z"><a:NameID xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">x</a:NameID>'
        "</p:LogoutRequest>"
    )
    packed = zlib.compressobj(wbits=-15)
    asked = base64.b64encode(packed.compress(plain.encode()) + packed.flush()).decode()
    client, _where = sign_in("nia")
    for more in ({"RelayState": "https://elsewhere.example/"}, {}):
        answer = getattr(client, method)("/sign-in/with/st-brides/out/", {"SAMLRequest": asked, **more})
        assert answer.status_code == 404
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize("content", [b"", b"<a/>", b"not xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_file_that_describes_no_provider_is_refused(
    trust: IdentityProvider, folder: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "trust.xml").write_bytes(content)
    assert main([str(folder / "sign-ins.toml")]) == 1
    assert "trust.xml does not describe a SAML identity provider" in capsys.readouterr().err
