"""The kind of record that this room owns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.actions import look_again
from trustwide.rooms.measures.board_report import first_sentence
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.reach import reach_of


def shows(person: Person, measure: Measure) -> dict[str, Any]:
    """The chart of a measure, and how its limits were reset."""
    series = queries.charts_of([measure]).get(measure.pk)
    may_number = reach_of(person).may(May.MEASURE, measure.place)
    return {"series": series, "resets": list(queries.resets_of(measure)), "may_number": may_number}


def fact(measure: Measure) -> str:
    """The first sentence of what its chart says."""
    return first_sentence(measure.sentence)


register(
    Kind(
        model=Measure,
        address="measures",
        one=_("measure"),
        many=_("Measures"),
        why=_("A measure shows whether our work is getting better. Its chart tells a real change from ups and downs."),
        example=_("Medicines to take home, ready by 11 in the morning: how many of each day’s ten."),
        write=_("Add a measure"),
        form="trustwide.rooms.measures.forms.MeasureForm",
        typed=("title", "why", "definition", "source"),
        stages=(Stage("live", _("Live"), _("Use it again")), Stage("ended", _("Ended"), _("End it"), closed=True)),
        add=May.MEASURE,
        parts="measures/measure-parts.jinja",
        shows=shows,
        saved=lambda measure: look_again([measure]),
        fact=fact,
        button=60,
    )
)
