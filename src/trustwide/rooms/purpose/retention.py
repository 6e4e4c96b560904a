"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "rounds",
        "What each side said of an objective",
        None,
        "",
        "it goes with its objective",
    )
)
