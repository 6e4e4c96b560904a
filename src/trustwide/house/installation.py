"""Where this installation keeps its data, and which database it uses."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

#: SQLite as the reliability notes ask: write-ahead log, full synchronisation, and writes that queue, not fail.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;"


def data_folder() -> Path:
    """TRUSTWIDE_DATA, or `var` in the current folder; made if it is not there."""
    folder = Path(os.environ.get("TRUSTWIDE_DATA", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The installation's own signing key, made once and readable by its owner alone."""
    file = folder / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def database(folder: Path) -> dict[str, Any]:
    """The PostgreSQL server that TRUSTWIDE_DATABASE names, else SQLite in the data folder."""
    address = os.environ.get("TRUSTWIDE_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "trustwide.sqlite3",
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
