"""What allauth does to a person's account is kept in the audit too: these listen for it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save

from trustwide.rooms.people import actions, sessions


def step_added(sender: object, instance: Authenticator, created: bool, **_more: Any) -> None:
    if created:
        actions.record_second_step(person=instance.user, verb="added-step", thing=instance)


def step_removed(sender: object, instance: Authenticator, **_more: Any) -> None:
    actions.record_second_step(person=instance.user, verb="removed-step", thing=instance)


def connect() -> None:
    """As the tables change, so that the audit row is in the change's own transaction."""
    post_save.connect(step_added, sender=Authenticator, dispatch_uid="people.step_added")
    post_delete.connect(step_removed, sender=Authenticator, dispatch_uid="people.step_removed")
    sessions.connect()
