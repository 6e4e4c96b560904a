"""A worker is killed in the middle of its work, again and again: nothing is lost, and nothing is done twice.

A real worker, a real database on disk, and a real server that takes what is sent outside. What is inside the database
happens exactly once. What is sent outside comes at least once, and at most once more for each kill.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.endurance.conftest import told
from tests.https_server import Hook, https_server
from tests.makers import make_message, make_organisation, make_person
from tests.shares import WHOLE
from trustwide.rooms.commons.models import Notice
from trustwide.rooms.jobs import chores, work
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.notices import reviews
from trustwide.rooms.notices.actions import add_channel
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.people.clock import today

pytestmark = pytest.mark.both_databases(dear=True)  # each has its own locks

KILLS, RECORDS = (50, 400) if WHOLE else (3, 48)
PATIENCE = 120.0  # seconds for what is left after the last kill
COMMAND = "from trustwide.house.command_line import main; main(['worker'])"


def worker(folder: Path, hook: Hook) -> subprocess.Popen[str]:
    """A worker in a process of its own, which has begun to work."""
    ours = {"TRUSTWIDE_JOB_SECONDS": "1", "TRUSTWIDE_MAY_REACH": "localhost", "TRUSTWIDE_AUTHORITIES": hook.authorities}
    environment = {**os.environ, **told(folder), **ours}
    running = subprocess.Popen([sys.executable, "-c", COMMAND], env=environment, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    with running.stdout as said:
        assert "background work" in said.readline()
    return running


@pytest.mark.parametrize(("options", "works"), [(["--no-worker"], False), ([], True)])
def test_the_server_does_the_work_beside_its_pages(on_disk: Path, options: list[str], works: bool) -> None:
    """Nothing more need be typed on one machine; where workers stand alone, the server leaves it to them."""
    later(chores.forget_done_jobs)
    words = ["serve", "--port", "0", "--no-browser", *options]
    code = f"from trustwide.house.command_line import main; main({words})"
    environment = {**os.environ, **told(on_disk)}
    server = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    with server.stdout as said:
        address, _only_here = said.readline().split()[-1], said.readline()
    assert urlopen(f"{address}sign-in/", timeout=60).status == 200  # noqa: S310 (our own server): it runs now
    until = time.monotonic() + (PATIENCE if works else 2 * work.LOOK_EVERY)
    while unfinished() and time.monotonic() < until:
        time.sleep(0.1)
    server.kill()
    server.wait()
    assert (unfinished() == 0) is works


def put_on_work(hook: Hook) -> None:
    """Records to tell somebody of: each makes a notice, and with it a message to a channel."""
    home = make_organisation()
    chief = make_person("Cleo", "executive", home)
    for number in range(RECORDS):
        make_message(chief, home, title=f"Message {number}", next_review=today())
    add_channel(by=chief, place=home, name="News", address=hook.address, kinds=["review-due"])
    later(reviews.find_reviews, key="the night of the test")


def titles(hook: Hook) -> Counter[str]:
    cards = [json.loads(body)["attachments"][0]["content"]["body"] for _path, body in list(hook.came)]
    return Counter(body[0]["inlines"][0]["text"] for body in cards)


def unfinished() -> int:
    return DBTaskResult.objects.exclude(status=work.DONE).count()


def wait_until_one_is_done(left: int) -> None:
    until = time.monotonic() + PATIENCE
    while 0 < left == unfinished() and time.monotonic() < until:
        time.sleep(0.02)


def test_a_worker_that_is_killed_loses_and_doubles_nothing(on_disk: Path) -> None:
    dice, begun = random.Random(7), 0
    with https_server(on_disk) as hook:
        hook.slowly = 0.01
        put_on_work(hook)
        for kill in range(KILLS):
            running = worker(on_disk, hook)
            if kill % 4 == 3:  # what ends its worker six times is given up, as it should be: some may be finished
                wait_until_one_is_done(unfinished())
            time.sleep(dice.uniform(0.02, 0.4))
            running.send_signal(signal.SIGKILL)
            running.wait()
            begun += DBTaskResult.objects.filter(status=work.RUNNING).count()
        running = worker(on_disk, hook)
        until = time.monotonic() + PATIENCE
        while unfinished() and time.monotonic() < until:
            time.sleep(0.2)
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 0, "told to stop, it ends by itself"
        sent = titles(hook)
    seen, about = Counter(Notice.objects.values_list("record", flat=True)), Channel.objects.get()
    messages = Counter({title: times for title, times in sent.items() if title.startswith("Message")})
    doubled = sum(seen.values()) - len(seen), sum(messages.values()) - len(messages)
    print(f"{connection.vendor}: {KILLS} kills, {begun} of them in the middle of a job; {RECORDS} records")
    print(f"{len(seen)} told, {doubled[0]} of them twice; {len(messages)} sent outside, {doubled[1]} of them twice")
    assert unfinished() == 0
    assert begun, "no kill met a job: nothing was shown"
    assert (len(seen), sum(seen.values())) == (RECORDS, RECORDS)
    assert len(messages) == RECORDS
    assert sum(messages.values()) <= RECORDS + KILLS
    assert (about.failures, about.stopped_at) == (0, None)
