"""`trustwide worker`: does the background work; the server does it too, unless it is told not to."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from trustwide.house.prepare import use_data
from trustwide.house.readiness import must_have_tables


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="trustwide worker", description="Do the background work.")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    parser.add_argument("--once", action="store_true", help="do what waits now, then stop")
    options = parser.parse_args(argv)
    use_data(options.data)
    must_have_tables()
    from trustwide.rooms.jobs import timed, work

    if options.once:
        timed.put_on_due()
        work.give_back_lost()
        print(f"{work.run_ready()} jobs done or tried.")
        return 0
    stop = threading.Event()
    _stop_when_told(stop)
    print("Doing the background work. Ctrl+C stops it after the job in hand.", flush=True)
    work.work(stop)
    return 0


def _stop_when_told(stop: threading.Event) -> None:
    from trustwide.rooms.jobs.queue import new_work

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        new_work.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, told)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a thread of this process, for as long as the block runs; the job in hand is done to its end."""
    from trustwide.rooms.jobs.queue import new_work
    from trustwide.rooms.jobs.work import work

    stop = threading.Event()
    thread = threading.Thread(target=work, args=[stop], name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        new_work.set()
        thread.join(timeout=15)
