"""How an experiment outside the limits is asked about, in the words of a decision request."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trustwide.rooms.decisions.models import MONEY, SERVICE
from trustwide.rooms.experiments.limits import Standing
from trustwide.rooms.experiments.models import YES, Experiment
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.working_time import working_day_after

DAYS = 5  # working days for an answer
LONGEST = {"question": 200, "why": 1_000, "recommendation": 500}


def question_of(experiment: Experiment, standing: Standing) -> dict[str, Any]:
    """What is asked, why it is asked at all, and by when: each as long as a decision request may be."""
    dear = standing.limits is not None and experiment.cost > standing.limits.cost
    told = {
        "question": _("May we try this: %(title)s") % {"title": experiment.title},
        "why": " ".join([_("It is outside the safe limits."), *standing.why]),
        "recommendation": _("Let us try it for %(weeks)s weeks. We think: %(expect)s")
        % {"weeks": experiment.weeks, "expect": experiment.expect},
    }
    return {
        **{name: words[: LONGEST[name]] for name, words in told.items()},
        "options": [_("Yes, try it as it is planned"), _("Yes, as a test, until a day"), _("No")],
        "sort": MONEY if dear else SERVICE,
        "money": experiment.cost or None,
        "reversible": experiment.reversible == YES,
        "needed_by": working_day_after(today(), DAYS),
    }
