"""The house's own timed jobs: what is too old goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.jobs import actions
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register
from trustwide.rooms.people.actions import forget_ended_visits
from trustwide.rooms.people.actions_retention import forget_class
from trustwide.rooms.people.acts import forget_once_keys as forget_keys
from trustwide.rooms.people.retention import CLASSES
from trustwide.rooms.places.actions_people import close_left


@job(words=_("forget the keys of old forms"))
def forget_once_keys() -> None:
    forget_keys()


@job(words=_("clear away sessions that are over"))
def forget_sessions() -> None:
    forget_ended_visits()


@job(words=_("clear away jobs that are done"))
def forget_done_jobs() -> None:
    actions.forget_done(before=timezone.now() - timedelta(days=30))


@job(words=_("close the accounts of people who left"))
def close_left_accounts() -> None:
    close_left()


@job(words=_("find what was kept for long enough"))
def find_kept_for_long() -> None:
    """A job for each class of records that is not kept for good: what goes wrong with one does not stop the others."""
    night = timezone.localdate()
    for key, kept in CLASSES.items():
        if kept.kept is not None:
            later(forget_one_class, key=f"{key} {night}", name=key)


@job(words=_("take away what was kept for long enough"))
def forget_one_class(name: str) -> None:
    """Unless a newer version of Trustwide knows the class no more."""
    if name in CLASSES:
        forget_class(kept=CLASSES[name])


register(Timed(forget_sessions, every=60))
register(Timed(forget_once_keys, at_hour=3))
register(Timed(forget_done_jobs, at_hour=3))
register(Timed(close_left_accounts, at_hour=1))
register(Timed(find_kept_for_long, at_hour=2))
