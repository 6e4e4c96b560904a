"""What administrators are told of the jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, Q
from django_tasks_db.models import DBTaskResult

from trustwide.rooms.jobs.queue import JOBS
from trustwide.rooms.jobs.work import DONE, GIVEN_UP, READY
from trustwide.rooms.places.models import Place

MOST = 50


@dataclass(frozen=True)
class Told:
    """One job in words."""

    job: DBTaskResult
    words: Any

    @property
    def tries(self) -> int:
        return len(self.job.worker_ids)


def _of(organisation: Place) -> Q:
    """An organisation's own jobs and those of the house: never another organisation's."""
    houses = Q(args_kwargs__of="") | Q(args_kwargs__of__isnull=True)
    return houses | Q(args_kwargs__of=str(organisation.pk))


def may_be_told(organisation: Place, job: DBTaskResult) -> bool:
    return job.args_kwargs.get("of", "") in ("", str(organisation.pk))


def given_up(organisation: Place) -> list[Told]:
    """What was tried to the end and could not be done, the latest first."""
    found = DBTaskResult.objects.filter(_of(organisation), status=GIVEN_UP).order_by("-finished_at")
    return [Told(each, _words(each)) for each in found[:MOST]]


def job_of(organisation: Place, number: UUID) -> DBTaskResult | None:
    return DBTaskResult.objects.filter(_of(organisation), pk=number).first()


def still_trying(organisation: Place) -> list[Told]:
    """What failed at least once and will be tried again, the next first."""
    failed = DBTaskResult.objects.filter(_of(organisation), status=READY).exclude(exception_class_path="")
    return [Told(each, _words(each)) for each in failed.order_by("run_after")[:MOST]]


def oldest_waiting() -> Any:
    """When the job that has waited longest should have been done; None where none waits. For those who watch."""
    return DBTaskResult.objects.filter(status=READY).aggregate(oldest=Min("run_after"))["oldest"]


def waiting() -> int:
    """How many jobs are to be done, now or later. For those who watch."""
    return DBTaskResult.objects.filter(status=READY).count()


def not_done() -> int:
    """How many jobs were given up. For those who watch."""
    return DBTaskResult.objects.filter(status=GIVEN_UP).count()


def ended_before(moment: datetime) -> int:
    """How many jobs were done, or given up, before that moment."""
    return DBTaskResult.objects.filter(status__in=(DONE, GIVEN_UP), finished_at__lt=moment).count()


def _words(job: DBTaskResult) -> Any:
    known = JOBS.get(job.task_path)
    return known.words if known else job.task_name
