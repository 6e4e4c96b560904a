"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "pots",
        "Pots, what teams drew from them and what came of it",
        None,
        "",
        "they are the board’s own account of what it set aside; words of a draw can be blanked out",
    )
)
register_class(
    RecordClass(
        "benefits",
        "Benefits of mini business cases, who agreed to them, and what was seen",
        None,
        "",
        "they go with their case",
    )
)
