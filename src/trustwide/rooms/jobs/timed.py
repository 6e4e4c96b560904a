"""What runs when: one table, to which each room adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

from trustwide.rooms.jobs.queue import later


@dataclass(frozen=True)
class Timed:
    """A job that comes round: every so many minutes, or each day at an hour of the clock on the wall."""

    task: Task[..., Any]
    every: int = 0  # minutes, by which an hour or a day can be divided
    at_hour: int = 0

    def slot(self, moment: datetime) -> str:
        """The latest time it should have run by that moment, as a name: a job of that name is put on once."""
        if self.every:
            past = int(moment.timestamp()) // 60 // self.every * self.every
            return datetime.fromtimestamp(past * 60, UTC).isoformat()
        here = timezone.localtime(moment)
        return (here.date() - timedelta(days=here.hour < self.at_hour)).isoformat()


TIMED: list[Timed] = []
_put_on: dict[str, str] = {}  # what this process put on last, so that it asks the database once a slot


def register(timed: Timed) -> None:
    """Called once by each timed job's room, as it is loaded."""
    TIMED.append(timed)


def put_on_due() -> None:
    """Put on each timed job that is due and was not put on yet, by any worker. A missed one runs late, and once."""
    for each in TIMED:
        slot = each.slot(timezone.now())
        if _put_on.get(each.task.module_path) != slot:
            later(each.task, key=slot)
            _put_on[each.task.module_path] = slot
