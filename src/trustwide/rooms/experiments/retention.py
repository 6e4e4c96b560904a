"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "safe-limits",
        "Safe limits of a board, and whom to ask",
        None,
        "",
        "each experiment names the limits under which it began; contacts are written over",
    )
)
