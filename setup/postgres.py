"""A PostgreSQL server for the tests: the one that is named, the machine's own programs, or one from PyPI."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps import BIN, Stopped, apt_install, is_root

DEBIAN = Path("/usr/lib/postgresql")


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that runs as long as the block does."""
    given = os.environ.get("TRUSTWIDE_TEST_POSTGRES")
    if given:
        yield given
        return
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="trustwide-postgres-"))
    try:
        port = start(programs, folder)
        yield f"postgresql://trustwide@127.0.0.1:{port}/postgres"
    finally:
        as_owner(folder, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of initdb and pg_ctl: the newest of Debian's, installed where we may, else what came from PyPI."""
    if is_root() and shutil.which("apt-get") and not DEBIAN.is_dir():  # another user must reach it: not our .venv
        apt_install("postgresql")
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    packages = next((BIN.parent / "lib").glob("python*/site-packages"), BIN)
    brought = next(packages.glob("*postgres*/**/bin/initdb"), None)
    if brought is None:
        raise Stopped("no PostgreSQL was found. Type: sudo apt-get install postgresql (or brew install postgresql)")
    return brought.parent


def start(programs: Path, folder: Path) -> int:
    """Make a cluster and start it on a free port of this machine; return the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    if is_root():
        shutil.chown(folder, owner())
    data = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    options += " -c synchronous_commit=off -c jit=off -c max_connections=100"
    for command in (
        (programs / "initdb", "-D", data, "-U", "trustwide", "-A", "trust", "-E", "UTF8", "--locale=C"),
        (programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"),
    ):
        done = as_owner(folder, *command)
        if done.returncode:
            raise Stopped(f"PostgreSQL would not start.\n{done.stdout[-1000:]}\nName one: TRUSTWIDE_TEST_POSTGRES=…")
    return port


def owner() -> str:
    """Whom the server runs as when we are root, whom PostgreSQL refuses."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in names)


def as_owner(folder: Path, *command: Path | str) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL; what it says goes to a file, since a server keeps its output open."""
    who = owner() if is_root() else None
    with (folder / "said").open("a+") as said:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            list(map(str, command)), cwd=folder, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, user=who,
        )  # fmt: skip
        said.seek(0)
        done.stdout = said.read()
    return done
