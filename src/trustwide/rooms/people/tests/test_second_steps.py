"""Authenticator apps, passkeys and recovery codes; and secrets that the database alone does not give away."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client

from tests.makers import make_person
from tests.passkeys import SoftPasskey
from tests.sign_in_walk import add_app, add_passkey, code_of
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.people.sealing import seal, unseal
from trustwide.rooms.people.tests.test_sign_in import PASSWORD, sign_in

READS = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": %s}'
HOSTILE = [
    "", "null", "{}", "[]", '"x"', '{"id": 1}', "\0", "{" * 2000, READS % "{}", READS % "1",
    READS % '{"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "", "userHandle": "AA"}',
    READS % '{"clientDataJSON": "e30", "attestationObject": "AA"}',
]  # fmt: skip


@pytest.fixture
def alice(db: None) -> Person:
    return make_person("Alice", password=PASSWORD)


@pytest.fixture
def at_work(client: Client, alice: Person) -> Client:
    """Alice, who has just shown again that it is her."""
    sign_in(client, alice)
    client.post("/me/again/", {"password": PASSWORD, "next": "/me/"})
    return client


def passkey_options(client: Client) -> Any:
    return client.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()["request_options"]


def sign_in_by(client: Client, passkey: SoftPasskey) -> str:
    answer = client.post("/sign-in/passkey/", {"credential": passkey.use(passkey_options(client))})
    return str(answer["Location"])


def test_with_an_app_the_password_alone_is_not_enough(at_work: Client, alice: Person) -> None:
    secret = add_app(at_work)
    there = Client()
    assert sign_in(there, alice)["Location"].startswith("/sign-in/code/")
    assert there.get("/me/").status_code == 302
    assert "That did not work" in there.post("/sign-in/code/", {"code": "000000"}).content.decode()
    assert there.post("/sign-in/code/", {"code": code_of(secret)}).status_code == 302
    assert there.get("/me/").status_code == 200


def test_a_code_works_once(at_work: Client, alice: Person) -> None:
    code = code_of(add_app(at_work))
    for status in (302, 200):
        there = Client()
        sign_in(there, alice)
        assert there.post("/sign-in/code/", {"code": code}).status_code == status


def test_codes_cannot_be_guessed_at_leisure(at_work: Client, alice: Person) -> None:
    secret = add_app(at_work)
    there = Client()
    sign_in(there, alice)
    for _ in range(5):
        there.post("/sign-in/code/", {"code": "000000"})
    assert "Wait five minutes" in there.post("/sign-in/code/", {"code": code_of(secret)}).content.decode()


def test_a_recovery_code_lets_in_once(at_work: Client, alice: Person) -> None:
    add_app(at_work)
    code = at_work.get("/me/recovery-codes/").context_data["unused_codes"][0]
    for status in (302, 200):
        there = Client()
        sign_in(there, alice)
        assert there.post("/sign-in/code/", {"code": code}).status_code == status


def test_a_passkey_signs_in_by_itself(at_work: Client, alice: Person) -> None:
    passkey = add_passkey(at_work)
    there = Client()
    assert sign_in_by(there, passkey) == "/"
    assert b"Alice" in there.get("/me/").content
    assert AuditRow.objects.filter(by=alice, verb="added-step", fields=["webauthn"]).count() == 1


@pytest.mark.parametrize("spoil", ["another key", "an old challenge", "removed"])
def test_a_passkey_that_is_not_right_is_refused(at_work: Client, alice: Person, spoil: str) -> None:
    passkey, there = add_passkey(at_work), Client()
    answer = passkey.use(passkey_options(there))
    if spoil == "another key":
        stranger = SoftPasskey()
        stranger.id, stranger.owner = passkey.id, passkey.owner
        answer = stranger.use(passkey_options(there))
    elif spoil == "an old challenge":
        passkey_options(there)
    else:
        Authenticator.objects.all().delete()
    assert there.post("/sign-in/passkey/", {"credential": answer})["Location"] == "/sign-in/?said=passkey"
    assert there.get("/me/").status_code == 302


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_hostile_answer_is_a_refusal_and_no_error(db: None, client: Client, sent: str) -> None:
    passkey_options(client)
    assert client.post("/sign-in/passkey/", {"credential": sent})["Location"] == "/sign-in/?said=passkey"


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_hostile_answer_on_the_other_pages_is_no_error(at_work: Client, alice: Person, sent: str) -> None:
    add_passkey(at_work)
    there = Client()
    sign_in(there, alice)
    pages = [(at_work, "/me/passkeys/add/"), (at_work, "/me/again/passkey/"), (there, "/sign-in/code/")]
    for client, page in pages:
        client.get(page)
        assert client.post(page, {"credential": sent, "name": "x"}).status_code == 200


def test_secrets_are_sealed_at_rest(at_work: Client, alice: Person) -> None:
    secret = add_app(at_work)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert unseal(stored) == secret
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert len(unseal(seed)) == 80 != len(seed)


def test_only_this_installation_reads_what_it_sealed(settings: Any) -> None:
    sealed, before = seal("a secret"), settings.SECRET_KEY
    settings.SECRET_KEY = "x" * 50
    with pytest.raises(InvalidToken):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert unseal(sealed) == "a secret"


def test_adding_and_removing_are_kept_in_the_audit(at_work: Client, alice: Person) -> None:
    add_app(at_work)
    at_work.post("/me/app/remove/")
    verbs = AuditRow.objects.filter(by=alice).values_list("verb", "fields")
    assert ("added-step", ["totp"]) in verbs
    assert ("removed-step", ["totp"]) in verbs
    assert ("removed-step", ["recovery_codes"]) in verbs
