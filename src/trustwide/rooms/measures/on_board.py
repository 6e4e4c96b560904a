"""What a team's board tells of measures elsewhere, how a number is added there, and when numbers are old."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines.spc.model import Series
from trustwide.rooms.commons.board_records import ask_for_boards, records_on_board
from trustwide.rooms.devices.parts import Addition, BoardPart, register_addition, register_part
from trustwide.rooms.measures import actions, importing, queries
from trustwide.rooms.measures.board_report import first_sentence
from trustwide.rooms.measures.forms import SHARES
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

WENT_WELL = 2
#: When the newest number of a measure is old: a whole period has passed in which none came. Rare events are never late.
LATE_AFTER = {"day": 3, "week": 21, "month": 75, "quarter": 215}
#: The part of a sentence that dates its newest number.
UNTIL = re.compile(r" \(to [^)]*\)| to [^:.]*(?=:)")


def wall_words(measure: Measure) -> str:
    """What its chart says, for a place where its name and the day of its newest number stand beside it.

    "Falls have been lower than usual for 9 weeks (to 4 May 2026)." is "Lower than usual for 9 weeks." there.
    """
    told = first_sentence(measure.sentence)
    if not told.startswith(measure.title):
        return told
    bare = UNTIL.sub("", told.removeprefix(measure.title).strip(" :"))
    bare = re.sub(r"^(has|have) (been )?", "", bare)
    return bare[:1].upper() + bare[1:]


def is_late(measure: Measure, series: Series) -> bool:
    """Whether a whole period has passed in which no number came."""
    days = LATE_AFTER.get(measure.every)
    return days is not None and today() - newest_day(series) > timedelta(days=days)


def newest_day(series: Series) -> date:
    day: date = series.dates[-1].astype("datetime64[D]").item()
    return day


def went_well_part(team: Place, person: Person | None) -> dict[str, Any]:
    """The latest changes for the better anywhere in the organisation, never ranked."""
    return {"measures": [(each, wall_words(each)) for each in records_on_board(team, person, "went-well")]}


class NumberForm(forms.Form):
    """One number of one of some measures."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Which measure?"),
        error_messages={
            "required": gettext_lazy("Choose a measure"),
            "invalid_choice": gettext_lazy("Choose a measure from the list"),
        },
    )
    day = forms.CharField(
        label=gettext_lazy("Day that the number is of"),
        help_text=gettext_lazy("Such as 3/4/2026. For a week or a month: its first day."),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the day like 3/4/2026")},
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the number in figures, such as 12")},
    )
    out_of = forms.CharField(
        label=gettext_lazy("Out of how many, if it is a share"),
        max_length=40,
        required=False,
    )

    def __init__(self, person: Person, team: Place, sent: Any) -> None:
        super().__init__(sent, initial={"day": f"{today():%-d/%-m/%Y}"})
        self.measures = {str(each.pk): each for each in queries.measures_to_number(person, team)}
        if not any(each.chart in SHARES for each in self.measures.values()):
            del self.fields["out_of"]
        several = [("", _("Choose a measure"))] if len(self.measures) > 1 else []
        self.fields["measure"].choices = several + [(key, each.title) for key, each in self.measures.items()]

    def clean(self) -> dict[str, Any]:
        measure = self.measures.get(self.cleaned_data.get("measure", ""))
        if measure and measure.chart in SHARES and not self.cleaned_data.get("out_of"):
            self.add_error("out_of", _("This measure is a share: say out of how many"))
        if measure and not self.errors:
            self._read(measure)
        return self.cleaned_data

    def _read(self, measure: Measure) -> None:
        """As a pasted line would be read, by the same rules."""
        told = self.cleaned_data
        size = told.get("out_of")
        cells = {"date": told["day"], "numerator" if size else "value": told["number"]}
        cells |= {"denominator": size} if size else {}
        lines = "\n".join("\t".join(" ".join(each.split()) for each in row) for row in (cells, cells.values()))
        self.read, problems = importing.read_numbers(measure, "typed.tsv", lines.encode())
        for problem in problems or ([] if self.read else [None]):
            self.add_error(
                "number", f"{problem.message} {problem.cure}" if problem else _("Write the number in figures")
            )


def save_number(person: Person, team: Place, form: Any) -> Measure | None:
    measure: Measure = form.measures[form.cleaned_data["measure"]]
    try:
        actions.record_numbers(by=person, measure=measure, numbers=form.read)
    except actions.AlreadyThere:
        form.add_error(
            "day", _("There is another number for that day already. Whoever leads the team can put it right.")
        )
        return None
    return measure


def may_number(person: Person, team: Place) -> bool:
    return reach_of(person).may(May.MEASURE, team)


ask_for_boards("went-well", WENT_WELL, queries.getting_better)
register_part(BoardPart("went-well", 30, "measures/board-went-well.jinja", went_well_part))
register_addition(Addition("number", gettext_lazy("Add a number"), may_number, NumberForm, save_number))
