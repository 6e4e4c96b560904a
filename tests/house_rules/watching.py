"""What an act or a page writes, as the database is told it, and whether somebody is told who did it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection

from trustwide.rooms.people.models import AuditRow

#: Tables that may be written without telling who, and why.
UNTOLD = {
    "django_session": "signing in and out has its own log",
    "people_visit": "sessions, which come and go with their time limits",
    "commons_notice": "what somebody was told of and has read; the act that it tells is told",
    "django_tasks_database_dbtaskresult": "work put off; the act that it follows from is told",
    "people_oncekey": "what came of a form; the act itself is told",
    "commons_searchtext": "the words of a record, which is told",
    "commons_meaning": "what a record is about, which is told",
}
TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
AUDIT = AuditRow._meta.db_table


class Cut(Exception):
    """The moment at which the power goes."""


@contextmanager
def watching(cut_at: int = 0) -> Iterator[list[str]]:
    """The tables of ours that are written to, in order; with `cut_at`, that write fails, counted from 1."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        found = WRITE.match(sql)
        if found and found[1] in TABLES:
            written.append(found[1])
            if len(written) == cut_at:
                raise Cut
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield written


@contextmanager
def each_transaction() -> Iterator[list[tuple[int, str]]]:
    """Each table that is written to, with the number of its transaction; what is rolled back is not written.

    Within a transaction that takes all back in the end, each savepoint of its own is one, and so is what is outside.
    """
    outside, number, within, begun = len(connection.atomic_blocks), count(), [None], {}
    written = list[tuple[int, str]]()

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        block = next(iter(connection.atomic_blocks[outside:]), None)
        if sql.startswith("ROLLBACK TO"):
            del written[begun[sql.split()[-1]] :]
        if sql.startswith("SAVEPOINT"):
            begun[sql.split()[-1]] = len(written)
        answer, table = execute(sql, *arguments), WRITE.match(sql)
        if table and table[1] in TABLES and arguments[-1]["cursor"].rowcount:
            goes_on = written and block is not None and block is within[0]
            written.append((written[-1][0] if goes_on else next(number), table[1]))
        within[0] = block
        return answer

    with connection.execute_wrapper(note):
        yield written


def by_transaction(written: list[tuple[int, str]]) -> list[list[str]]:
    """The tables of each transaction."""
    return [[table for _number, table in each] for _number, each in groupby(written, key=itemgetter(0))]


def untold(written: list[str]) -> list[str]:
    """The tables of one transaction that were written with nobody told; none where it has an audit row."""
    return [] if AUDIT in written else sorted(set(written) - set(UNTOLD))
