"""The machine's own Chromium, kept to this machine, and what is asked of a page in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("TRUSTWIDE_CHROMIUM", "/usr/bin/chromium")
#: It knows the name of no other machine, so it can reach none.
HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", HERE_ONLY]


def need(path: Path, cure: str) -> str:
    if not path.exists():
        pytest.fail(f"{path} is not there. {cure}")
    return str(path)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of its own; Playwright runs a loop in this thread, so Django is told that its queries are safe."""
    from playwright.sync_api import sync_playwright

    program = need(Path(CHROMIUM), "Install it: apt-get install chromium; or name one in TRUSTWIDE_CHROMIUM.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def open_page(browser: Any, width: int = 1280, *, scripts: bool = True) -> Iterator[Any]:
    """A page of that width; `page.outside` lists what it asked of other machines.

    Our policy allows no script of others, so axe is let in by `bypass_csp`; `test_headers.py` holds the policy.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, bypass_csp=True, reduced_motion="reduce"
    )
    context.set_default_timeout(5_000)
    page = context.new_page()
    page.outside = []

    def note(request: Any) -> None:
        if urlsplit(request.url).hostname != "localhost":
            page.outside.append(request.url)

    page.on("request", note)
    yield page
    context.close()


def axe_violations(page: Any) -> list[str]:
    """What axe finds, each with the first element it finds it in."""
    page.add_script_tag(path=need(AXE, "Install it: npm install --no-save axe-core"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)")
    return [f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:120]})" for each in found]
