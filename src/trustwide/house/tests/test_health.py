"""What is told to whoever watches the server: it answers, and what of it is not ready."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from trustwide.house import health

SECRET = "zq7-secret"  # noqa: S105 (what must not be told)


@pytest.fixture(autouse=True)
def look_anew() -> Iterator[None]:
    health._migrated.clear()
    yield
    health._migrated.clear()


def fail(*_arguments: Any, **_options: Any) -> Any:
    raise OperationalError(f"connection to server at {SECRET} failed: password {SECRET}")


def test_it_answers_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", fail)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_all_is_ready(django_assert_num_queries: Any) -> None:
    answer = Client().get("/readyz")
    ready = b"database: ready\nfiles: ready\ndisk: ready\nbackup: none was made yet\n"
    assert (answer.status_code, answer.content) == (200, ready)
    with django_assert_num_queries(5):  # the row that is written and taken back, with its savepoints
        Client().get("/readyz")
    assert Session.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.5, "made 0 hours ago"), (1, "made 1 hour ago"), (30, "made 30 hours ago"), (72, "made 3 days ago")],
)
def test_how_old_the_backup_is_is_told_and_stops_nobody(hours: float, said: str, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    (tmp_path / "last-backup").touch()
    os.utime(tmp_path / "last-backup", (time.time() - hours * 3600 - 60,) * 2)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content.decode().splitlines()[-1]) == (200, f"backup: {said}")


def no_database(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    monkeypatch.setattr(connection, "cursor", fail)


def no_tables(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])


def no_writing(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    """As a copy of the database does that follows another, or a file that belongs to somebody else."""
    insert = "trustwide.house.health.Session.objects.create"
    monkeypatch.setattr(insert, fail)


def no_files(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    settings.DATA = folder
    (folder / "files").touch()


def no_folder(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    settings.DATA = folder / SECRET


def no_room(monkeypatch: pytest.MonkeyPatch, folder: Path, settings: Any) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: SimpleNamespace(total=100, free=4))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (no_database, "database: does not answer"),
        (no_tables, "database: lacks tables or columns; type: trustwide prepare"),
        (no_writing, "database: cannot be written to"),
        (no_files, "files: the data folder cannot be written to"),
        (no_folder, "disk: the data folder is not there"),
        (no_room, "disk: nearly full"),
    ],
)
def test_what_is_not_ready_is_named_and_no_secret(
    break_it: Any, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    break_it(monkeypatch, tmp_path, settings)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert said in answer.content.decode().splitlines()
    assert SECRET not in answer.content.decode()
