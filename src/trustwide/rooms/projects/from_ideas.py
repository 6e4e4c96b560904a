"""The way from an idea to a small test of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.ideas.next_steps import NextStep, register_step
from trustwide.rooms.people.models import Person
from trustwide.rooms.projects import queries


def can_try(person: Person, idea: Any) -> bool:
    """Whoever may begin something in its organisation, while it is open."""
    return idea.closed_at is None and bool(queries.places_to_start(person, idea.organisation))


def address(idea: Idea) -> str:
    return f"/{idea.organisation.slug}/ideas/{idea.pk}/test/"


register_step(NextStep("small-test", _("Try it as a small test"), address, can_try, order=10))
