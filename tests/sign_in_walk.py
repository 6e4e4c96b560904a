"""A walk through every page of sign-in, as one person meets them: each is asked for, and answers."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client

from tests.makers import make_organisation, make_person
from tests.passkeys import SoftPasskey
from trustwide.rooms.people.models import Person

PASSWORD = "three quiet porters walk"  # noqa: S105 (made up)


def code_of(secret: str, window: int = 1) -> str:
    """What an authenticator app shows: for the half minute before (0), this one (1) or the next (2)."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[window]))


def seen(client: Client, path: str, status: int = 200) -> None:
    found = client.get(path).status_code
    assert found == status, f"{path} answered {found}"


def walk_through_sign_in() -> None:
    person, client = make_person("Wendy Walker", password=PASSWORD), Client()
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    for path in ("/roles/", "/me/", "/me/name/", "/me/password/", "/me/again/"):
        seen(client, path)
    client.post("/me/again/", {"password": PASSWORD, "next": "/me/"})
    secret = add_app(client)
    for path in ("/me/recovery-codes/", "/me/recovery-codes/new/", "/me/app/remove/", "/me/again/code/"):
        seen(client, path)
    add_passkey(client)
    seen(client, f"/me/passkeys/{person.authenticator_set.get(type='webauthn').pk}/remove/")
    seen(client, "/me/again/passkey/")
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    seen(client, "/sign-in/code/")
    client.post("/sign-in/code/", {"code": code_of(secret, 2)})
    seen(client, "/me/")
    see_first_password()
    walk_through_an_invitation()


def add_app(client: Client) -> str:
    """An authenticator app, and its secret."""
    page = client.get("/me/app/add/")
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    assert client.post("/me/app/add/", {"code": code_of(secret)}).status_code == 302
    return str(secret)


def add_passkey(client: Client) -> SoftPasskey:
    passkey = SoftPasskey()
    options = client.get("/me/passkeys/add/").context_data["js_data"]["creation_options"]
    sent = {"name": "Phone", "passwordless": "on", "credential": passkey.add(options)}
    assert client.post("/me/passkeys/add/", sent).status_code == 302
    return passkey


def see_first_password() -> None:
    newcomer = Client()
    newcomer.force_login(make_person("Nora Newcomer"))
    seen(newcomer, "/me/password/first/")


def walk_through_an_invitation() -> None:
    """The pages of who invites, of who has an account already, and of who has none."""
    trust, client = make_organisation("Walkers' Trust"), Client()
    client.force_login(make_person("Ada Walker", "administrator", trust))
    invite = f"/{trust.slug}/people/invite/"
    seen(client, invite)
    for email in ("nobody.yet@example.org", "wendy.walker@example.org"):
        answer = client.post(invite, {"email": email, "role": "staff", "place": str(trust.pk)})
        seen(Client(), link_in(answer))
    seen(client, "/welcome/used/", 404)


def link_in(answer: Any) -> str:
    """The link of an invitation, as the page shows it."""
    found = re.search(r"http://testserver(/welcome/[^<]+/)", answer.content.decode())
    assert found
    return found[1]


def session_of(person: Person, site: str) -> Any:
    """The cookie of a browser in which somebody has signed in to a site."""
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(person)
    return {"name": name, "value": client.cookies[name].value, "url": site}
