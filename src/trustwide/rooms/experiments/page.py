"""What the page of an experiment shows beneath its title."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.decisions.models import Decision
from trustwide.rooms.experiments import queries
from trustwide.rooms.experiments.approval import is_approved
from trustwide.rooms.experiments.limits import fingerprint, in_words, standing_of
from trustwide.rooms.experiments.models import ANSWERS, DESKS, ENDED, PLANNED, RUNNING, TICKS, Experiment
from trustwide.rooms.people.models import Person


def of_experiment(person: Person, experiment: Experiment) -> dict[str, Any]:
    """How it stands to the limits: to those of the day it began, once it has; else to today's."""
    begun = experiment.began_on is not None
    limits = experiment.limits if begun else queries.limits_for(experiment.place)
    standing = standing_of(experiment, limits, queries.contacts_for(experiment.place))
    return {
        "standing": standing,
        "approved": not standing.inside and is_approved(experiment),
        "decision": queries.decision_of(person, experiment),
        "asked_as_it_is": experiment.asked == fingerprint(experiment) and not queries.was_taken_back(experiment),
        "stage_words": {each.key: each.name for each in KINDS[Decision._meta.label_lower].stages},
        "lines": in_words(limits) if limits else [],
        "ticks": [(TICKS[name], ANSWERS.get(getattr(experiment, name), ""), DESKS[name]) for name in TICKS],
        "planned": experiment.stage == PLANNED,
        "running": experiment.stage == RUNNING,
    }


def fact_of(experiment: Experiment) -> str:
    """What it is thought to do, until when while it runs, and what came of it; what was thought late says so."""
    said = []
    if experiment.stage == RUNNING and experiment.next_review:
        said.append(_("Until %(day)s.") % {"day": date_format(experiment.next_review, "j F")})
    said.append(_("We think: %(expect)s") % {"expect": experiment.expect[:140]})
    if experiment.rethought:
        said.append(_("(written afterwards: %(words)s)") % {"words": experiment.rethought[:140]})
    if experiment.happened:
        said.append(_("What happened: %(words)s") % {"words": experiment.happened[:140]})
    return " ".join(said)


def again_words(experiment: Experiment) -> str:
    """What it took, once it is over: so much the next team needs too."""
    if experiment.stage not in ENDED:
        return ""
    told = {"cost": f"{experiment.cost:,}", "people": experiment.people, "weeks": experiment.weeks}
    told |= {"who": experiment.must_know}
    return _("at most £%(cost)s, %(people)s people, %(weeks)s weeks. Who must know: %(who)s") % told
