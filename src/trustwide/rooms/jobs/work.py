"""Doing the jobs that wait: each claimed by one worker, done whole or not at all, tried again after growing waits."""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import traceback
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trustwide.rooms.jobs.queue import JOBS, Job, new_work
from trustwide.rooms.jobs.timed import put_on_due

logger = logging.getLogger(__name__)

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
DONE, GIVEN_UP = TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED
#: How long after each failed try the next one comes, in minutes; after the last the job is given up.
WAITS = (1, 5, 30, 2 * 60, 6 * 60)
LOOK_EVERY = 2.0  # seconds between looks at an empty queue


class NotMine(Exception):
    """The job took so long that it was given to another worker; what was done of it here is undone."""


def work(stop: threading.Event) -> None:
    """Do jobs until told to stop. A database that is away is waited for."""
    while not stop.is_set():
        close_old_connections()
        try:
            put_on_due()
            give_back_lost()
            run_ready(stop)
        except Error as error:
            logger.warning("The queue cannot be read: %s", type(error).__name__)
            connection.close()
        new_work.wait(LOOK_EVERY)
        new_work.clear()


def run_ready(stop: threading.Event | None = None, *, most: int | None = None) -> int:
    """Do the jobs whose time has come, those that come of them too; how many were tried."""
    tried = 0
    while not (stop and stop.is_set()) and (most is None or tried < most):
        mine = _claim()
        if mine is None:
            break
        _try(mine)
        tried += 1
    return tried


def give_back_lost() -> int:
    """Jobs that were begun so long ago that whoever began them must have died are ready again, or given up."""
    long_ago = timezone.now() - timedelta(seconds=settings.JOB_LEASE)
    with transaction.atomic():
        # Whoever is still at a job of one transaction holds its row, which is passed over here.
        lost = DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=RUNNING, started_at__lt=long_ago)
        for each in lost:
            _fail(each, "the worker stopped in the middle", at_once=True)
    return len(lost)


def _claim() -> DBTaskResult | None:
    """Take the next job: one statement that only one worker's can be."""
    ready = DBTaskResult.objects.filter(status=READY, run_after__lte=timezone.now())
    while (found := ready.first()) is not None:
        found.started_at, found.worker_ids = timezone.now(), [*found.worker_ids, _name()]
        taken = {"status": RUNNING, "started_at": found.started_at, "worker_ids": found.worker_ids}
        if DBTaskResult.objects.filter(pk=found.pk, status=READY).update(**taken):
            return found
    return None


def _name() -> str:
    return f"{socket.gethostname()[:30]} {os.getpid()} {threading.get_ident() % 10_000}"


def _try(mine: DBTaskResult) -> None:
    job, what = JOBS.get(mine.task_path), mine.args_kwargs["kwargs"]
    try:
        if job is None:
            raise LookupError(f"there is no job called {mine.task_path}")
        (_do_outside if job.outside else _do_whole)(job, mine, what)
    except NotMine:
        logger.warning("Job %s (%s) took longer than its lease", mine.pk, mine.task_path)
    except Error:
        connection.close_if_unusable_or_obsolete()
        connection.ensure_connection()  # where the database is away, nothing can be marked: the lease runs out
        _fail_now(mine)
    except Exception:  # noqa: BLE001 (whatever it is, the job is tried again and the worker goes on)
        _fail_now(mine)


def _do_whole(job: Job, mine: DBTaskResult, what: dict[str, Any]) -> None:
    """All that it writes and the mark that it is done are one transaction: a kill undoes both."""
    with transaction.atomic():
        _mark_done(mine)
        job.task.call(**what)


def _do_outside(job: Job, mine: DBTaskResult, what: dict[str, Any]) -> None:
    """What was sent cannot be undone, so the mark comes after: a kill between the two sends it again."""
    job.task.call(**what)
    _mark_done(mine)


def _mark_done(mine: DBTaskResult) -> None:
    done = {"status": DONE, "finished_at": timezone.now(), "exception_class_path": "", "traceback": ""}
    if not _still(mine).update(**done):
        raise NotMine


def _still(mine: DBTaskResult) -> Any:
    """The job while it is ours: nobody has claimed it since."""
    return DBTaskResult.objects.filter(pk=mine.pk, status=RUNNING, started_at=mine.started_at)


def _fail_now(mine: DBTaskResult) -> None:
    error = sys.exc_info()[1]
    logger.warning("Job %s (%s) failed: %s", mine.pk, mine.task_path, type(error).__name__)
    _fail(mine, f"{type(error).__module__}.{type(error).__qualname__}", _where(error))


def _where(error: BaseException | None) -> str:
    """The lines of code it passed through, without its message: that may hold what somebody typed."""
    return "".join(traceback.format_tb(error.__traceback__)) if error else ""


def _fail(mine: DBTaskResult, why: str, where: str = "", *, at_once: bool = False) -> None:
    """Ready again after a wait that grows with each try, or given up after the last."""
    tries = len(mine.worker_ids)
    told: dict[str, Any] = {"exception_class_path": why, "traceback": where}
    if tries > len(WAITS):
        told |= {"status": GIVEN_UP, "finished_at": timezone.now()}
    else:
        wait = timedelta(minutes=0 if at_once else WAITS[tries - 1])
        told |= {"status": READY, "run_after": timezone.now() + wait}
    _still(mine).update(**told)
