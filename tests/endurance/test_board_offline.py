"""A server is killed again and again while a browser sends what it kept: all of it arrives, and each once.

A real Chromium, a real server in a process of its own, a real database on disk. Two tabs of the same device send at
the same time.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.endurance.conftest import told
from tests.house_rules.browser import chromium
from tests.makers import make_organisation, make_person, make_team
from tests.shares import WHOLE
from tests.sign_in_walk import session_of
from trustwide.rooms.boards.models import Thanks
from trustwide.rooms.devices.models import Arrival
from trustwide.rooms.people.models import Person

pytestmark = pytest.mark.both_databases(dear=True)  # each has its own locks

KILLS, WRITTEN = (30, 120) if WHOLE else (3, 15)
BOARD = "/st-brides/board/ward-7/"
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


RUNNING: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def none_goes_on() -> Iterator[None]:
    yield
    while RUNNING:
        kill(RUNNING[-1])


def serve(folder: Path, port: int) -> subprocess.Popen[str]:
    """A server that answers."""
    words = ["serve", "--port", str(port), "--no-browser", "--no-worker"]
    code = f"from trustwide.house.command_line import main; main({words})"
    server = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **told(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    RUNNING.append(server)
    assert server.stdout
    with server.stdout as said:
        assert "Trustwide is at" in said.readline()
        said.readline()
    return server


def kill(server: subprocess.Popen[str]) -> None:
    server.send_signal(signal.SIGKILL)
    server.wait()
    RUNNING.remove(server)


def write(page: Any, number: int) -> None:
    page.goto(f"{page.site}{BOARD}offline/thanks/")
    page.fill("#to", f"Colleague {number}")
    page.fill("#why", "a hand when it was needed")
    page.click("main button:has-text('Save')")
    page.wait_for_url(f"**{BOARD}")


def unsent(page: Any) -> int:
    """How many the device still keeps."""
    found: int = page.evaluate(
        """() => new Promise((done) => { indexedDB.open("trustwide-boards").onsuccess = (event) => {
        const asked = event.target.result.transaction("unsent").objectStore("unsent").count();
        asked.onsuccess = () => { event.target.result.close(); done(asked.result); }; }; })"""
    )
    return found


def keep_the_board(page: Any) -> None:
    page.goto(f"{page.site}{BOARD}")
    page.click("#keep-here")
    until = time.monotonic() + PATIENCE
    shelf = "async () => (await (await caches.open('boards-1')).keys()).map((each) => each.url)"
    while not any(each.endswith("live.js") for each in page.evaluate(shelf)):
        assert time.monotonic() < until, "the board was not kept"
        time.sleep(0.1)


def written_with_no_server(context: Any, nurse: Person, folder: Path, site: str) -> Any:
    """A tab of a device that keeps its board, and all that was written there while the server was away."""
    server = serve(folder, int(site.rpartition(":")[2]))
    context.set_default_timeout(30_000)
    context.add_cookies([session_of(nurse, site)])
    page = context.new_page()
    page.site = site
    keep_the_board(page)
    kill(server)
    for number in range(WRITTEN):
        write(page, number)
    assert (unsent(page), Thanks.objects.count()) == (WRITTEN, 0)
    return page


def killed_while_it_is_sent(tabs: list[Any], folder: Path, port: int, dice: random.Random) -> bool:
    """Whether the server went after some of it had come and before all had."""
    before, server = Thanks.objects.count(), serve(folder, port)
    for tab in tabs:
        tab.goto(f"{tabs[0].site}{BOARD}", wait_until="commit")
    until = time.monotonic() + PATIENCE
    while Thanks.objects.count() == before and unsent(tabs[0]) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(dice.uniform(0.0, 0.3))
    kill(server)
    return 0 < Thanks.objects.count() < WRITTEN


def test_what_was_kept_arrives_once_though_the_server_is_killed(on_disk: Path) -> None:
    dice, port = random.Random(7), free_port()
    nurse = make_person("Sam Castle", "staff", make_team(make_organisation()))
    with chromium() as browser:
        context = browser.new_context()
        page = written_with_no_server(context, nurse, on_disk, f"http://localhost:{port}")
        tabs = [page, context.new_page()]
        mid = sum(killed_while_it_is_sent(tabs, on_disk, port, dice) for _kill in range(KILLS))
        serve(on_disk, port)
        page.goto(f"{page.site}{BOARD}")
        until = time.monotonic() + PATIENCE
        while (left := unsent(page)) and time.monotonic() < until:
            time.sleep(0.2)
        context.close()
    came = Counter(Thanks.objects.values_list("to", flat=True))
    print(f"{connection.vendor}: {WRITTEN} written with no server, {KILLS} kills, {mid} of them while it was sent")
    print(f"{len(came)} arrived, {sum(came.values()) - len(came)} of them twice, {left} left on the device")
    assert mid, "no kill met a sending: nothing was shown"
    assert (left, len(came), sum(came.values())) == (0, WRITTEN, WRITTEN)
    assert Arrival.objects.count() == WRITTEN
