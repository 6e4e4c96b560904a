"""What comes round: each morning, questions that got no word by their day go up."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.decisions import queries
from trustwide.rooms.decisions.actions import raise_silent
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.people.clock import today


@job(words=_("find decisions that nobody made in time"))
def find_silent() -> None:
    """A job for each: what goes wrong with one does not hold up the others."""
    for number, of in queries.silent(today()).values_list("pk", "organisation"):
        later(raise_one, key=f"{number} {today()}", of=of, decision=str(number))


@job(words=_("pass up a decision that nobody made in time"))
def raise_one(decision: str) -> None:
    raise_silent(decision=queries.decision_numbered(UUID(decision)))


register(Timed(find_silent, at_hour=7))
