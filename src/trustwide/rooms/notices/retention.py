"""How long this room keeps what it holds: what it keeps of a record goes with the record."""

from __future__ import annotations

from trustwide.rooms.notices.models import Choice
from trustwide.rooms.people.actions_retention import GO_WITH_A_PERSON
from trustwide.rooms.people.retention import RecordClass, register_class

GO_WITH_A_PERSON.append((Choice, "person"))
register_class(
    RecordClass(
        "channels",
        "Channels of teams",
        None,
        "",
        "until somebody takes one away; their addresses are sealed",
    )
)
