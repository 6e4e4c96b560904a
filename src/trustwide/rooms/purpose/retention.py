"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from trustwide.rooms.people.retention import RecordClass, register_class
from trustwide.rooms.purpose.models import DocumentCheck

register_class(
    RecordClass(
        "rounds",
        "What each side said of an objective",
        None,
        "",
        "it goes with its objective",
    )
)


def unread(before: datetime) -> QuerySet[Any]:
    return DocumentCheck.objects.filter(created_at__lt=before).exclude(text="")


register_class(
    RecordClass(
        "unread-texts",
        "Texts of documents that nothing has read",
        timedelta(days=30),
        "after they were sent",
        "a text goes once it was read; one that never was is not kept for that",
        due=lambda before: unread(before).count(),
        forget=lambda before: unread(before).update(text=""),
    )
)
