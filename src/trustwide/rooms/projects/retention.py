"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "project-teams",
        "Who was in the team of a project, and the hours it had",
        None,
        "",
        "it goes with its project; whoever is in a team can be taken out at any time",
    )
)
