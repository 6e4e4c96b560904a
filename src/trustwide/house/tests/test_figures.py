"""Figures for those who watch: counted by route, and shown to this machine or to who has the token."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from trustwide.house import figures

TOKEN = "t" * 24


def value(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found.group(1)) if found else 0.0


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    client, name = Client(), 'trustwide_requests_total{method="GET",route="healthz",status="200"}'
    before = value(client.get("/metrics").content.decode(), name)
    client.get("/healthz")
    client.get("/zq7-no-such-page/")
    text = client.get("/metrics").content.decode()
    assert value(text, name) == before + 1
    assert value(text, 'trustwide_request_seconds_count{route="healthz"}') >= 1
    assert value(text, "trustwide_database_up") == 1
    for waiting in figures.WAITING:
        assert f"{waiting} 0.0" in text
    assert "zq7" not in text
    assert "trustwide_backup_age_seconds" not in text


@pytest.mark.django_db
def test_the_age_of_the_backup_is_told(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    (tmp_path / "last-backup").touch()
    os.utime(tmp_path / "last-backup", (time.time() - 3600,) * 2)
    age = value(Client().get("/metrics").content.decode(), "trustwide_backup_age_seconds")
    assert 3600 <= age < 3700


@pytest.mark.django_db
def test_without_a_database_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> float:
        raise OperationalError("away")

    monkeypatch.setitem(figures.WAITING, "trustwide_jobs_waiting", ("", fail))
    text = Client().get("/metrics").content.decode()
    assert "trustwide_database_up 0.0" in text
    assert "trustwide_notices_waiting" not in text


@pytest.mark.django_db
def test_failures_are_counted_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise ValueError("made to fail by a test")

    monkeypatch.setitem(figures.__dict__, "shows_token", lambda request: fail())
    client = Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.1")
    assert client.get("/metrics").status_code == 500
    monkeypatch.undo()
    assert value(Client().get("/metrics").content.decode(), 'trustwide_exceptions_total{kind="ValueError"}') >= 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.1"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"HTTP_X_FORWARDED_PROTO": "https"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"HTTP_HOST": "trustwide.example"}, 404),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}x"}, 404),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_AUTHORIZATION": "Bearer é"}, 404),
    ],
)
def test_they_are_for_this_machine_or_for_the_token(about: dict[str, str], status: int, settings: Any) -> None:
    settings.METRICS_TOKEN, settings.ON_THIS_MACHINE = TOKEN, False
    settings.ALLOWED_HOSTS = ["127.0.0.1", "trustwide.example"]
    assert Client().get("/metrics", **{"HTTP_HOST": "127.0.0.1:8000", **about}).status_code == status


@pytest.mark.django_db
def test_without_a_token_none_opens_it(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    shown = {"REMOTE_ADDR": "192.0.2.1", "HTTP_AUTHORIZATION": "Bearer "}
    assert Client().get("/metrics", **shown).status_code == 404
