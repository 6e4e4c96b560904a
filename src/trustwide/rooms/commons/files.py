"""The bytes of attached files: kept in the data folder under their own hash, so that no name leads anywhere."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

KEPT_BACK = ".kept-back-"  # how the folders begin in which backups that are being made find what goes meanwhile


#: Bytes that were stored less than so many seconds ago are left: the row that names them may not be there yet.
LEFT_ALONE = 3_600
DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(content: bytes) -> str:
    """Store bytes, whole or not at all; their SHA-256. The same bytes are stored once, and then as new."""
    digest = hashlib.sha256(content).hexdigest()
    file = where(digest)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, making = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    with _alone(file):
        Path(making).replace(file)
    return digest


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One process at a time stores or takes away bytes of a folder."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


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


def take_away(held: Collection[str], left_alone: float = LEFT_ALONE) -> int:
    """Take away the bytes that no row names, `held` being those that one does; how many there were.

    Those of others are left, and so is what was stored a moment ago: it is never known that nobody is about to name it.
    """
    found = (each for each in (Path(settings.DATA) / "files").glob("*/*") if DIGEST.fullmatch(each.name))
    return sum(_take_away(each, left_alone) for each in found if each.name not in held)


def _take_away(file: Path, left_alone: float) -> bool:
    with _alone(file):
        if time.time() - file.stat().st_mtime < left_alone:
            return False
        _keep_back(file)
        file.unlink()
        return True


def _keep_back(file: Path) -> None:
    """A backup that is being made may be of a moment at which a record held it: each is left a copy."""
    for folder in Path(settings.DATA).glob(f"{KEPT_BACK}*"):
        kept = folder / file.parent.name / file.name
        with suppress(FileNotFoundError):  # that backup is done
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, kept)
