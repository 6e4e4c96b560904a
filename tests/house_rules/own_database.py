"""A copy of the test database where transactions are real, for tests in which several people write at once.

The copy is thrown away afterwards: nothing need be deleted, which the table of the audit would refuse.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from pickle import dumps, loads
from typing import Any

from django.db import connection, connections


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """Within it, every connection of every thread is to a copy of the migrated database."""
    with copied_database(folder) as name, connected_to(name):
        yield


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Within it, every connection of every thread is to the database of that name."""
    settings, kept = connection.settings_dict, connections["default"]
    before = {each: settings[each] for each in ("NAME", "CONN_MAX_AGE")}
    settings |= {"NAME": name, "CONN_MAX_AGE": 0}  # a thread that answers on looks at this copy the next time
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        settings |= before
        connections["default"] = kept


@dataclass(frozen=True)
class Made:
    """What was made in the database of that name; packed, since unpacking takes less than copying."""

    database: str
    packed: bytes

    def unpacked(self) -> Any:
        """As it was made: what is noted in one is not in the next."""
        return loads(self.packed)  # noqa: S301 - packed by this very process


@contextmanager
def made_in_a_copy(make: Callable[[], Any], folder: Path) -> Iterator[Made]:
    """Within it, there is a copy of the migrated database in which something was made."""
    with copied_database(folder, make.__name__) as name:
        with connected_to(name):
            made = dumps(make())
        yield Made(name, made)


def copied_database(folder: Path, suffix: str = "own") -> AbstractContextManager[str]:
    """The name of a copy of the test database, which is there within it."""
    return _on_sqlite(folder) if connection.vendor == "sqlite" else _on_postgresql(suffix)


@contextmanager
def _on_sqlite(folder: Path) -> Iterator[str]:
    """In a file, with the write-ahead log: the shared memory of the test database locks out a second thread."""
    file = str(folder / "own.sqlite3")
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    yield file


@contextmanager
def _on_postgresql(suffix: str) -> Iterator[str]:
    """From the test database as a template, which nobody may be connected to meanwhile."""
    template = connection.settings_dict["NAME"]
    name = f"{template}_{suffix}"
    connection.close()
    with connection._nodb_cursor() as cursor:  # what Django itself makes test databases with
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of so many people got, who all begin at the same moment; an exception is an answer too."""
    ready, answers = threading.Barrier(number), [None] * number

    def work(place: int) -> None:
        try:
            ready.wait(timeout=30)
            answers[place] = act(place)
        except Exception as error:  # noqa: BLE001 (whatever it is, the test judges it)
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[place]) for place in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers
