"""The kind of record that this room owns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.decisions.writing import STANDING
from trustwide.rooms.experiments import approval, from_ideas, page
from trustwide.rooms.experiments.models import CHANGED, KEPT, PLANNED, RUNNING, STOPPED, Experiment


def after_saving(experiment: Experiment) -> None:
    approval.hold_to_limits(experiment)
    from_ideas.join_to_idea(experiment)


STANDING.append(approval.hold_question)
register(
    Kind(
        model=Experiment,
        address="experiments",
        one=_("experiment"),
        many=_("Experiments"),
        why=_("Something small that a team tries for a short while. Inside the safe limits nobody has to be asked."),
        example=_("Tablets ordered the evening before. We think 8 of 10 will be ready by 11."),
        write=_("Plan an experiment"),
        form="trustwide.rooms.experiments.forms.ExperimentForm",
        typed=("title", "what", "expect", "rethought", "scope", "stop_signs", "must_know", "happened"),
        stages=(
            Stage(PLANNED, _("Planned")),
            Stage(RUNNING, _("Being tried")),
            Stage(KEPT, _("Kept"), closed=True),
            Stage(CHANGED, _("To be changed and tried again"), closed=True),
            Stage(STOPPED, _("Stopped"), closed=True),
        ),
        parts="experiments/experiment-parts.jinja",
        shows=page.of_experiment,
        saved=after_saving,
        fact=page.fact_of,
        enters=approval.enter,
        due_by=_("Your experiment ends on %(day)s"),
        due=_("Your experiment is over: what happened?"),
        columns=((_("Written afterwards"), lambda experiment: _("yes") if experiment.rethought else ""),),
        tried_before=True,
        again=page.again_words,
        beside=((_("The safe limits: what needs nobody’s permission"), "../safe-limits/"),),
        in_menu=False,
    )
)
