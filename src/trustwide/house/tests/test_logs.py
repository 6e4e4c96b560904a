"""Logs tell what happened and by whom, and never what was typed, asked for or kept secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.makers import make_organisation, make_person
from trustwide.house import logs, requests_told

CANARY = "zq7canary"


@contextmanager
def listening(formatter: logging.Formatter) -> Iterator[io.StringIO]:
    """Everything that anybody logs meanwhile, as that formatter writes it."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(formatter)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def ask_for_everything(person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that carry the canary in each part that somebody types."""
    client = Client(raise_request_exception=False)
    client.post("/sign-in/", {"login": f"{CANARY}@example.org", "password": CANARY})
    client.force_login(person)
    client.get(f"/search/?q={CANARY}", headers={"Referer": f"http://{CANARY}.example", "User-Agent": CANARY})
    client.get(f"/{CANARY}/measures/")
    client.get("/", headers={"Host": f"{CANARY}.example"})
    client.generic(CANARY, "/")
    client.cookies["other"] = CANARY
    client.post(f"/st-brides/messages/new/?next={CANARY}", {"title": CANARY, "text": CANARY})

    def fail(*_arguments: Any, **_options: Any) -> None:
        raise ValueError(f"it was {CANARY}")

    monkeypatch.setattr("trustwide.rooms.front.views_search.search_page", fail, raising=False)
    monkeypatch.setattr("trustwide.rooms.front.views.render", fail)
    client.get(f"/?{CANARY}")
    logging.getLogger("elsewhere").warning("they typed %s", CANARY)
    logging.getLogger("elsewhere").error(f"they typed {CANARY}", extra={"typed": CANARY, "status_code": CANARY})


@pytest.fixture
def nurse(db: None) -> Any:
    return make_person(f"{CANARY} nurse", "executive", make_organisation())


def test_no_line_holds_what_was_typed(nurse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(logs.OnlyOurWords()) as stream:
        ask_for_everything(nurse, monkeypatch)
    told = lines(stream)
    asked = [line for line in told if line["logger"] == logs.REQUESTS]
    print(f"{len(told)} lines, {len(asked)} of them of requests, statuses {sorted(line['status'] for line in asked)}")
    assert CANARY not in stream.getvalue()
    assert {line["status"] for line in asked} >= {200, 400, 404, 500}
    assert len(asked) == 7
    for line in asked:
        assert set(line) == {"at", "level", "logger", *logs.TOLD}
        assert len(line["request_id"]) == 32
    failed = next(line for line in told if line.get("error") == "builtins.ValueError")
    assert any("front/views.py" in frame for frame in failed["through"])


def test_control_plain_lines_hold_it(nurse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(logging.Formatter("%(message)s")) as stream:
        ask_for_everything(nurse, monkeypatch)
    assert CANARY in stream.getvalue(), "nothing that is logged held it: the test above saw nothing"


def test_a_line_tells_who_by_id_and_the_route_by_name(nurse: Any) -> None:
    client = Client()
    client.force_login(nurse)
    with listening(logs.OnlyOurWords()) as stream:
        answer = client.get("/")
    (line,) = (each for each in lines(stream) if each["logger"] == logs.REQUESTS)
    assert UUID(line["person"]) == nurse.pk
    assert (line["method"], line["route"], line["status"]) == ("GET", "front:home", 200)
    assert line["request_id"] == answer["X-Request-Id"]
    assert line["ms"] > 0


@pytest.mark.django_db
def test_who_was_not_asked_for_is_not_looked_up(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), listening(logs.OnlyOurWords()) as stream:
        Client().get("/healthz")
    assert lines(stream)[-1]["person"] is None
    assert lines(stream)[-1]["route"] != requests_told.NO_ROUTE
