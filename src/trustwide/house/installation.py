"""Where this installation keeps its data, and which database it uses."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from trustwide.house.variables import said

SQLITE_FILE = "trustwide.sqlite3"
#: SQLite as the reliability notes ask: write-ahead log, full synchronisation, and writes that queue, not fail.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"

LEAST_KEY = 50
WEAK_KEY = "TRUSTWIDE_SECRET_KEY is too short to be safe. Make one of 50 characters or more: openssl rand -base64 48"
NO_KEY = (
    "The secret key is missing: there is no {file}. Without the old one people are signed out and sealed secrets are "
    "lost, so bring it back from a backup. For a new installation type: trustwide prepare --new-key --data '{folder}'"
)


def data_folder() -> Path:
    """TRUSTWIDE_DATA, or `var` in the current folder; made if it is not there, for its owner alone."""
    folder = Path(said("TRUSTWIDE_DATA", "var")).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise SystemExit(
            f"The data folder {folder} cannot be used: {error.strerror}. Name one that you may write to: --data DIR"
        ) from None
    return folder


def secret_key(folder: Path, *, made_if_missing: bool = True) -> str:
    """The installation's own signing key: TRUSTWIDE_SECRET_KEY, else the file. SystemExit where there must be one."""
    if told := said("TRUSTWIDE_SECRET_KEY"):
        if len(told) < LEAST_KEY or not told.isascii():
            raise SystemExit(WEAK_KEY)
        return told
    file = folder / "secret-key"
    if not file.exists() or not file.stat().st_size:
        if not made_if_missing:
            raise SystemExit(NO_KEY.format(file=file, folder=folder))
        make_secret_key(folder)
    return file.read_text(encoding="ascii")


def make_secret_key(folder: Path) -> None:
    """Once, whole or not at all, and readable by its owner alone."""
    descriptor, making = tempfile.mkstemp(dir=folder)  # mkstemp's files are their owner's alone
    with os.fdopen(descriptor, "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(50))
    Path(making).replace(folder / "secret-key")


def database(folder: Path) -> dict[str, Any]:
    """The PostgreSQL server that TRUSTWIDE_DATABASE names, else SQLite in the data folder."""
    address = said("TRUSTWIDE_DATABASE")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / SQLITE_FILE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_START},
        }
    parts, port = _taken_apart(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        wrong = f"starts with {parts.scheme!r}" if parts.path.strip("/") else "names no database"
        raise SystemExit(f"TRUSTWIDE_DATABASE {wrong}. Write postgresql://user:password@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=30s -c lock_timeout=3s"},
    }


def _taken_apart(address: str) -> tuple[SplitResult, int | None]:
    """The parts of an address and its port; SystemExit where they cannot be told apart."""
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError:
        cure = "In a password write @ as %40, / as %2F and : as %3A: postgresql://user:password@host/name"
        raise SystemExit(f"TRUSTWIDE_DATABASE cannot be read. {cure}") from None
