"""What stops a start is said in one message with its cure, and never as a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from trustwide.house import checks, command_line, readiness

Trouble = Callable[[Path], dict[str, str]]


def no_folder(folder: Path) -> dict[str, str]:
    (folder / "data").touch()
    return {}


def a_damaged_file(folder: Path) -> dict[str, str]:
    (folder / "data").mkdir()
    (folder / "data" / "trustwide.sqlite3").write_text("this is no database, whatever its name says")
    return {}


def no_server(folder: Path) -> dict[str, str]:
    return {"TRUSTWIDE_DATABASE": "postgresql://sam:secret@127.0.0.1:1/trust"}


def no_driver(folder: Path) -> dict[str, str]:
    for name in ("psycopg", "psycopg2"):
        (folder / f"{name}.py").write_text("raise ImportError('taken away by a test')")
    return {**no_server(folder), "PYTHONPATH": str(folder)}


def started(words: str, folder: Path, more: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on the data folder `data` in `folder`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRUSTWIDE_")}
    command = [sys.executable, "-m", "trustwide.house.command_line", *words.split(), "--data", str(folder / "data")]
    return subprocess.run(command, env=environment | more, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("words", ["prepare", "serve --no-browser --port 0"])
@pytest.mark.parametrize(
    ("trouble", "cure"),
    [
        (no_folder, "--data DIR"),
        (a_damaged_file, "move it away and start again"),
        (no_server, "Is the server running"),
        (no_driver, "uv pip install 'psycopg[binary]'"),
    ],
)
def test_a_start_that_cannot_be_says_why_and_what_to_do(
    words: str, trouble: Trouble, cure: str, tmp_path: Path
) -> None:
    done = started(words, tmp_path, trouble(tmp_path))
    assert done.returncode == 1
    assert cure in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_serving_before_the_database_is_ready_names_the_command(tmp_path: Path) -> None:
    done = started("serve --no-browser --port 0", tmp_path, {})
    assert (done.returncode, done.stderr) == (
        1,
        f"The database is not ready yet. Type: trustwide prepare --data '{tmp_path / 'data'}'\n",
    )


@pytest.mark.django_db
def test_a_database_with_its_tables_is_ready() -> None:
    readiness.must_have_tables()


def test_control_other_mistakes_are_not_hidden() -> None:
    with pytest.raises(ImproperlyConfigured), readiness.database_cures():
        raise ImproperlyConfigured("a setting of ours is wrong")
    with pytest.raises(KeyError), readiness.database_cures():
        raise KeyError("a mistake of ours")
    with pytest.raises(SystemExit, match=r"no room\. "), readiness.database_cures():
        raise OperationalError("no room\nmore about it")


def test_an_old_sqlite_is_warned_of_and_a_mended_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="sqlite"))
    told = {}
    for version in [(3, 51, 2), (3, 51, 3), (3, 53, 0)]:
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        told[version] = [message.id for message in checks.sqlite_is_old()]
    assert told == {(3, 51, 2): ["trustwide.W001"], (3, 51, 3): [], (3, 53, 0): []}
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="postgresql"))
    assert checks.sqlite_is_old() == []


def test_an_interrupted_command_says_so_in_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("trustwide.house.prepare.main", interrupted)
    assert command_line.main(["prepare"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
