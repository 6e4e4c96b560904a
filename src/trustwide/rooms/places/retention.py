"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta

from trustwide.rooms.people.retention import YEAR, RecordClass, register_class, rows
from trustwide.rooms.places.models import Deputy, KeptSheet

register_class(
    RecordClass(
        "places",
        "Places, what they were called before, and who held which role there",
        None,
        "",
        "without them nobody could read where older work was done",
    )
)
register_class(
    RecordClass(
        "sheets",
        "Files of places or people on their way in",
        timedelta(days=1),
        "after they were sent",
        "what was taken from them is kept for itself",
        **rows(lambda before: KeptSheet.objects.filter(created_at__lt=before)),
    )
)
register_class(
    RecordClass(
        "deputies",
        "Who answered for whom while they were away",
        2 * YEAR,
        "after the last day",
        "so that people can still see why somebody else answered",
        **rows(lambda before: Deputy.objects.filter(ends__lt=before.date())),
    )
)
