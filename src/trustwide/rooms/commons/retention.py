"""How long records are kept, and all that hangs on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from trustwide.rooms.commons import files
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import File, Notice, Record
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.retention import YEAR, RecordClass, register_class, rows


def closed(before: datetime) -> QuerySet[Any]:
    return Record.objects.filter(closed_at__lt=before)


def forget_closed(before: datetime) -> int:
    """Records that were closed long ago go, each with a row in its organisation's audit; how many.

    One that others need (the database says so) stays until they go.
    """
    return sum(_forget(kind_of(each).model.objects.get(pk=each.pk)) for each in list(closed(before)))


def _forget(record: Record) -> int:
    digests = set(File.objects.filter(record=record).values_list("sha256", flat=True))
    number, organisation = record.pk, record.organisation_id
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        return 0
    record.pk = number  # Django takes it away with the row
    record_act(by=None, verb="forgot", thing=record, organisation=organisation)
    for digest in digests - set(File.objects.filter(sha256__in=digests).values_list("sha256", flat=True)):
        transaction.on_commit(lambda digest=digest: files.remove(digest))  # type: ignore[misc]
    return 1


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
