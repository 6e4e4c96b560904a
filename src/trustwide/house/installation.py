"""Where this installation keeps its data, and which database it uses."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_FILE = "trustwide.sqlite3"
#: SQLite as the reliability notes ask: write-ahead log, full synchronisation, and writes that queue, not fail.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"


def data_folder() -> Path:
    """TRUSTWIDE_DATA, or `var` in the current folder; made if it is not there, for its owner alone."""
    folder = Path(os.environ.get("TRUSTWIDE_DATA", "var")).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise SystemExit(
            f"The data folder {folder} cannot be used: {error.strerror}. Name one that you may write to: --data DIR"
        ) from None
    return folder


def secret_key(folder: Path) -> str:
    """The installation's own signing key, made once, whole or not at all, and readable by its owner alone."""
    file = folder / "secret-key"
    if not file.exists() or not file.stat().st_size:
        descriptor, making = tempfile.mkstemp(dir=folder)  # mkstemp's files are their owner's alone
        with os.fdopen(descriptor, "w", encoding="ascii") as new:
            new.write(secrets.token_urlsafe(50))
        Path(making).replace(file)
    return file.read_text(encoding="ascii")


def database(folder: Path) -> dict[str, Any]:
    """The PostgreSQL server that TRUSTWIDE_DATABASE names, else SQLite in the data folder."""
    address = os.environ.get("TRUSTWIDE_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / SQLITE_FILE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_START},
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        wrong = f"starts with {parts.scheme!r}" if parts.path.strip("/") else "names no database"
        raise SystemExit(f"TRUSTWIDE_DATABASE {wrong}. Write postgresql://user:password@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c statement_timeout=30s -c lock_timeout=3s"},
    }
