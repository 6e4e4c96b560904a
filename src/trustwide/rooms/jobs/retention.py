"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from trustwide.rooms.jobs import actions, queries
from trustwide.rooms.people.retention import RecordClass, register_class


def forget(before: datetime) -> int:
    return actions.forget_done(before=before)


register_class(
    RecordClass(
        "jobs",
        "Jobs that were done, or given up",
        timedelta(days=30),
        "after they ended",
        "what they did stands where they did it",
        due=queries.ended_before,
        forget=forget,
    )
)
