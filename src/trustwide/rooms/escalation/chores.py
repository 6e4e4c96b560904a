"""What comes round: every quarter of an hour, what nobody answered in time rises."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.actions_clock import note_read, pass_on, raise_late
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.people.clock import now, today


@job(words=_("find what nobody answered in time"))
def find_late() -> None:
    """A job for each: what goes wrong with one does not hold up the others."""
    for number, due, of in queries.items_to_rise(now()).values_list("pk", "due_at", "organisation"):
        later(raise_one, key=f"{number} {due.isoformat()}", of=of, item=str(number))


@job(words=_("pass up what nobody answered in time"))
def raise_one(item: str) -> None:
    raise_late(item=queries.item_numbered(UUID(item)))


@job(words=_("find what lies with people who no longer answer"))
def find_left() -> None:
    for number, of in queries.items_left():
        later(pass_one, key=f"{number} {today()}", of=of, item=str(number))


@job(words=_("pass on what lies with somebody who no longer answers"))
def pass_one(item: str) -> None:
    pass_on(item=queries.item_numbered(UUID(item)))


@job(words=_("find whose answers were read"))
def find_read() -> None:
    for number, of in queries.items_read():
        later(close_one, key=f"{number} {today()}", of=of, item=str(number))


@job(words=_("close what was answered, and the answer read"))
def close_one(item: str) -> None:
    note_read(item=queries.item_numbered(UUID(item)))


register(Timed(find_read, every=30))
register(Timed(find_late, every=15))
register(Timed(find_left, at_hour=7))
