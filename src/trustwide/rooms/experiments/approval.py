"""What may begin: an experiment inside the limits, or one that a decision said yes to, as it was asked."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.decisions.models import Decision
from trustwide.rooms.experiments import queries
from trustwide.rooms.experiments.limits import fingerprint, standing_of
from trustwide.rooms.experiments.models import ENDED, RUNNING, STOPPED, Experiment
from trustwide.rooms.people.clock import today

OUTSIDE = _("It is outside the safe limits. Ask for a decision first; it may begin after a yes.")
NO_NEED = _("Nobody need be asked: it is inside the safe limits, or has begun.")
ALREADY = _("It has begun already, or is over. Plan a new test.")
SAY_WHAT = _("Say what happened, with the button “It is over”.")
NOT_BEGUN = _("It has not begun yet. Begin it, or stop it.")
GROWN = _("This would take it outside the limits under which it began. End it, and plan a new test.")
IN_ITS_WORDS = _("It is asked in the words of an experiment. Change that and ask again; this one can be taken back.")
#: What of a question tells whoever decides what they say yes to.
ASKED = {"title", "why", "options", "recommendation", "sort", "money", "reversible"}


def hold_question(decision: Decision, fields: list[str]) -> None:
    """NotNow where an experiment asked it: a yes to other words would let it begin."""
    if ASKED.intersection(fields) and queries.is_asked_by_one(decision):
        raise NotNow(IN_ITS_WORDS)


def is_approved(experiment: Experiment) -> bool:
    """Whether a decision said yes, or yes as a test, to what it says now."""
    return experiment.asked == fingerprint(experiment) and queries.was_agreed(experiment)


def enter(experiment: Experiment, stage: str) -> None:
    """NotNow where it may not go there. However it begins, its end and the limits of that day are written down."""
    if stage == RUNNING:
        _begin(experiment)
    if stage in ENDED and not experiment.happened:
        raise NotNow(SAY_WHAT)
    if stage in ENDED and stage != STOPPED and experiment.began_on is None:
        raise NotNow(NOT_BEGUN)
    if stage not in (RUNNING, *ENDED) and experiment.began_on is not None:
        raise NotNow(ALREADY)


def _begin(experiment: Experiment) -> None:
    if experiment.began_on is not None:
        raise NotNow(ALREADY)
    limits = queries.limits_for(experiment.place)
    if not (standing_of(experiment, limits).inside or is_approved(experiment)):
        raise NotNow(OUTSIDE)
    experiment.limits, experiment.began_on = limits, today()
    experiment.next_review = experiment.began_on + timedelta(weeks=experiment.weeks)


def holds_to_limits(experiment: Experiment) -> bool:
    """Whether one that runs is still what was let begin."""
    if experiment.stage != RUNNING:
        return True
    return standing_of(experiment, experiment.limits).inside or is_approved(experiment)


def hold_to_limits(experiment: Experiment) -> None:
    """Called after each change of its fields: the form says so first, in kinder words."""
    if not holds_to_limits(experiment):
        raise NotNow(GROWN)
