"""Hostile words in every text that is kept, and then every page in a browser: nothing of them runs or is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count as count_from
from typing import Any
from zlib import crc32

import pytest
from django.db import IntegrityError, models, transaction
from django.template import engines

from tests.house_rules.browser import chromium
from tests.house_rules.canaries import tables, written
from tests.house_rules.world import ASKED, World, make_world
from tests.makers import make_message, make_organisation, make_person
from tests.shares import WHOLE
from tests.sign_in_walk import session_of

pytestmark = pytest.mark.seen_once  # what a browser does with a page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=/none.png onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "[a](javascript:alert(1)) ![b](/none.png)",
    "</title></textarea><script src=/none.js></script>",
    '" autofocus onfocus="alert(1)" x="',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>@import '/none.css'</style><base href=//elsewhere.example>",
)
#: A file that is not of its kind any more is told as a mistake; a feed is no page, and names no icon.
FINE = ("a status of 422", "/favicon.ico")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def spoil() -> int:
    """Write something hostile into each text of every table; how many."""
    count = 0
    for model in tables():
        for number, row in enumerate(model._base_manager.all()):
            turns = count_from(number)
            said = written(row, lambda column, _before, turns=turns: hostile(column, next(turns)))
            count += write(model._base_manager.filter(pk=row.pk), said)
    return count


def write(rows: models.QuerySet[Any], said: dict[str, str]) -> int:
    """All of it; or, where a rule of the database binds columns together, each that may change alone. How many."""
    try:
        with transaction.atomic():
            rows.update(**said)
    except IntegrityError:
        return 0 if len(said) < 2 else sum(write(rows, {name: value}) for name, value in said.items())
    return len(said)


def hostile(column: Any, number: int) -> str:
    """As much as fits, the end of it last; an address of an e-mail or of a page is checked when it is typed, and a code
    is what a page of the national data is found by."""
    if isinstance(column, models.EmailField | models.URLField) or column.name == "org_code":
        return ""
    word = f"{number} {HOSTILE[number % len(HOSTILE)]}"
    return word if len(word) <= (column.max_length or 10_000) else '"><b>'[: column.max_length]


@contextmanager
def watched(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page under our own policy, and all that it complains of: dialogs, refusals of the policy, errors, strangers."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    page, told = context.new_page(), []
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda said: said.type == "error" and told.append(f"console {said.text} {said.location['url']}"))
    page.on("pageerror", lambda error: told.append(f"error {error}"))
    page.on("request", lambda asked: "/none" in asked.url and told.append(f"asked {asked.url}"))
    yield page, told
    context.close()


def shown(world: World) -> list[str]:
    """The pages that a browser shows: one of each address, and so many of the others."""
    examples = [each for each in ASKED if each.get == 200 and each.signed_in]
    paths = [world.path(each) for each in examples if WHOLE or crc32(str(each).encode()) % 6 == 0]
    first = {each.name: world.path(each) for each in reversed(examples) if each.name.startswith("commons:")}
    return list(dict.fromkeys([*first.values(), *paths, "/search/?q=script", "/"]))


def test_no_stored_script_runs(
    browser: Any, live_server: Any, transactional_db: None, settings: Any, forget: Any
) -> None:
    from playwright.sync_api import Error

    settings.DEMO = True
    world = make_world()
    count, found, seen, showing = spoil(), [], 0, 0
    paths = shown(world)
    with watched(browser) as (page, told):
        page.context.add_cookies([session_of(world.trust.everyone, live_server.url)])
        for path in paths:
            try:
                answer = page.goto(live_server.url + path)
            except Error as error:  # a file, which the browser saves and does not show
                found += [] if "Download is starting" in str(error) else [f"{path}: {error}"]
                continue
            assert answer.status in (200, 422), f"{path}: {answer.status}"  # a file that is not of a kind any more
            seen += 1
            words = page.inner_text("body")
            showing += any(each in words for each in HOSTILE)
            found += [f"{path}: {each}" for each in told if not any(fine in each for fine in FINE)]
            told.clear()
    print(
        f"{count} hostile texts in {len(tables())} tables, {seen} of {len(paths)} pages shown, "
        f"{showing} with a hostile text to read: {len(found)} faults"
    )
    assert count > 100
    assert seen > 15
    assert showing > seen // 3
    assert found == []


@pytest.mark.parametrize("hostile", HOSTILE[:3])
def test_control_what_would_run_is_seen(browser: Any, live_server: Any, hostile: str) -> None:
    with watched(browser) as (page, told):
        page.goto(live_server.url + "/reading-charts/")
        assert told == []
        page.evaluate("words => { document.open(); document.write(words); document.close(); }", hostile)
        page.wait_for_timeout(200)
    print(f"{hostile}: {told[:1]}")
    assert told


@pytest.mark.parametrize("without", ["autoescape", "to_html"])
def test_control_a_kept_text_that_is_not_made_safe_is_seen(
    browser: Any, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    """The same page is fine, and then has a fault, when what is kept comes into it as it was typed."""
    trust = make_organisation()
    writer = make_person("Ruth", "executive", trust)
    message = make_message(writer, trust, **dict.fromkeys(("title", "text"), HOSTILE[1]))
    with watched(browser) as (page, told):
        page.context.add_cookies([session_of(writer, live_server.url)])
        path = f"{live_server.url}/{trust.slug}/messages/{message.pk}/"
        page.goto(path)
        assert HOSTILE[1] in page.inner_text("body")
        assert [each for each in told if not any(fine in each for fine in FINE)] == []
        leave_out(without, monkeypatch)
        page.goto(path)
        page.wait_for_load_state("networkidle")
    print(f"without {without}: {told[:1]}")
    assert any("/none.png" in each or "onerror" in each for each in told)


def leave_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "to_html":
        monkeypatch.setattr("trustwide.house.pages.to_html", lambda text: text)
        return
    pages = engines["jinja2"].env
    for name, value in {"autoescape": False, "bytecode_cache": None, "cache": {}}.items():
        monkeypatch.setattr(pages, name, value)  # and nothing that was compiled before is used
