"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta

from trustwide.rooms.devices.models import Arrival, Pin, Tries
from trustwide.rooms.devices.pins import FORGET_TRIES
from trustwide.rooms.people.actions_retention import GO_WITH_A_PERSON
from trustwide.rooms.people.retention import RecordClass, register_class, rows

GO_WITH_A_PERSON.append((Pin, "person"))
register_class(
    RecordClass(
        "devices",
        "Shared devices, and who joined them",
        None,
        "",
        "what was added there names them",
    )
)
register_class(
    RecordClass(
        "tries",
        "How often a PIN was wrong of late",
        FORGET_TRIES,
        "after the last time",
        "by then nobody waits for it",
        **rows(lambda before: Tries.objects.filter(last_at__lt=before, waits_until=None)),
    )
)
register_class(
    RecordClass(
        "arrivals",
        "Keys of what was added at a board",
        timedelta(days=90),
        "after it came",
        "a device that has no network for longer is not in use",
        **rows(lambda before: Arrival.objects.filter(at__lt=before)),
    )
)
