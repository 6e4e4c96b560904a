"""How long this room keeps what hangs on its records."""

from __future__ import annotations

from trustwide.rooms.people.retention import RecordClass, register_class

register_class(
    RecordClass(
        "angles-and-answers",
        "Angles on problems, replies to questions, answers to ideas, their later words and who supports them",
        None,
        "",
        "they go with their problem or idea; a reply without a name has none to take away",
    )
)
