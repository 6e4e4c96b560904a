"""Trying an idea: its page offers to plan an experiment, which is joined to it once it is there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.links import CAME_FROM
from trustwide.rooms.commons.models import Link
from trustwide.rooms.experiments.models import Experiment
from trustwide.rooms.ideas.actions_ideas import begin_trying
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.ideas.next_steps import NextStep, register_step
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of


def address(idea: Idea) -> str:
    """The form, with what the idea says already."""
    told = urlencode({"tries": idea.pk, "title": idea.title, "place": idea.place.slug})
    return f"/{idea.organisation.slug}/experiments/new/?{told}"


def open_to(person: Person, idea: Idea) -> bool:
    """Whoever works in its organisation, at any place there."""
    may = KINDS[Experiment._meta.label_lower].add
    held = [each.place for each in reach_of(person).roles]
    return any(reach_of(person).may(may, each) for each in held if each.organisation_id == idea.organisation_id)


def join_to_idea(experiment: Any) -> None:
    """Once, as it is planned: by whoever plans it."""
    if experiment.tries_id is None or experiment.version != 1:
        return
    if not Link.objects.filter(start=experiment.pk, end=experiment.tries_id, meaning=CAME_FROM).exists():
        begin_trying(by=experiment.updated_by, idea=experiment.tries, work=experiment)


register_step(NextStep("experiment", _("Try it for a short while"), address, open_to, order=10))
