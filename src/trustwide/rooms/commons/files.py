"""The bytes of attached files: kept in the data folder under their own hash, so that no name leads anywhere."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

KEPT_BACK = ".kept-back-"  # how the folders begin in which backups that are being made find what goes meanwhile


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


@contextmanager
def kept_back() -> Iterator[Path]:
    """A folder that is left a copy of all bytes that are taken away meanwhile; it goes afterwards."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA, prefix=KEPT_BACK))
    try:
        yield folder
    finally:
        done = folder.rename(folder.with_name(f".done{folder.name}"))  # nobody finds it now, so nothing more comes
        shutil.rmtree(done)


def remove(digest: str) -> None:
    """Take bytes away; whoever calls this knows that no record holds them any more.

    A backup that is being made may be of a moment at which one still did: it is left a copy in each of its folders.
    """
    for folder in Path(settings.DATA).glob(f"{KEPT_BACK}*"):
        kept = folder / digest[:2] / digest
        with suppress(FileNotFoundError):  # the bytes are gone already, or that backup is done
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(where(digest), kept)
    where(digest).unlink(missing_ok=True)
