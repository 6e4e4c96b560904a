"""Signing in and out by password: errors that tell nothing, limits on attempts, and nowhere to go but here."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from tests.makers import make_person
from trustwide.rooms.people.models import AuditRow, Person, Visit

PASSWORD = "three quiet porters walk"  # noqa: S105 (made up)
MOST_FAILURES = 5
ELSEWHERE = [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere.example",
    "http:elsewhere.example", "javascript:alert(1)", "https://testserver@elsewhere.example/", "///elsewhere.example",
    "http://testserver/reports/", "http://localhost/reports/", " //elsewhere.example", "/\t/elsewhere.example",
]  # fmt: skip


@pytest.fixture
def alice(db: None) -> Person:
    return make_person("Alice", password=PASSWORD)


def sign_in(client: Client, person: Person, password: str = PASSWORD, **more: str) -> object:
    return client.post("/sign-in/", {"login": person.email, "password": password, **more})


def test_a_password_signs_in_and_the_page_that_was_asked_for_opens(client: Client, alice: Person) -> None:
    asked = client.get("/me/")
    assert asked["Location"] == "/sign-in/?next=%2Fme%2F"
    answer = sign_in(client, alice, next="/me/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert b"Alice" in client.get("/me/").content
    assert AuditRow.objects.filter(by=alice, verb="signed-in").count() == 1


def test_signing_in_gives_a_new_session_id(client: Client, alice: Person) -> None:
    client.get("/sign-in/")
    session = client.session
    session["mark"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, alice)
    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize("way_out", ELSEWHERE)
def test_next_leads_only_to_our_own_paths(client: Client, alice: Person, way_out: str) -> None:
    answer = sign_in(client, alice, next=way_out)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, alice: Person) -> None:
    wrong = sign_in(client, alice, "not this one at all").content.decode()
    unknown = client.post("/sign-in/", {"login": "nobody@example.org", "password": PASSWORD}).content.decode()
    assert "do not go together" in wrong
    assert "do not go together" in unknown
    assert 'value="alice@example.org"' in wrong  # what was typed is kept
    assert "not this one at all" not in wrong  # but never a password


def test_sign_out_is_by_post_alone(client: Client, alice: Person) -> None:
    sign_in(client, alice)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/me/").status_code == 302
    assert not Visit.objects.exists()


def test_after_five_failures_a_person_waits_and_others_do_not(client: Client, alice: Person) -> None:
    bob = make_person("Bob", password=PASSWORD)
    for _ in range(MOST_FAILURES):
        assert "do not go together" in sign_in(client, alice, "wrong").content.decode()
    # Another process, another browser: the count stands in the database.
    blocked = sign_in(Client(), alice).content.decode()
    assert "Wait five minutes" in blocked
    assert sign_in(Client(), bob).status_code == 302
    print(f"blocked at attempt {MOST_FAILURES + 1}; somebody else is not")


def test_the_wait_ends(client: Client, alice: Person, time_machine_at: object) -> None:
    for _ in range(MOST_FAILURES + 1):
        sign_in(client, alice, "wrong")
    time_machine_at.shift(299)
    assert "Wait five minutes" in sign_in(client, alice).content.decode()
    time_machine_at.shift(2)
    assert sign_in(client, alice).status_code == 302


def test_control_without_the_count_nobody_waits(client: Client, alice: Person, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(MOST_FAILURES + 1):
        sign_in(client, alice, "wrong")
    assert sign_in(client, alice).status_code == 302


def test_a_password_is_kept_as_an_argon2_hash(alice: Person) -> None:
    assert alice.password.startswith("argon2$argon2id$")


def test_a_closed_account_cannot_sign_in_and_says_so_only_to_who_knows_its_password(
    client: Client, alice: Person
) -> None:
    Person.objects.update(is_active=False)
    assert sign_in(client, alice)["Location"] == "/sign-in/?said=closed"
    assert "do not go together" in sign_in(client, alice, "wrong").content.decode()
    assert client.get("/me/").status_code == 302


def test_forgotten_password_tells_nobody_who_has_an_account(client: Client, alice: Person) -> None:
    answers = [client.post("/forgotten-password/", {"email": each}) for each in (alice.email, "nobody@example.org")]
    assert [each["Location"] for each in answers] == ["/forgotten-password/sent/"] * 2
    assert [letter.to for letter in mail.outbox] == [[alice.email], ["nobody@example.org"]]  # the same work for both
    assert "http" not in mail.outbox[1].body


def test_a_letters_link_sets_a_password_once_and_ends_all_sessions(client: Client, alice: Person) -> None:
    elsewhere = Client()
    sign_in(elsewhere, alice)
    client.post("/forgotten-password/", {"email": alice.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    new = "seven brave gardeners sing"
    assert client.post(address, {"password1": new, "password2": new})["Location"] == "/forgotten-password/done/"
    assert "does not work any more" in Client().get(link, follow=True).content.decode()
    assert elsewhere.get("/me/").status_code == 302
    assert sign_in(client, alice, new).status_code == 302


@pytest.mark.parametrize("weak", ["short", "password1234", "alice@example.org", "123456789012"])
def test_a_weak_password_is_refused(client: Client, alice: Person, weak: str) -> None:
    sign_in(client, alice)
    answer = client.post("/me/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert answer.status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_capitals_of_an_address_do_not_matter(client: Client, db: None) -> None:
    person = Person.objects.create_user("Sam.Smith@Example.org", "Sam", PASSWORD)
    answer = client.post("/sign-in/", {"login": "SAM.smith@example.ORG", "password": PASSWORD})
    assert answer.status_code == 302
    client.post("/forgotten-password/", {"email": "Sam.SMITH@example.org"})
    assert "http" in mail.outbox[0].body
    assert person.email == "sam.smith@example.org"
