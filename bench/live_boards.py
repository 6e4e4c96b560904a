"""500 viewers of 50 boards, one write a second: how long an answer takes against a static file of the same server.

A real server in a process of its own, and a client of bounded size on the same machine. Each viewer asks each second
whether its board changed, and looks again where it did, as the script of the page does.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import crowd

GOAL = 20
BOARDS, VIEWERS, MEASURES, STATIC = 50, 500, 5, 20
EVERY = 1.0  # seconds between two looks of a viewer, and between two writes
WARM_UP = 25.0
STATIC_FILE = "/static/trustwide/icon.svg"


@dataclass
class Board:
    """One team's board: its address, the key of its number, the cookies of its screens, and what was written last."""

    path: str
    key: str
    cookies: list[str]
    written: str = ""
    written_at: float = 0.0


@dataclass
class Told:
    """What was measured, in seconds."""

    asked: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    static: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    on_screen: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure(*, quick: bool) -> float:
    seconds = 20 if quick else 600
    crowd.set_up()
    boards, writer = make_boards()
    server, port = serve()
    try:
        told, memory = asyncio.run(watch(boards, writer, port, server.pid, seconds))
    finally:
        server.terminate()
        server.wait(timeout=30)
    return tell(told, memory, seconds)


def make_boards() -> tuple[list[Board], dict[str, str]]:
    """Boards with five measures each and ten screens, and the cookies of somebody who writes on all of them."""
    from trustwide.rooms.boards import actions as boards
    from trustwide.rooms.devices import live
    from trustwide.rooms.devices.actions import add_device, join_device
    from trustwide.rooms.devices.gates import board_of
    from trustwide.rooms.people.models import Person
    from trustwide.rooms.places.actions import add_place, give_role

    trust = add_place(by=None, level="organisation", name="St Bride's")
    leader = Person.objects.create_user("leader@example.org", "Lea Leader")
    give_role(by=None, person=leader, role="manager", place=trust)
    found = []
    for number in range(BOARDS):
        team = add_place(by=None, level="team", name=f"Ward {number}", parent=trust)
        for column in range(MEASURES):
            boards.add_card(by=leader, team=team, measure=make_measure(leader, team, column), column=column)
        cookies = []
        for screen in range(VIEWERS // BOARDS):
            joined = join_device(code=add_device(by=leader, place=team, name=f"Screen {screen}")[1])
            assert joined
            cookies.append(f"device={joined[1]}")
        found.append(Board(board_of(team), live.key_of(team), cookies))
    return found, signed_in(leader)


def make_measure(leader: Any, team: Any, column: int) -> Any:
    from datetime import date

    from trustwide.rooms.commons.actions import add_record
    from trustwide.rooms.commons.kinds import kind_at
    from trustwide.rooms.measures.actions import record_numbers
    from trustwide.rooms.measures.computed import Number
    from trustwide.rooms.measures.models import Measure

    kind, dice = kind_at("measures"), random.Random(column)
    assert kind
    made = Measure.objects.get(
        pk=add_record(by=leader, kind=kind, place=team, fields={"title": f"Measure {column}", "every": "month"})
    )
    months = [date(2022 + month // 12, month % 12 + 1, 1) for month in range(48)]
    record_numbers(by=leader, measure=made, numbers=[Number(day, round(dice.gauss(20, 3), 1)) for day in months])
    return made


def signed_in(person: Any) -> dict[str, str]:
    """The cookies of a session, as signing in would give them."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.middleware.csrf import _get_new_csrf_string

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["visit_began"] = session["visit_used"] = time.time()
    session.save()
    secret = _get_new_csrf_string()
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={secret}", "token": secret}


def serve() -> tuple[subprocess.Popen[str], int]:
    words = ["serve", "--port", "0", "--no-browser", "--no-worker"]
    code = f"from trustwide.house.command_line import main; main({words})"
    log = Path(os.environ["TRUSTWIDE_DATA"]) / "server.log"
    with log.open("w") as errors:
        server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=errors, text=True)
    assert server.stdout
    address = server.stdout.readline().split()[-1]
    server.stdout.readline()
    return server, int(address.rstrip("/").rpartition(":")[2])


class Line:
    """One kept-open connection."""

    def __init__(self, port: int) -> None:
        self.port, self.ends = port, None

    async def ask(self, path: str, *headers: str, body: str = "") -> tuple[int, bytes, float]:
        """The status, the body and the seconds it took; once more where the server had closed the connection."""
        verb = "POST" if body else "GET"
        lines = [f"{verb} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        sent, began = ("\r\n".join(lines) + "\r\n\r\n" + body).encode(), time.perf_counter()
        for last in (False, True):
            was_open = self.ends is not None
            try:
                status, content = await self._exchange(sent)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.ends = None
                if last or not was_open:
                    raise
            else:
                return status, content, time.perf_counter() - began
        raise AssertionError

    async def _exchange(self, sent: bytes) -> tuple[int, bytes]:
        if self.ends is None:
            self.ends = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.ends
        writer.write(sent)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split()[1])
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        content = await reader.readexactly(int(length)) if length and status != 304 else b""
        if b"connection: close" in head:
            writer.close()
            self.ends = None
        return status, content


async def watch(
    boards: list[Board], writer: dict[str, str], port: int, server: int, seconds: float
) -> tuple[Told, list[int]]:
    """Everybody at once, for so many seconds after the warm-up; how large the server was meanwhile, each second."""
    told, start = Told(), time.perf_counter()
    until = start + WARM_UP + seconds
    work = [viewer(board, cookie, port, told, start, until) for board in boards for cookie in board.cookies]
    work += [reader(port, told, start, until) for _each in range(STATIC)]
    memory: list[int] = []
    await asyncio.gather(*work, write(boards, writer, port, told, until, seconds), weigh(server, memory, until))
    return told, memory[int(WARM_UP) :]


async def viewer(board: Board, cookie: str, port: int, told: Told, start: float, until: float) -> None:
    """One open copy of a board."""
    line, number, seen = Line(port), 0, ""
    await asyncio.sleep(random.random() * EVERY)
    while (began := time.perf_counter()) < until:
        warm = began - start > WARM_UP
        try:
            status, body, took = await line.ask(f"/live/{board.key}/", f'If-None-Match: "{number}"')
            if warm:
                told.asked.append(took)
            if status == 200:
                number = max(number, int(body))
                wanted, written_at = board.written, board.written_at
                status, page, took = await line.ask(board.path, f"Cookie: {cookie}", "X-By-Itself: 1")
                if warm:
                    told.pages.append(took)
                    if wanted != seen and wanted.encode() in page and written_at > start + WARM_UP:
                        told.on_screen.append(time.perf_counter() - written_at)
                seen = wanted
            if status not in (200, 304):
                told.errors.append(f"{status}")
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            told.errors.append(repr(error))
            line.ends = None
        await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))


async def reader(port: int, told: Told, start: float, until: float) -> None:
    """One who asks for a static file as often."""
    line = Line(port)
    await asyncio.sleep(random.random() * EVERY)
    while (began := time.perf_counter()) < until:
        status, _body, took = await line.ask(STATIC_FILE)
        if status != 200:
            told.errors.append(f"static {status}")
        if began - start > WARM_UP:
            told.static.append(took)
        await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))


async def write(
    boards: list[Board], writer: dict[str, str], port: int, told: Told, until: float, seconds: float
) -> None:
    """A thank-you a second, on one board after another."""
    line, number = Line(port), 0
    while (began := time.perf_counter()) < until - 3:
        board, number = boards[number * 7 % len(boards)], number + 1
        board.written, board.written_at = f"colleague-{number}", began
        body = f"to=colleague-{number}&why=helping&csrfmiddlewaretoken={writer['token']}"
        status, _body, took = await line.ask(f"{board.path}add/thanks/", f"Cookie: {writer['cookie']}", body=body)
        if board.written_at > until - seconds:
            told.writes.append(took)
        if status != 302:
            told.errors.append(f"write {status}")
        await asyncio.sleep(max(0.0, began + EVERY - time.perf_counter()))


async def weigh(server: int, memory: list[int], until: float) -> None:
    while time.perf_counter() < until:
        pages = int(Path(f"/proc/{server}/statm").read_text().split()[1])
        memory.append(pages * os.sysconf("SC_PAGE_SIZE"))
        await asyncio.sleep(1)


def tell(told: Told, memory: list[int], seconds: float) -> float:
    """The figures, each with its count; the ratio of the 95th percentiles of asking and of the static file."""
    for name in ("asked", "pages", "static", "writes", "on_screen"):
        times = getattr(told, name)
        cuts = statistics.quantiles(times, n=100)
        shown = ", ".join(f"p{at} {1000 * cuts[at - 1]:.1f} ms" for at in (50, 95, 99))
        print(f"  {name.replace('_', ' ')}: {len(times):,} in {seconds:.0f} s, {shown}")
    early, late = (statistics.median(part) for part in (memory[: len(memory) // 4], memory[-len(memory) // 4 :]))
    print(f"  memory: {early / 1e6:.0f} MB at first, {late / 1e6:.0f} MB at last, {100 * (late / early - 1):+.1f} %")
    print(f"  errors: {len(told.errors)} {sorted(set(told.errors))[:5]}")
    every = statistics.quantiles([*told.asked, *told.pages], n=100)[94]
    return every / statistics.quantiles(told.static, n=100)[94]
