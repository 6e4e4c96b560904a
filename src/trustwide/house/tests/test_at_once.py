"""What open boards ask each second is answered without Django as Django answers it."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_organisation, make_person, make_team
from trustwide.house.at_once import TURNS, Handler
from trustwide.rooms.devices import live
from trustwide.rooms.people.sessions import NOTE_EVERY, USED

OF_ONE_ANSWER = {"X-Request-Id"}


def ask(handler: Handler, path: str, method: str = "GET", **more: str) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
    environ |= {"SERVER_NAME": "x", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "SCRIPT_NAME": "", **more}
    answer = handler(
        {**environ, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()}, lambda *said: told.extend(said)
    )
    return told[0], {name: value for name, value in told[1] if name not in OF_ONE_ANSWER}, b"".join(answer)


@pytest.fixture
def key(db: None) -> Iterator[str]:
    """No connection is closed between two requests: the test's own transaction is in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    live.PULSE.forget()
    yield live.key_of(make_team(make_organisation()))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_it_is_answered_as_django_answers_and_asks_no_database(key: str) -> None:
    handler, path = Handler(), f"/live/{key}/"
    first = ask(handler, path)
    live.PULSE.looked_at = float("inf")
    tags = {"a copy that has it": first[1]["ETag"], "an older one": '"0"', "nonsense": "x"}
    with CaptureQueriesContext(connection) as seen:
        found = {name: ask(handler, path, HTTP_IF_NONE_MATCH=tag) for name, tag in tags.items()}
        again = ask(handler, path)
    assert len(seen) == 0
    assert again[0] == first[0] == "200 OK"
    assert again[2] == first[2]
    assert again[1] == first[1]
    assert [each[0][:3] for each in found.values()] == ["304", "200", "200"]
    assert "Content-Security-Policy" in found["a copy that has it"][1]


def test_nobody_is_given_the_session_of_who_asked_before(key: str, client: Client) -> None:
    client.force_login(make_person("Ada"))
    cookie, session, path = (
        f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}",
        client.session,
        f"/live/{key}/",
    )
    session[USED] = time.time() - NOTE_EVERY * 2  # Django sends one that was last used then anew
    session.save()
    handler = Handler()
    told = [ask(handler, path, HTTP_COOKIE=cookie), ask(handler, path)]
    assert handler.kept
    assert not any("Set-Cookie" in headers for _status, headers, _body in told)
    assert "Set-Cookie" in ask(WSGIHandler(), path, HTTP_COOKIE=cookie)[1], "so there was one to be given"  # type: ignore[arg-type]


def test_django_is_asked_where_it_must_be(key: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    handler, path = Handler(), f"/live/{key}/"
    ask(handler, path)
    monkeypatch.setattr(live, "number_at_once", lambda _key: pytest.fail("it was not"))
    assert ask(handler, path, method="POST")[0][:3] == "403"
    assert ask(handler, "/healthz")[0][:3] == "200"
    settings.SECURE_SSL_REDIRECT = True
    assert ask(handler, path)[0][:3] in ("200", "301")
    monkeypatch.undo()
    assert ask(handler, "/live/x/")[0][:3] == "404"
    live.PULSE.looked_at = float("-inf")
    with CaptureQueriesContext(connection) as seen:
        assert ask(handler, path)[0][:3] in ("200", "301")
    assert len(seen) > 0, "it is time to look for changes"


def test_a_third_page_waits_for_its_turn_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on, most, third = threading.Semaphore(0), threading.Event(), [0, 0], "/third/"

    def page(_self: Any, environ: dict[str, Any], _start: Any) -> list[bytes]:
        most[0] += 1
        most[1] = max(most)
        inside.release()
        assert environ["PATH_INFO"] == third or go_on.wait(30)
        most[0] -= 1
        return []

    monkeypatch.setattr(WSGIHandler, "__call__", page)
    monkeypatch.setattr("trustwide.house.at_once.PATIENCE", 0.2)
    handler = Handler()
    slow = [threading.Thread(target=handler, args=({"PATH_INFO": "/", "REQUEST_METHOD": "GET"}, None)) for _ in "ab"]
    for each in slow:
        each.start()
        assert inside.acquire(timeout=30)
    began = time.monotonic()
    handler({"PATH_INFO": third, "REQUEST_METHOD": "GET"}, lambda *_: None)  # both turns are taken all the while
    assert time.monotonic() - began >= 0.2
    go_on.set()
    for each in slow:
        each.join()
    assert most[1] == 3
    assert all(handler.turns.acquire(blocking=False) for _ in range(TURNS)), "a turn that was had is given back"
