"""A browser for each story: the machine's own Chromium, against a server of the test's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.house_rules.browser import ARGUMENTS, CHROMIUM
from tests.journeys.moments import Moment, moments_of
from tests.migrated import migrate_once
from tests.sign_in_walk import session_of
from trustwide.rooms.people.models import Person

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite in a file, as an installation has it: in memory the server's threads would share one connection, where
    Django's readers meet "table is locked" at once and wait for nobody."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(settings.DATA / f"journeys-{os.getpid()}.sqlite3")
    migrate_once()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The browser's driver keeps an event loop in this thread, where Django would refuse to ask its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each story once more for each moment that it is told at."""
    moments = moments_of(metafunc.function.__name__)
    says_itself = any("moment" in each.args for each in metafunc.definition.iter_markers("parametrize"))
    if len(moments) > 1 and "live_server" in metafunc.fixturenames and not says_itself:
        metafunc.parametrize("moment", moments, ids=lambda each: str(each or "now"), indirect=True)


@pytest.fixture(autouse=True)
def moment(request: pytest.FixtureRequest) -> Iterator[Moment | None]:
    """When and where the story is told; its server is a thread of this process, and so goes by the same clock."""
    told: Moment | None = getattr(request, "param", None)
    if told is None:
        yield None
        return
    cache.clear()  # what was counted in another year is not over
    with time_machine.travel(told.there):
        yield told
    cache.clear()


def context_at(browser: Browser, moment: Moment | None, **options: Any) -> BrowserContext:
    """Somebody's browser, with the zone and the clock of the story: what is written with no network goes by it."""
    context = browser.new_context(timezone_id=moment.zone if moment else None, **options)
    context.set_default_timeout(10_000)
    if moment:
        context.clock.install(time=datetime.now(UTC))
    return context


@pytest.fixture
def open_page(browser: Browser, live_server: Any, moment: Moment | None) -> Iterator[Open]:
    """Opens a page of the test's server, signed in where it is `by` somebody.

    A mistake of the page's own, or a call to elsewhere, fails the story.
    """
    wrong: list[str] = []
    contexts = []

    def open_(path: str, by: Person | None = None, **options: Any) -> Page:
        context = context_at(browser, moment, **{"viewport": DESK, **options})
        if by:
            context.add_cookies([session_of(by, live_server.url)])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(live_server.url) else None)
        page.on("response", lambda came: wrong.append(came.url) if came.status >= 500 else None)
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not wrong
