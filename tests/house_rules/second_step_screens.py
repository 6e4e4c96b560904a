"""The screens of those who have second steps: an app, recovery codes and a passkey, or no password yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client

from tests.makers import make_person
from tests.sign_in_walk import PASSWORD, add_app, add_passkey, session_of
from trustwide.rooms.people.models import Person

Way = Callable[[Any, Any], None]


def has_steps(name: str) -> tuple[Person, Client]:
    """Somebody with an app and a passkey, and the browser in which they added them."""
    person, client = make_person(name, password=PASSWORD), Client()
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    client.post("/me/again/", {"password": PASSWORD, "next": "/me/"})
    add_app(client)
    add_passkey(client)
    return person, client


def after_adding_steps(address: str) -> Way:
    """A page of theirs; `{passkey}` in its address is the number of their passkey."""

    def way(page: Any, world: Any) -> None:
        person, client = has_steps(f"Steps {address}")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.site}])
        page.goto(address.format(passkey=person.authenticator_set.get(type="webauthn").pk))

    return way


def no_password_yet(page: Any, world: Any) -> None:
    page.context.add_cookies([session_of(make_person("Nora Newcomer"), page.site)])
    page.goto("/me/password/first/")


SECOND_STEP_SCREENS: dict[str, Way] = {
    "show again by code": after_adding_steps("/me/again/code/"),
    "show again by passkey": after_adding_steps("/me/again/passkey/"),
    "new recovery codes": after_adding_steps("/me/recovery-codes/new/"),
    "remove the app": after_adding_steps("/me/app/remove/"),
    "remove a passkey": after_adding_steps("/me/passkeys/{passkey}/remove/"),
    "first password": no_password_yet,
}
