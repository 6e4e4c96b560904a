"""How long this room keeps what it holds beside its records."""

from __future__ import annotations

from datetime import timedelta

from trustwide.rooms.gains.models import Answers
from trustwide.rooms.people.retention import RecordClass, register_class, rows

register_class(
    RecordClass(
        "ten-answers",
        "What people answered about whether a change lasts",
        timedelta(days=3 * 365),
        "after they answered",
        "they are compared over the first year, and looked back on a while",
        **rows(lambda before: Answers.objects.filter(at__lt=before)),
    )
)
register_class(
    RecordClass(
        "verdicts",
        "What teams made of a change, and signals of its measure",
        None,
        "",
        "they go with the gain; together they tell how it went",
    )
)
