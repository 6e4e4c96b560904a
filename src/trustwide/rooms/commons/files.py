"""The bytes of attached files: kept in the data folder under their own hash, so that no name leads anywhere."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Store bytes, whole or not at all; their SHA-256. The same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    file = where(digest)
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, making = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(making).replace(file)
    return digest


def where(digest: str) -> Path:
    return Path(settings.DATA) / "files" / digest[:2] / digest


def remove(digest: str) -> None:
    """Take bytes away; whoever calls this knows that no record holds them any more."""
    where(digest).unlink(missing_ok=True)
