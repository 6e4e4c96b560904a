"""Putting work off until later: a row of our own database, written with what it follows from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django_tasks import task as library_task
from django_tasks.base import Task, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from trustwide.rooms.people.ids import uuid7

NAMESPACE = UUID("6f0d2f3e-7d5a-5c1c-9a38-3f8f6b6d1c52")
#: The worker of this process, if there is one, need not wait for its next look.
new_work = threading.Event()


@dataclass(frozen=True)
class Job:
    """A kind of job: what it does in words, and whether it does something outside our database."""

    task: Task[..., Any]
    words: Any
    outside: bool


JOBS: dict[str, Job] = {}


def job(*, words: Any, outside: bool = False) -> Callable[[Callable[..., None]], Task[..., Any]]:
    """Make a function of a module a job. `words` end the sentence "Trustwide could not …"."""

    def declare(function: Callable[..., None]) -> Task[..., Any]:
        task = library_task()(function)
        JOBS[task.module_path] = Job(task, words, outside)
        return task

    return declare


def later(
    task: Task[..., Any], *, key: str = "", after: datetime | None = None, of: UUID | None = None, **what: Any
) -> UUID:
    """Have a job done, with those arguments; its id. The same `key` again is the job that is there already.

    It is a row of the transaction in hand: undone with it. `of` is the organisation whose administrators are told
    where it cannot be done; without one, those of every organisation are, so it must name nobody's things.
    """
    number = uuid5(NAMESPACE, f"{task.module_path} {key}") if key else uuid7()
    wanted = {
        "task_path": task.module_path,
        "args_kwargs": normalize_json({"args": [], "kwargs": what, "of": str(of or "")}),
        "queue_name": task.queue_name,
        "backend_name": task.backend,
        "run_after": after or timezone.now(),
    }
    DBTaskResult.objects.get_or_create(id=number, defaults=wanted)
    transaction.on_commit(new_work.set)
    return number


def is_waiting(task: Task[..., Any]) -> bool:
    """Whether such a job waits to be begun: what is committed by now, it will find."""
    return DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY).exists()
