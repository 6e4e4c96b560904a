"""The tables of a test database, made once for the code as it is and copied by every process that tests it.

Migrating takes seconds of a processor, and each worker, each journey and each run of one file would do it anew. What
was made is kept beside pytest's own cache, under a digest of all our code and of the packages, so that any change of
either makes new tables. On SQLite alone: PostgreSQL is asked by two workers of one run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from trustwide.house.migrating import new_models_alone

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".pytest_cache" / "migrated"


def kept_file() -> Path:
    """Where the tables of this very code are kept."""
    code = [file for file in (ROOT / "src").rglob("*.py") if "tests" not in file.parts]
    told = hashlib.sha256(sqlite3.sqlite_version.encode())
    for file in [*sorted(code), ROOT / "requirements-test.lock"]:
        told.update(file.read_bytes() if file.exists() else b"")
    return CACHE / f"{told.hexdigest()[:24]}.sqlite3"


def migrate_once() -> None:
    """Have the test database of this process copied from what is kept, or kept for the others."""
    creation: Any = connections["default"].creation
    if creation.create_test_db.__name__ == "copied":
        return
    plainly = creation.create_test_db = new_models_alone()(creation.create_test_db)
    if connections["default"].vendor != "sqlite":
        return

    def copied(verbosity: int = 1, autoclobber: bool = False, serialize: bool = True, keepdb: bool = False) -> str:
        kept = kept_file()
        with _alone(kept.with_name("lock")):
            if kept.exists():
                return _copy(creation, kept, verbosity, autoclobber, keepdb)
            name: str = plainly(verbosity, autoclobber, serialize, keepdb)
            _keep(creation.connection, kept)
            return name

    creation.create_test_db = copied


def _copy(creation: Any, kept: Path, verbosity: int, autoclobber: bool, keepdb: bool) -> str:
    """What Django does when it makes a test database, with the tables copied."""
    connection, name = creation.connection, creation._get_test_db_name()
    creation._create_test_db(verbosity, autoclobber, keepdb)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as tables:
        tables.backup(connection.connection)
    return str(name)


def _keep(connection: Any, kept: Path) -> None:
    """Whole or not at all, in place of what was kept of other code."""
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as copy:
        connection.connection.backup(copy)
    half.replace(kept)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """While another process makes them, wait."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
