"""What people send: a file, then what its columns are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines.spc.intake import settings_from_text
from trustwide.engines.spc.model import Settings
from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.sent_files import without_virus

LARGEST_UPLOAD = 20_000_000
TOO_LARGE = _("The file is larger than 20 MB. Send part of it, or use the command: trustwide report FILE")
#: What a column may be, in the order they are asked; the words of each.
ROLES = {
    "series": _("Name of the measure"),
    "date": _("Date"),
    "value": _("Value"),
    "numerator": _("Numerator (how many)"),
    "denominator": _("Denominator (out of how many)"),
    "target": _("Target"),
    "segment": _("Segment (a new word starts new limits)"),
    "exclude": _("Leave out of the limits"),
    "note": _("Note"),
}
ALIASES = {
    "series": ("measure", "metric", "indicator", "name", "kpi"),
    "date": ("month", "period", "week", "day", "month ending", "week ending", "quarter"),
    "value": ("actual", "result", "count", "figure", "performance"),
    "numerator": ("num",),
    "denominator": ("den", "total"),
    "target": ("standard", "goal", "trajectory"),
    "exclude": ("excluded", "ghost"),
    "note": ("notes", "comment", "annotation"),
}


class UploadForm(forms.Form):
    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    file = forms.FileField(
        validators=[without_virus],
        max_length=200,
        error_messages={
            "required": _("Choose a file: CSV, Excel (XLSX) or Parquet"),
            "empty": _("The file is empty. Choose one with a header row and at least one row under it"),
            "missing": _("Choose a file: CSV, Excel (XLSX) or Parquet"),
            "invalid": _("Choose a file: CSV, Excel (XLSX) or Parquet"),
            "max_length": _("The file's name is too long. Give it a shorter one"),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(TOO_LARGE)
        return file


SHARES = ("p", "u")  # charts whose numbers are so many out of so many
CHART_CHOICES = [
    ("xmr", _("XmR: the usual chart for a board")),
    ("p", _("P: a share, such as 30 of 200")),
    ("u", _("U: a rate, such as falls per bed day")),
    ("c", _("C: a count")),
    ("run", _("Run chart: no limits")),
]
DIRECTION_CHOICES = [
    ("increase", _("Higher is better")),
    ("decrease", _("Lower is better")),
    ("neutral", _("Neither: only tell me when it changes")),
]
#: Words in a measure's name that most often mean that lower is better.
LOWER_IS_BETTER = re.compile(
    r"\b(falls?|waits?|waiting|complaints? received|infections?|sickness|absence|cancel\w*|length of stay|deaths?"
    r"|mortality|errors?|breach\w*|vacanc\w*|turnover|delays?|delayed|harms?|ulcers?|incidents?|readmi\w*|overdue"
    r"|did not attend|dna|c\.? diff\w*|mrsa|never events?|agency|cost\w*|days lost|backlog)\b",
    re.IGNORECASE,
)


class ColumnsForm(WritingForm):
    """Which column is what, and how the measures of the file are charted."""

    title = forms.CharField(
        max_length=200,
        error_messages={
            "required": _("Give the report a title, such as Board report, March 2019"),
            "max_length": _("Make the title 200 letters or fewer"),
        },
    )
    chart = forms.ChoiceField(
        choices=CHART_CHOICES,
        initial="xmr",
        error_messages={"required": _("Choose a chart"), "invalid_choice": _("Choose a chart from the list")},
    )

    def __init__(self, headers: list[str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.headers = headers
        columns = [("", _("Not in this file")), *((header, header) for header in headers)]
        for role, words in ROLES.items():
            self.fields[role] = forms.ChoiceField(
                label=words,
                choices=columns,
                required=False,
                initial=guess(role, headers),
                error_messages={"invalid_choice": _("Choose a column that is in the file")},
            )

    @property
    def mapping(self) -> dict[str, str]:
        """Role to header, of the columns that were chosen."""
        return {role: self.cleaned_data[role] for role in ROLES if self.cleaned_data.get(role)}


class MeasuresForm(forms.Form):
    """For each measure: which way is better, its chart, and its target."""

    def __init__(self, names: list[str], chart: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.names = names
        for place, name in enumerate(names):
            worse = LOWER_IS_BETTER.search(name)
            self.fields[f"improvement-{place}"] = forms.ChoiceField(
                choices=DIRECTION_CHOICES,
                initial="decrease" if worse else "increase",
                error_messages={
                    "required": _("Choose which way is better"),
                    "invalid_choice": _("Choose from the list"),
                },
            )
            self.fields[f"chart-{place}"] = forms.ChoiceField(
                choices=CHART_CHOICES,
                initial=chart,
                error_messages={"required": _("Choose a chart"), "invalid_choice": _("Choose a chart from the list")},
            )
            self.fields[f"target-{place}"] = forms.CharField(required=False, max_length=30)

    def clean(self) -> dict[str, Any]:
        for place, name in enumerate(self.names):
            written = self.cleaned_data.get(f"target-{place}", "").strip()
            _found, problems = settings_from_text({"target": written} if written else {})
            if problems:
                self.add_error(
                    f"target-{place}", _("Write the target of %(name)s as a number, such as 95") % {"name": name}
                )
        return self.cleaned_data

    def settings(self) -> dict[str, Settings]:
        """What was chosen, by the name of the measure."""
        return {name: self._settings_at(place) for place, name in enumerate(self.names)}

    def _settings_at(self, place: int) -> Settings:
        kinds = ("improvement", "chart", "target")
        chosen = {kind: self.cleaned_data[f"{kind}-{place}"].strip() for kind in kinds}
        found, _problems = settings_from_text({kind: text for kind, text in chosen.items() if text})
        return found or Settings()


def guess(role: str, headers: list[str]) -> str:
    """The header that most likely holds a role, '' if none does."""
    known = {header.strip().lower(): header for header in headers}
    return next((known[name] for name in (role, *ALIASES.get(role, ())) if name in known), "")


#: How a share or a rate is shown: its numbers, and their target, times this.
PER_CHOICES = [
    (1.0, _("As it is, such as 0.15")),
    (100.0, _("Out of 100: per cent")),
    (1_000.0, _("Out of 1,000, such as falls per 1,000 bed days")),
    (10_000.0, _("Out of 10,000")),
    (100_000.0, _("Out of 100,000")),
]


class MeasureForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Measure
        fields: ClassVar[list[str]] = [
            "title", "why", "definition", "every", "unit", "chart", "multiply", "improvement", "target", "source",
            "owner",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Name of the measure"),
            "why": _("Why it matters to people"),
            "definition": _("How it is counted"),
            "every": _("One number for each"),
            "unit": _("Unit"),
            "target": _("Target, if there is one"),
            "source": _("Where the numbers come from"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "definition": _("What counts, what does not, and who counts it. Totals only, never a patient."),
            "unit": _("Such as %, days or minutes. Leave it empty for a count."),
            "target": _("As it is shown on the chart, such as 95 for 95 out of 100."),
        }

    chart = forms.ChoiceField(label=_("Chart"), choices=CHART_CHOICES, initial="xmr")
    multiply = forms.TypedChoiceField(
        label=_("If it is a share or a rate, show it"),
        choices=PER_CHOICES,
        coerce=float,
        empty_value=1.0,
        initial=1.0,
        required=False,
    )
    improvement = forms.ChoiceField(label=_("Which way is better"), choices=DIRECTION_CHOICES, initial="increase")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("multiply", 1.0) != 1.0 and told.get("chart") not in SHARES:
            self.add_error("multiply", _("Only a share or a rate is shown out of so many: choose P or U, or as it is"))
        return told


class ResetForm(WritingForm):
    starts = forms.DateField(
        error_messages={
            "required": _("Give the day on which the work changed"),
            "invalid": _("Write the day like 3/4/2026"),
        }
    )
    reason = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Say what changed in the work that day"),
            "max_length": _("Make the reason 300 letters or fewer"),
        },
    )

    def clean_starts(self) -> date:
        starts: date = self.cleaned_data["starts"]
        if starts > today():
            raise forms.ValidationError(_("Give a day up to today: new limits need numbers from then on"))
        return starts


class NumbersForm(forms.Form):
    """Numbers for a measure: one, or many pasted from a spreadsheet, or a file of them."""

    pasted = forms.CharField(required=False, max_length=200_000, strip=False)  # a tab at the end: no number that day
    file = forms.FileField(required=False, validators=[without_virus])
    put_right = forms.BooleanField(required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data.get("pasted", "").strip() and not self.cleaned_data.get("file"):
            self.add_error("pasted", _("Write or paste a date and a number, or choose a file"))
        return self.cleaned_data

    def content(self, *, share: bool) -> tuple[str, bytes, bool]:
        """What was sent, as a file, and whether a heading was put over pasted lines that had none.

        Between the day and the numbers of a line may stand a tab, a comma or spaces: two numbers where it is a `share`.
        """
        if file := self.cleaned_data.get("file"):
            return file.name, file.read(), False
        lines = [line.strip(" ") for line in self.cleaned_data["pasted"].splitlines() if line.strip()]
        separator = next((each for each in ("\t", ";", ",") if each in lines[0]), "\t")
        cells = [re.split(r" {2,}|\t" if separator == "\t" else separator, line) for line in lines]
        if separator == "\t" and all(len(row) == 1 for row in cells):
            cells = [line.rsplit(" ", 2 if share else 1) for line in lines]
        bare = len(cells) == 1 or any(character.isdigit() for character in cells[0][0])
        if bare:
            heading = ["date", "value"] if max(map(len, cells)) <= 2 else ["date", "numerator", "denominator"]
            cells.insert(0, heading)
        return "pasted.tsv", "\n".join("\t".join(row) for row in cells).encode(), bare
