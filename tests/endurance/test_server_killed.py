"""A server is killed again and again while several people write: what was acknowledged is there, and all of it once.

A real server in a process of its own, a real database on disk. Each person sends a form until it is answered, as a
browser does that is told to try again: what a kill cut off after it was saved comes a second time, with its once-key.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener

import pytest
from django.db import connection

from tests.endurance.conftest import told
from tests.endurance.test_board_offline import free_port
from tests.makers import make_message, make_organisation, make_person, make_team
from tests.shares import WHOLE
from tests.sign_in_walk import session_of
from trustwide.rooms.boards.actions import thank
from trustwide.rooms.boards.models import Huddle, Thanks
from trustwide.rooms.commons.models import Comment, Record
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person

pytestmark = pytest.mark.both_databases(dear=True)  # each has its own locks

KILLS = 100 if WHOLE else 6
WRITERS = 4
PATIENCE = 120.0  # seconds for one form, whatever happens to the server meanwhile
BOARD = "/st-brides/board/ward-7/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
#: The server is forked from a process that has read all of our code, so that a hundred starts take little time. Its
#: answers to forms are late, as on a slow network, so that many a kill comes after something was saved and before it
#: was acknowledged.
SERVER = """
import os, sys, time
from trustwide.house.prepare import use_data
use_data(None)
from django.core.handlers.base import BaseHandler
from trustwide.house import serve, wsgi
plainly = BaseHandler.get_response
def late(self, request):
    answer = plainly(self, request)
    time.sleep(0.2 if request.method == "POST" else 0)
    return answer
BaseHandler.get_response = late
for line in sys.stdin:
    child = os.fork()
    if not child:
        sys.exit(serve.serve(int(line), open_browser=False, with_worker=False))
    print(child, flush=True)
    os.waitpid(child, 0)
"""


class AsTheyCome(HTTPErrorProcessor):
    """Answers are looked at, not followed."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response


class Writer(threading.Thread):
    """Somebody who writes one thing after another; `acknowledged` has what a server said it has."""

    def __init__(self, site: str, person: Person, record: str) -> None:
        super().__init__()
        cookie = session_of(person, site)
        self.site, self.record, self.stopped = site, record, threading.Event()
        self.cookies = f"{cookie['name']}={cookie['value']}"
        self.name = person.name
        self.acknowledged: list[tuple[str, str]] = []
        self.cut, self.wrong = 0, ""

    def run(self) -> None:
        for number in range(1_000_000):
            if self.stopped.is_set() or self.wrong:
                return
            what = WRITTEN[number % len(WRITTEN)]
            self.write(what, f"{what} {number} of {self.name}", number)

    def write(self, what: str, text: str, number: int) -> None:
        path, fields = form_of(what, text, number, self.record)
        status, page, cookies = self.ask(path if what != "comment" else self.record)
        token = re.search(r"csrftoken=([^;]+)", cookies)
        hidden = dict(HIDDEN.findall(page[page.index('<form method="post"') :]))
        status, _page, _cookies = self.ask(path, {**hidden, **fields}, token[1] if token else "")
        if status != 302:
            self.wrong = f"{path} answered {status}"
        self.acknowledged.append((what, text if what != "huddle" else self.name))

    def ask(self, path: str, fields: dict[str, str] | None = None, token: str = "") -> tuple[int, str, str]:
        """The answer: asked again until there is one."""
        until, body = time.monotonic() + PATIENCE, urlencode(fields).encode() if fields else None
        headers = {"Cookie": f"{self.cookies}; csrftoken={token}", "Origin": self.site}
        while True:
            try:
                with build_opener(AsTheyCome).open(Request(self.site + path, body, headers), timeout=30) as answer:  # noqa: S310
                    return answer.status, unescape(answer.read().decode()), answer.headers.get("Set-Cookie", "")
            except (OSError, HTTPException) as error:
                on_its_way = not isinstance(getattr(error, "reason", error), ConnectionRefusedError)
                self.cut += body is not None and on_its_way
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)


WRITTEN = ("item", "thanks", "idea", "huddle", "problem", "comment")


def form_of(what: str, text: str, number: int, record: str) -> tuple[str, dict[str, str]]:
    """The address of a form, and what is typed there."""
    huddle = {"held": "yes", "day": f"{today():%-d/%-m/%Y}", "shift": "day", "raised": str(number % 90)}
    problem = {"happens": "Trolleys wait", "touches": "Porters", "known_by": "We counted", "sharing": "organisation"}
    return {
        "item": ("/st-brides/items/new/", {"title": text, "sort": "help"}),
        "thanks": (f"{BOARD}add/thanks/", {"to": text, "why": "a hand when it was needed"}),
        "idea": ("/st-brides/ideas/new/", {"title": text}),
        "huddle": (f"{BOARD}add/huddle/", huddle),
        "problem": ("/st-brides/problems/new/", {"title": text, **problem}),
        "comment": (f"{record}comments/", {"text": text}),
    }[what]


@contextmanager
def kills(folder: Path, port: int) -> Iterator[Any]:
    """Start a server and, when asked, kill it and start another."""
    environment = {**os.environ, **told(folder)}
    parent = subprocess.Popen(
        [sys.executable, "-c", SERVER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdin
    assert parent.stdout
    with parent.stdin as asked, parent.stdout as said:

        def start() -> int:
            print(port, file=asked, flush=True)
            return int(next(line for line in said if line.strip().isdigit()))

        child = start()

        def again() -> None:
            nonlocal child
            os.kill(child, signal.SIGKILL)
            child = start()

        yield again
        os.kill(child, signal.SIGKILL)
    parent.wait()


def there() -> Counter[tuple[str, str]]:
    """What is in the database, by kind and words; of huddles, which have none, by who wrote them."""
    records = Record.objects.filter(title__contains=" of ").values_list("kind", "title")
    found = Counter((kind.rpartition(".")[2], title) for kind, title in records)
    found += Counter(("thanks", to) for to in Thanks.objects.values_list("to", flat=True))
    found += Counter(("comment", text) for text in Comment.objects.values_list("text", flat=True))
    return found + Counter(("huddle", name) for name in Huddle.objects.values_list("by__name", flat=True))


def wait_for_more(writers: list[Writer]) -> None:
    """Until as many forms more are acknowledged as there are people, or one was refused."""
    before, until = [len(each.acknowledged) for each in writers], time.monotonic() + PATIENCE
    while sum(len(each.acknowledged) for each in writers) < sum(before) + WRITERS:
        if time.monotonic() > until or any(each.wrong for each in writers):
            return
        time.sleep(0.01)


def test_what_was_acknowledged_is_there_and_all_of_it_once(on_disk: Path) -> None:
    dice, port = random.Random(7), free_port()
    home = make_organisation()
    team, site = make_team(home), f"http://localhost:{port}"
    people = [make_person(f"Writer {number}", "staff", team) for number in range(WRITERS)]
    message = make_message(make_person("Cleo", "executive", home), home)
    writers = [Writer(site, each, f"/st-brides/messages/{message.pk}/") for each in people]
    with kills(on_disk, port) as kill:
        for each in writers:
            each.start()
        for _kill in range(KILLS):
            wait_for_more(writers)
            time.sleep(dice.uniform(0.0, 0.2))
            kill()
        for each in writers:
            each.stopped.set()
        for each in writers:
            each.join()
    said, found = Counter(each for writer in writers for each in writer.acknowledged), there()
    cut = sum(each.cut for each in writers)
    print(f"{connection.vendor}: {KILLS} kills, {sum(said.values())} forms acknowledged, {cut} cut off and sent again")
    print(f"{sum((said - found).values())} of them lost, {sum((found - said).values())} doubled")
    assert [each.wrong for each in writers] == [""] * WRITERS
    assert cut, "no kill met a form on its way: nothing was shown"
    assert found == said


@pytest.mark.django_db
def test_control_what_came_twice_is_seen() -> None:
    team = make_team(make_organisation())
    sam = make_person("Sam", "staff", team)
    for _ in range(2):
        thank(by=sam, team=team, to="Colleague of Sam", why="a hand")
    assert there() == {("thanks", "Colleague of Sam"): 2}
