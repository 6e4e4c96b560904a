"""What this room does by itself each day: charts move, and with them where projects stand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.jobs.queue import job
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.projects.models import Project
from trustwide.rooms.projects.standing_kept import keep_standing

AT_ONCE = 200


@job(words=_("work out where projects stand"))
def look_at_projects() -> None:
    """Those that go on: what ended stays as it was."""
    going_on = list(Project.objects.filter(closed_at=None).order_by("pk"))
    for start in range(0, len(going_on), AT_ONCE):
        keep_standing(going_on[start : start + AT_ONCE])


register(Timed(look_at_projects, at_hour=5))
