"""What commons does by itself: the bytes of files follow the rows that named them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import files
from trustwide.rooms.commons.models import File
from trustwide.rooms.jobs.queue import job
from trustwide.rooms.jobs.timed import Timed, register


@job(words=_("take away files that no record holds any more"))
def take_files_away() -> None:
    """Also those that a process which was killed had stored and not named."""
    files.take_away(set(File.objects.values_list("sha256", flat=True)))


register(Timed(take_files_away, every=60))
