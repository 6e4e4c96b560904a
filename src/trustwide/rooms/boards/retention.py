"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta

from trustwide.rooms.boards.models import Plan
from trustwide.rooms.people.retention import RecordClass, register_class, rows

register_class(
    RecordClass(
        "plans",
        "Plans of a day on teams’ boards",
        timedelta(days=90),
        "after their day",
        "a plan is of use on its day, and for looking back a while",
        **rows(lambda before: Plan.objects.filter(day__lt=before.date())),
    )
)
register_class(
    RecordClass(
        "huddles",
        "Huddles of teams, and thanks on their boards",
        None,
        "",
        "a team looks back over years; a thank-you can be taken off at any time",
    )
)
