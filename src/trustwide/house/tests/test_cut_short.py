"""A restore that is killed leaves nothing lost: what was there before comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from trustwide.house import archive, backup, cut_short, restore
from trustwide.house.installation import database
from trustwide.house.tests.copies import RESTORE, bare, different, restored

pytestmark = pytest.mark.both_databases  # PostgreSQL alone has tables that stand aside


def schemas(folder: Path) -> set[str]:
    """Those that hold tables of ours."""
    with archive.connected(database(folder)) as told, told.cursor() as cursor:
        cursor.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations'")
        return {name for (name,) in cursor.fetchall()}


def killed(file: Path, folder: Path, tools: Path) -> None:
    """A restore that is killed while pg_restore is at work, which is so slow here that it never ends."""
    tools.mkdir()
    (tools / "pg_restore").write_text(f"#!/bin/sh\ntouch {tools}/begun\nexec sleep 60\n")
    (tools / "pg_restore").chmod(0o700)
    told = bare() | {"PATH": f"{tools}:{os.environ['PATH']}"}
    words = [*RESTORE, str(file), "--data", str(folder), "--replace"]
    runs = subprocess.Popen(words, env=told, start_new_session=True, stdout=subprocess.DEVNULL)
    wait_for((tools / "begun").exists)
    os.killpg(runs.pid, signal.SIGKILL)
    runs.wait()


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_a_killed_restore_left_comes_back(installation: Any, elsewhere: Path, tmp_path: Path, capsys: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a file is put in its place in one move")
    file, words = tmp_path / "copy.tar", ["--data", str(elsewhere)]
    backup.make_backup(file)
    restore.main([str(file), *words])
    first = restored(elsewhere)
    for number, again in enumerate(([], ["--replace"])):
        killed(file, elsewhere, tmp_path / f"tools-{number}")
        assert (schemas(elsewhere), restored(elsewhere)) == ({"replaced"}, {}), "control: it looks empty"
        with archive.connected(database(elsewhere)) as told, pytest.raises(SystemExit, match="stand aside"):
            cut_short.refuse_to_begin(told)
        if again:
            assert restore.main([str(file), *words, *again]) == 0
        else:
            with pytest.raises(SystemExit, match="holds data already"):
                restore.main([str(file), *words])
        assert "What was there before it is back" in capsys.readouterr().out
        assert (schemas(elsewhere), different(first, restored(elsewhere))) == ({"public"}, set())
    with archive.connected(database(elsewhere)) as told:
        cut_short.refuse_to_begin(told)


def test_nothing_is_guessed_where_tables_stand_in_both_places(
    installation: Any, elsewhere: Path, tmp_path: Path
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("there is one place")
    file, words = tmp_path / "copy.tar", ["--data", str(elsewhere), "--replace"]
    backup.make_backup(file)
    restore.main([str(file), *words])
    with archive.connected(database(elsewhere)) as told, told.cursor() as cursor:
        cut_short.hold(cursor)
        with pytest.raises(SystemExit, match="Another restore is running"):
            restore.main([str(file), *words])
        cursor.execute("CREATE SCHEMA replaced; CREATE TABLE replaced.django_migrations (id int)")
    with pytest.raises(SystemExit, match=r"DROP SCHEMA replaced CASCADE"):
        restore.main([str(file), *words])
    assert schemas(elsewhere) == {"public", "replaced"}
