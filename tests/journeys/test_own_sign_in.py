"""Somebody comes in through their trust's own sign-in, which stands on another site, and goes on where they meant to.

In a real browser: it keeps to our policy, which lets no form lead elsewhere, and sends no cookie of ours with what
another site posts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page

from tests.identity.running import CLIENT, SECRET, make_key, provider, saml_provider
from tests.journeys.conftest import DESK, PHONE, context_at
from tests.journeys.moments import Moment
from tests.journeys.test_newcomer import site
from tests.makers import make_organisation
from trustwide.house.identity import main
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.saml import EMAIL, NAME
from trustwide.rooms.places.actions_roles import give_role

ADDRESS = "nia@st-brides.example"


@contextmanager
def by_openid(back: str, folder: Path) -> Iterator[list[str]]:
    people: dict[str, dict[str, object]] = {"nia": {"name": "Nia Nurse", "email": ADDRESS, "email_verified": True}}
    with provider(people, f"{back}back/") as address:
        yield [f'server_url = "{address}"', f'client_id = "{CLIENT}"', f'secret = "{SECRET}"']


@contextmanager
def by_saml(back: str, folder: Path) -> Iterator[list[str]]:
    people = {"nia": {EMAIL[0]: ADDRESS, NAME[0]: "Nia Nurse"}}
    with saml_provider(people, f"{back}posted/", *make_key(folder, "trust")) as address:
        (folder / "trust.xml").write_bytes(requests.get(f"{address}metadata", timeout=10).content)
        yield ['metadata = "trust.xml"', "checks_all_addresses = true"]


def set_up(folder: Path, ways: list[str]) -> None:
    """By the command, as whoever runs the house does."""
    trust = make_organisation()
    give_role(by=None, person=Person.objects.create_user(ADDRESS, "Nia Nurse"), role="staff", place=trust)
    file = folder / "sign-ins.toml"
    named = ["[[provider]]", f'organisation = "{trust.slug}"', 'slug = "st-brides"', 'name = "St Bride’s"']
    file.write_text("\n".join([*named, f"domains = {json.dumps(['st-brides.example'])}", *ways]), encoding="utf-8")
    assert main([str(file)]) == 0


def watched(page: Page) -> list[str]:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("response", lambda came: wrong.append(came.url) if came.status >= 500 else None)
    return wrong


@pytest.mark.parametrize(
    ("way", "view", "scripts"),
    [(by_openid, DESK, True), (by_openid, PHONE, False), (by_saml, PHONE, True)],
    ids=["openid", "openid, no scripts", "saml"],
)
def test_somebody_comes_in_with_their_trust(
    browser: Browser, live_server: Any, moment: Moment | None, transactional_db: None, tmp_path: Path,
    way: Any, view: dict[str, int], scripts: bool,
) -> None:  # fmt: skip
    with way(f"{site(live_server)}/sign-in/with/st-brides/", tmp_path) as told:
        set_up(tmp_path, told)
        context = context_at(browser, moment, viewport=view, java_script_enabled=scripts)
        page = context.new_page()
        wrong = watched(page)
        page.goto(f"{site(live_server)}/me/")
        page.get_by_role("link", name="Sign in with St Bride’s").click()
        page.get_by_role("link", name="nia").click()
        page.wait_for_url(f"{site(live_server)}/me/")
        assert page.locator("h1").inner_text() == "Nia Nurse"
        with page.expect_navigation():
            page.get_by_role("button", name="Sign out").click()
        page.goto(f"{site(live_server)}/me/")
        assert "/sign-in/" in page.url
        context.close()
        assert not wrong
