"""The screens of accounts, each come to by signing in as people do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.makers import make_organisation, make_person
from tests.sign_in_walk import PASSWORD, code_of
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.sealing import unseal
from trustwide.rooms.places import invitations
from trustwide.rooms.places.queries import organisation_at

Way = Callable[[Any, Any], None]
NAME = "Ada Administrator"


def somebody() -> Person:
    """An administrator, made once in a world."""
    found = Person.objects.filter(name=NAME).first()
    return found or make_person(NAME, "administrator", make_organisation("Screen Trust"), password=PASSWORD)


def sign_in(page: Any, password: str = PASSWORD) -> None:
    person = somebody()
    page.goto("/sign-in/")
    page.fill("#login", person.email)
    page.fill("#password", password)
    with page.expect_navigation():
        page.click("main form >> text=Sign in")


def signed_in_at(address: str) -> Way:
    def way(page: Any, world: Any) -> None:
        sign_in(page)
        page.goto(address)

    return way


def after_showing_again(address: str) -> Way:
    def way(page: Any, world: Any) -> None:
        sign_in(page)
        page.goto(address)
        page.fill("#password", PASSWORD)
        page.click("text=Go on")

    return way


def wrong_password(page: Any, world: Any) -> None:
    sign_in(page, "not the password")


def one_more_step(page: Any, world: Any) -> None:
    """Once the app is there, a password leads to its code."""
    from allauth.mfa.models import Authenticator

    after_showing_again("/me/app/add/")(page, world)
    page.fill("#code", code_of(page.locator(".key").inner_text()))
    page.click("text=Add the app")
    assert unseal(Authenticator.objects.get(type="totp").data["secret"])
    page.goto("/me/")
    page.click("text=Sign out")
    sign_in(page)


def remove_the_steps(page: Any, world: Any) -> None:
    """The page of recovery codes, after which the next screen finds an account with a password alone."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    after_showing_again("/me/app/add/")(page, world)
    page.fill("#code", code_of(page.locator(".key").inner_text(), 2))
    page.click("text=Add the app")
    Authenticator.objects.filter(type="totp").delete()


def invited(page: Any, world: Any) -> None:
    signed_in_at("/screen-trust/people/invite/")(page, world)
    page.fill("#email", "nia@example.org")
    page.select_option("#role", "staff")
    page.select_option("#place", index=1)
    page.click("text=Invite them")


def invite_nobody(page: Any, world: Any) -> None:
    signed_in_at("/screen-trust/people/invite/")(page, world)
    page.click("text=Invite them")


def invited_as(email: str) -> Way:
    def way(page: Any, world: Any) -> None:
        administrator, trust = somebody(), organisation_at("screen-trust")
        asked = invitations.invite(by=administrator, email=email, role="staff", place=trust, address="/welcome/token/")
        page.goto(asked.link)

    return way


SIGN_IN_SCREENS: dict[str, Way] = {
    "sign in": lambda page, world: page.goto("/sign-in/?next=/me/&said=ended"),
    "sign in, wrong password": wrong_password,
    "forgotten password": lambda page, world: page.goto("/forgotten-password/"),
    "look in your e-mail": lambda page, world: page.goto("/forgotten-password/sent/"),
    "new password saved": lambda page, world: page.goto("/forgotten-password/done/"),
    "old link": lambda page, world: page.goto("/forgotten-password/ab-cd-ef/"),
    "roles": signed_in_at("/roles/"),
    "me": signed_in_at("/me/"),
    "my name": signed_in_at("/me/name/"),
    "change password": signed_in_at("/me/password/"),
    "show again": signed_in_at("/me/app/add/"),
    "add an app": after_showing_again("/me/app/add/"),
    "add a passkey": after_showing_again("/me/passkeys/add/"),
    "one more step": one_more_step,
    "recovery codes": remove_the_steps,
    "invite": signed_in_at("/screen-trust/people/invite/"),
    "invite nobody": invite_nobody,
    "invited": invited,
    "welcome": invited_as("nia@example.org"),
    "welcome back": invited_as("ada.administrator@example.org"),
    "old invitation": lambda page, world: page.goto("/welcome/used/"),
}
