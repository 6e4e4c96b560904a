"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "steps",
        "What happened to what was raised, step by step",
        None,
        "",
        "it goes with its item; measures of how soon people are answered are worked out from it",
    )
)
