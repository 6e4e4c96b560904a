"""What people type at their team's board, and the words of the errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.boards import queries
from trustwide.rooms.boards.fields import CountField, KeptForm, PastDayField, ShiftField, shift_now, too_long
from trustwide.rooms.boards.models import MOST_COLUMNS, MOST_LINES, MOST_MINUTES, STALE_AFTER, WHY_NOT
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import seen_field
from trustwide.rooms.places.models import Place

LONGEST_COLUMN = 24
TOO_MANY_MINUTES = gettext_lazy("A huddle takes at most 240 minutes. Check the minutes, or leave them empty")
PLAN_FIELDS = ("name", "planned", "done", "waits_for")


class ThanksForm(KeptForm):
    to = forms.CharField(
        label=gettext_lazy("Whom do you thank?"),
        help_text=gettext_lazy("A colleague or a team. Such as: Ade, or the porters."),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Write whom you thank"),
            "max_length": gettext_lazy("Make it 80 letters or fewer"),
        },
    )
    why = forms.CharField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("Such as: coming in on Sunday. Never name a patient."),
        max_length=160,
        error_messages={
            "required": gettext_lazy("Write what you thank them for"),
            "max_length": gettext_lazy("Make it 160 letters or fewer"),
        },
    )

    def __init__(self, _person: Person | None, _team: Place, sent: Any) -> None:
        super().__init__(sent)


class HuddleForm(KeptForm):
    """One huddle, in under a minute: all but the counts is filled in."""

    held = forms.ChoiceField(
        label=gettext_lazy("Did we huddle?"),
        error_messages={
            "required": gettext_lazy("Choose whether you huddled"),
            "invalid_choice": gettext_lazy("Choose whether you huddled"),
        },
    )
    minutes = CountField(gettext_lazy("How many minutes, if you know"), MOST_MINUTES, TOO_MANY_MINUTES)
    people = CountField(gettext_lazy("How many people, if you counted"), 99)
    raised = CountField(gettext_lazy("How many things were raised, if any"), 99)
    day = PastDayField(
        label=gettext_lazy("Day"), help_text=gettext_lazy("A night shift is of the day on which it begins.")
    )
    shift = ShiftField()
    to = forms.CharField(
        label=gettext_lazy("Whom do you thank, if anybody?"), max_length=80, required=False, error_messages=too_long(80)
    )
    why = forms.CharField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("Such as: coming in on Sunday. Never name a patient."),
        max_length=160,
        required=False,
        error_messages=too_long(160),
    )

    def __init__(self, _person: Person | None, _team: Place, sent: Any) -> None:
        day, shift = shift_now()
        super().__init__(sent, initial={"held": "yes", "day": f"{day:%-d/%-m/%Y}", "shift": shift})
        no = [(key, _("No: %(why)s") % {"why": why}) for key, why in WHY_NOT.items()]
        self.fields["held"].choices = [("yes", _("Yes")), *no]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name, other in (("to", "why"), ("why", "to")):
            if said.get(other) and not said.get(name) and name not in self.errors:
                self.add_error(name, ThanksForm.base_fields[name].error_messages["required"])
        return said

    def told(self) -> dict[str, Any]:
        """As the action takes it; what a huddle that was not held cannot have is left out."""
        said, held = self.cleaned_data, self.cleaned_data["held"] == "yes"
        counts = {name: said[name] if held else None for name in ("minutes", "people", "raised")}
        why_not = "" if held else said["held"]
        return {"day": said["day"], "shift": said["shift"], "held": held, "why_not": why_not, **counts}


class PlanForm(WritingForm):
    """Today's plan, in up to five lines of counts. The lines of the last one are offered again, without its numbers."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, _person: Person | None, team: Place, sent: Any) -> None:
        self.day = today()
        plan, before = queries.plan_of(team, self.day), queries.newest_plan(team, self.day)
        offered = {"version": plan.version if plan else 0}
        offered |= (
            _as_fields(plan.lines.all(), PLAN_FIELDS) if plan else _as_fields(before.rows if before else [], ("name",))
        )
        super().__init__(sent, initial=offered)
        for row in self.rows():
            self._add_line(*row)

    def rows(self) -> list[list[str]]:
        """The names of the fields of each line."""
        return [[f"{name}{number}" for name in PLAN_FIELDS] for number in range(MOST_LINES)]

    def _add_line(self, name: str, planned: str, done: str, waits_for: str) -> None:
        self.fields[name] = forms.CharField(label=_("What"), max_length=60, required=False, error_messages=too_long(60))
        self.fields[planned], self.fields[done] = CountField(_("Planned")), CountField(_("Done"))
        self.fields[waits_for] = forms.CharField(
            label=_("Waiting for"), max_length=80, required=False, error_messages=too_long(80)
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name, *others in self.rows():
            if not said.get(name) and any(said.get(each) not in (None, "") for each in others):
                self.add_error(name, _("Say what is planned, such as: home by noon"))
        return said

    def lines(self) -> list[dict[str, Any]]:
        said = self.cleaned_data
        every = [dict(zip(PLAN_FIELDS, (said[each] for each in row), strict=True)) for row in self.rows()]
        return [each for each in every if each["name"]]


def _as_fields(lines: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {f"{name}{number}": getattr(line, name) for number, line in enumerate(lines) for name in names}


class BoardForm(WritingForm):
    """How the board is set up."""

    seen = seen_field()
    own_columns = forms.CharField(
        label=gettext_lazy("Names of the columns, one a line"),
        help_text=gettext_lazy("Up to five. Leave it empty for: Safety, Quality, Delivery, Cost and waste, People."),
        max_length=200,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Make the names shorter: 200 letters for all of them")},
    )
    huddle_at = forms.TimeField(
        label=gettext_lazy("When you huddle"),
        help_text=gettext_lazy("Such as 8:15. Leave it empty if it differs."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the time like 8:15")},
    )
    weekends = forms.BooleanField(label=gettext_lazy("We huddle at weekends too"), required=False)
    stale_after = forms.TypedChoiceField(
        label=gettext_lazy("After how long with no change the board says that it is old"),
        choices=list(STALE_AFTER.items()),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose after how long"),
            "invalid_choice": gettext_lazy("Choose after how long from the list"),
        },
    )

    def clean_own_columns(self) -> str:
        lines = [" ".join(line.split()) for line in self.cleaned_data["own_columns"].splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_COLUMNS:
            raise forms.ValidationError(_("Keep to five columns"))
        if any(len(name) > LONGEST_COLUMN for name in names):
            raise forms.ValidationError(_("Make each name 24 letters or fewer, so that it can be read from afar"))
        return "\n".join(names)

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("own_columns", "huddle_at", "weekends", "stale_after")}


class CardForm(forms.Form):
    """A measure to put on the board, and in which column."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Which measure?"),
        error_messages={
            "required": gettext_lazy("Choose a measure"),
            "invalid_choice": gettext_lazy("Choose a measure from the list"),
        },
    )
    column = forms.TypedChoiceField(
        label=gettext_lazy("In which column?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose a column"),
            "invalid_choice": gettext_lazy("Choose a column from the list"),
        },
    )

    def __init__(self, team: Place, columns: list[Any], sent: Any) -> None:
        super().__init__(sent)
        self.measures = {str(each.pk): each for each in queries.measures_to_show(team)[:200]}
        offered = [(key, f"{each.title} ({each.place.name})") for key, each in self.measures.items()]
        self.fields["measure"].choices = [("", _("Choose a measure")), *offered]
        self.fields["column"].choices = list(enumerate(columns))
