"""How long records are kept, and all that hangs on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from trustwide.rooms.commons.actions_retention import forget_record
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import Notice, Record
from trustwide.rooms.people.retention import YEAR, RecordClass, register_class, rows


def closed(before: datetime) -> QuerySet[Any]:
    return Record.objects.filter(closed_at__lt=before)


def forget_closed(before: datetime) -> int:
    """Take away records that were closed long ago; how many."""
    records = [kind_of(each).model.objects.get(pk=each.pk) for each in closed(before)]
    return sum(forget_record(record=each) for each in records)


register_class(
    RecordClass(
        "closed-records",
        "Records that are closed, with their versions, comments, files, links and numbers",
        8 * YEAR,
        "after they were closed",
        "as long as most records of care are kept, so that what was learned can be found; open ones stay",
        due=lambda before: closed(before).count(),
        forget=forget_closed,
    )
)
register_class(
    RecordClass(
        "notices",
        "Notices",
        YEAR,
        "after they were left",
        "what they told of is in the record itself",
        **rows(lambda before: Notice.objects.filter(at__lt=before)),
    )
)
