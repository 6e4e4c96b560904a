"""`trustwide prepare`: everything that must be there before the first page is asked for."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from trustwide.house.installation import data_folder, make_secret_key
from trustwide.house.readiness import database_cures

SLOW = 0.2  # seconds: what took less needs no time beside it
COMPILE = "from trustwide.engines.spc.kernel import prepare; prepare()"
Step = Callable[[], str]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="trustwide prepare", description="Make the database and the charts ready.")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    parser.add_argument("--new-key", action="store_true", help="make the secret key of a new installation")
    options = parser.parse_args(argv)
    if options.new_key:
        _new_key(options.data)
    use_data(options.data)
    prepare_data()
    return 0


def _new_key(folder: str | None) -> None:
    if folder:
        os.environ["TRUSTWIDE_DATA"] = folder
    kept = data_folder()
    if (kept / "secret-key").exists():
        raise SystemExit(
            f"There is a secret key already: {kept / 'secret-key'}. It stays as it is. To make the tables "
            "type the same without --new-key."
        )
    make_secret_key(kept)


def prepare_data(more: dict[str, Step] | None = None) -> None:
    """The database, the open data, `more` steps and the compiled charts, each told as it is done."""
    steps = {"database": _migrate, "open data": _load, **(more or {})}
    with database_cures(), rarely_collecting(), compiling() as compiled:
        for name, step in {**steps, "chart engine": compiled}.items():
            tell(name, step)
        _say_warnings()


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """What is loaded is little that goes in circles: looking through all of it for that took a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def must_be_new(file: Path, parser: argparse.ArgumentParser) -> None:
    """Ends the program where a file to be written is there already, or its folder is not."""
    if file.exists():
        parser.error(f"{file} is there already. Choose another name.")
    if not file.resolve().parent.is_dir():
        parser.error(f"There is no folder {file.resolve().parent}. Make it first.")


def use_data(folder: str | None) -> None:
    """Set up Django on that data folder; SystemExit with a cure where it cannot be used."""
    if folder:
        os.environ["TRUSTWIDE_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustwide.house.settings")
    import django

    with database_cures():
        django.setup()


def tell(name: str, step: Step) -> None:
    print(f"  {name} …", end=" ", flush=True)
    started = time.monotonic()
    try:
        said = step()
    except BaseException:
        print(flush=True)  # what stopped it stands on a line of its own
        raise
    took = time.monotonic() - started
    print(said + (f" ({took:.1f} s)" if took > SLOW else ""), flush=True)


def _migrate() -> str:
    from django.core.management import call_command
    from django.db import connection

    from trustwide.house import cut_short
    from trustwide.house.migrating import migrate

    cut_short.refuse_to_begin(connection)
    migrate()
    call_command("createcachetable", verbosity=0)
    return "ready"


def _load() -> str:
    from trustwide.rooms.measures.open_data import load_open_data

    return load_open_data()


@contextmanager
def compiling() -> Iterator[Step]:
    """The chart engine is compiled by a process beside this one, on another core; the step waits for it."""
    beside = subprocess.Popen([sys.executable, "-c", COMPILE])  # noqa: S603 (our own words)

    def compiled() -> str:
        if beside.wait():
            raise SystemExit("The chart engine could not be compiled: what stopped it stands above.")
        return "compiled"

    try:
        yield compiled
    finally:
        beside.terminate()  # where another step failed; nothing is lost
        beside.wait()


def _say_warnings() -> None:
    """What is not quite right with this machine, and what to do about it."""
    from django.core.checks import run_checks

    for message in run_checks():
        print(f"  to know: {message.msg} {message.hint or ''}".rstrip(), flush=True)
