"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from trustwide.rooms.measures.actions import KEEP_UPLOADS
from trustwide.rooms.measures.models import Upload
from trustwide.rooms.people.retention import RecordClass, register_class, rows

register_class(
    RecordClass(
        "uploads",
        "Files of measures on their way in",
        KEEP_UPLOADS,
        "after they were sent",
        "what was taken from them is kept for itself",
        **rows(lambda before: Upload.objects.filter(created_at__lt=before)),
    )
)
register_class(
    RecordClass(
        "reports",
        "Board reports, with their numbers",
        None,
        "",
        "they are papers of a board; whoever may, removes one by hand",
    )
)
