"""The machine's own Chromium, kept to this machine, and what is asked of a page in it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("TRUSTWIDE_CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
#: It knows the name of no other machine, so it can reach none.
HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]  # which would be imitated


def need(path: Path, cure: str) -> str:
    if not path.exists():
        pytest.fail(f"{path} is not there. {cure}")
    return str(path)


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of its own.

    Playwright runs a loop in this thread, in which Django thinks its queries unsafe and begins another connection:
    it is told that they are safe, and keeps to the connection that it has.
    """
    from playwright.sync_api import sync_playwright

    program = need(Path(CHROMIUM), "Install it: apt-get install chromium; or name one in TRUSTWIDE_CHROMIUM.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connection = connections["default"]
    with sync_playwright() as driver:
        connections["default"] = connection
        browser = driver.chromium.launch(executable_path=program, args=[*ARGUMENTS, HERE_ONLY])
        yield browser
        browser.close()


class KeptFile(SimpleHTTPRequestHandler):
    """Files that a browser may keep, and with them what it compiled of them."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=86400")
        super().end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing: who asks is a test."""


@contextmanager
def axe_server() -> Iterator[str]:
    """The address of axe. From an address the browser compiles half a megabyte once; as text, on every page anew."""
    file = Path(need(AXE, "Install it: npm install --no-save axe-core"))
    server = ThreadingHTTPServer(("localhost", 0), partial(KeptFile, directory=str(file.parent)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/{file.name}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def open_page(browser: Any, width: int = 1280, *, scripts: bool = True) -> Iterator[Any]:
    """A page of that width, as if nobody had used the browser before; `page.outside` lists what it asked of others.

    A tab costs a second of the processor, so there is one with scripts and one without, emptied after each use. It
    stays where it is until the next is shown there: an empty page between them costs a process of the browser each.
    """
    page = next((each for context in browser.contexts for each in context.pages if each.scripts is scripts), None)
    page = page or new_page(browser, scripts=scripts)
    page.set_viewport_size({"width": width, "height": 800})
    page.outside.clear()
    yield page
    page.context.clear_cookies()
    page.devtools.send("Storage.clearDataForOrigin", {"origin": page.evaluate("origin"), "storageTypes": "all"})
    vars(page).pop("goto", None)  # where a test made addresses relative to its site


def new_page(browser: Any, *, scripts: bool) -> Any:
    """Our policy allows no script of others, so axe is let in by `bypass_csp`; `test_headers.py` holds the policy."""
    context = browser.new_context(java_script_enabled=scripts, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.scripts, page.outside, page.devtools = scripts, [], context.new_cdp_session(page)

    def note(request: Any) -> None:
        if urlsplit(request.url).hostname not in ("localhost", None):
            page.outside.append(request.url)

    page.on("request", note)
    return page


def axe_violations(page: Any, axe: str) -> list[str]:
    """What axe finds, each with the first element it finds it in; `axe` is the address that it is read from."""
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(url=axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)")
    return [f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:120]})" for each in found]
