"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from datetime import timedelta

from trustwide.rooms.decisions.models import Slot
from trustwide.rooms.people.retention import RecordClass, register_class, rows

register_class(
    RecordClass(
        "schemes",
        "Who may decide what, and what it said before",
        None,
        "",
        "so that every decision can be read with the line by which it was made",
    )
)
register_class(
    RecordClass(
        "drop-ins",
        "Drop-ins with those who decide, and who booked them",
        timedelta(days=90),
        "after their day",
        "they are of use until they are held",
        **rows(lambda before: Slot.objects.filter(starts_at__lt=before)),
    )
)
