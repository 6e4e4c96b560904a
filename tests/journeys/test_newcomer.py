"""A newcomer opens an account with a passkey, and signs in with it: the real ceremony, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, PHONE, context_at
from tests.journeys.moments import Moment
from tests.makers import make_organisation, make_person
from trustwide.rooms.places import invitations

PASSKEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@contextmanager
def device(browser: Browser, moment: Moment | None, view: dict[str, int]) -> Iterator[Page]:
    """A browser on a device that keeps passkeys. Its policy holds: a script of ours that broke it would do nothing."""
    context = context_at(browser, moment, viewport=view)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    page.wrong = wrong
    yield page
    context.close()
    assert not wrong


def site(live_server: Any) -> str:
    """By its name: browsers keep no passkeys for a bare number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


def invited(live_server: Any) -> str:
    trust = make_organisation()
    administrator = make_person("Ada", "administrator", trust)
    address = site(live_server) + "/welcome/token/"
    asked = invitations.invite(by=administrator, email="nia@example.org", role="staff", place=trust, address=address)
    return asked.link


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_a_newcomer_opens_an_account_with_a_passkey_and_comes_back(
    browser: Browser, live_server: Any, moment: Moment | None, transactional_db: None, view: dict[str, int]
) -> None:
    with device(browser, moment, view) as page:
        page.goto(invited(live_server))
        page.fill("#name", "Nia Newcomer")
        page.click("text=Use a passkey instead")
        page.fill("#name", "Work phone")
        page.click("main button:has-text('Add a passkey')")
        page.wait_for_url("**/me/recovery-codes/")
        expect(page.locator(".recovery-codes li")).to_have_count(10)
        page.click("text=I have kept them")
        page.locator("dd:has-text('Work phone')").first.wait_for()
        page.click("text=Sign out")
        page.click("text=Sign in with a passkey")
        page.wait_for_url(site(live_server) + "/")
        page.goto(site(live_server) + "/me/")
        assert page.locator("h1").inner_text() == "Nia Newcomer"


def test_a_passkey_that_is_not_there_says_what_to_do(
    browser: Browser, live_server: Any, moment: Moment | None, transactional_db: None
) -> None:
    with device(browser, moment, DESK) as page:
        page.goto(site(live_server) + "/sign-in/")
        page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
        page.click("text=Sign in with a passkey")
        page.wait_for_selector(".passkey__problem:visible")


def test_without_scripts_the_page_says_that_passkeys_need_them(
    browser: Browser, live_server: Any, moment: Moment | None, transactional_db: None
) -> None:
    context = context_at(browser, moment, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/sign-in/")
    assert "Passkeys need JavaScript" in page.locator("main").inner_text()
    assert page.locator("[data-passkey-button]").is_disabled()
    context.close()
