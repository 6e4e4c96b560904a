"""Whether this server answers, and whether it can do its work: for whoever watches it. No secrets, no names."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from trustwide.house.archive import LAST_BACKUP
from trustwide.rooms.people.gates import public

LEAST_FREE = 0.05  # of the disk: below it SQLite may soon be unable to write
READY = "ready"
#: Once every migration was there they stay there as long as this process: looking again is work that anybody could ask.
_migrated: set[str] = set()


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _plain("ok\n", 200)


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """A line for each part that the work needs, 503 where one of them is not ready; and how old the backup is.

    An old backup is told and no more: to send people elsewhere would not make a new one.
    """
    found = {name: look() for name, look in PARTS.items()}
    status = 200 if set(found.values()) == {READY} else 503
    found["backup"] = backup()
    return _plain("".join(f"{name}: {said}\n" for name, said in found.items()), status)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def database() -> str:
    """It answers, has all its tables, and takes a row: a copy that may only be read answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if str(connection.settings_dict["NAME"]) not in _migrated and (lacks := _migrations()) != READY:
            return lacks
    except Error:
        return "does not answer"
    try:
        _write_and_take_back()
    except Error:
        return "cannot be written to"
    return READY


def _write_and_take_back() -> None:
    """A session that is over and that nobody has the key of: even if it stayed, it would open nothing."""
    with transaction.atomic():
        Session.objects.create(session_key=uuid4().hex, session_data="", expire_date=now() - timedelta(days=1))
        transaction.set_rollback(True)


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "lacks tables or columns; type: trustwide prepare"
    _migrated.add(str(connection.settings_dict["NAME"]))
    return READY


def files() -> str:
    kept = settings.DATA / "files"  # made with the first file
    folder = kept if kept.exists() else settings.DATA
    return READY if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) else "the data folder cannot be written to"


def disk() -> str:
    try:
        space = shutil.disk_usage(settings.DATA)
    except OSError:
        return "the data folder is not there"
    return READY if space.free >= LEAST_FREE * space.total else "nearly full"


def backup() -> str:
    """How long ago the last whole backup was made, in days or hours."""
    try:
        made = (settings.DATA / LAST_BACKUP).stat().st_mtime
    except OSError:
        return "none was made yet"
    hours = max(0, int(time.time() - made)) // 3600
    count, unit = (hours // 24, "day") if hours >= 48 else (hours, "hour")
    return f"made {count} {unit}{'' if count == 1 else 's'} ago"


PARTS: dict[str, Callable[[], str]] = {"database": database, "files": files, "disk": disk}
