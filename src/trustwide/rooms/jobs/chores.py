"""The house's own timed jobs: what is too old goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.jobs import actions
from trustwide.rooms.jobs.queue import job
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.people.actions import forget_ended_visits
from trustwide.rooms.people.acts import forget_once_keys as forget_keys


@job(words=_("forget the keys of old forms"))
def forget_once_keys() -> None:
    forget_keys()


@job(words=_("clear away sessions that are over"))
def forget_sessions() -> None:
    forget_ended_visits()


@job(words=_("clear away jobs that are done"))
def forget_done_jobs() -> None:
    actions.forget_done(before=timezone.now() - timedelta(days=30))


register(Timed(forget_sessions, every=60))
register(Timed(forget_once_keys, at_hour=3))
register(Timed(forget_done_jobs, at_hour=3))
