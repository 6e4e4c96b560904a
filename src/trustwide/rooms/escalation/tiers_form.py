"""The form by which an organisation sets its tiers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.escalation.models import ANSWERING, MOST_TIERS, Tier
from trustwide.rooms.escalation.tiers import TIER_FIELDS as FIELDS
from trustwide.rooms.escalation.tiers import told_of
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.people.seen import mark_of, seen_field
from trustwide.rooms.places.models import LEVEL_WORDS, LEVELS

MOST_HOURS = 80
HOURS = gettext_lazy("Write hours in figures, from 1 to 80")


class HoursField(forms.IntegerField):
    def __init__(self, label: Any) -> None:
        wrong = dict.fromkeys(("invalid", "min_value", "max_value", "required"), HOURS)
        super().__init__(label=label, min_value=1, max_value=MOST_HOURS, required=False, error_messages=wrong)


class TiersForm(WritingForm):
    """Up to six tiers, the lowest first. A tier without a name is none."""

    seen = seen_field()

    def __init__(self, tiers: list[Tier], sent: Any) -> None:
        rows = {f"{name}{row}": "" for row in range(MOST_TIERS) for name in FIELDS}
        now = {f"{name}{row}": getattr(tier, name) for row, tier in enumerate(tiers) for name in FIELDS}
        super().__init__(sent, initial={**rows, **now, "seen": mark_of(*told_of(tiers))})
        for row in range(MOST_TIERS):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        too_long = {"max_length": _("Make it shorter")}
        choose = {"invalid_choice": _("Choose from the list")}
        fields = {
            "name": forms.CharField(label=_("Name"), max_length=60, required=False, error_messages=too_long),
            "level": forms.ChoiceField(label=_("Answers for each"), choices=_levels(), error_messages=choose),
            "role": forms.ChoiceField(label=_("Who answers"), choices=_roles(), error_messages=choose),
            "help_hours": HoursField(_("Hours to answer a call for help")),
            "know_hours": HoursField(_("Hours to see what is just so you know")),
            "stop_hours": HoursField(_("Hours to answer what is not safe")),
            "ring": forms.CharField(
                label=_("Number to ring when it is not safe"), max_length=80, required=False, error_messages=too_long
            ),
        }
        for name, field in fields.items():
            field.required = False
            self.fields[f"{name}{row}"] = field

    def rows(self) -> list[list[str]]:
        return [[f"{name}{row}" for name in FIELDS] for row in range(MOST_TIERS)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        named = [row for row in range(MOST_TIERS) if said.get(f"name{row}")]
        if not named and not self.errors:
            self.add_error("name0", _("Name at least one tier"))
        heights = [(row, LEVELS.index(said.get(f"level{row}") or LEVELS[-1])) for row in named]
        for (_row, below), (row, height) in pairwise(heights):
            if height > below:
                self.add_error(f"level{row}", _("A tier cannot answer for a smaller part than the tier below it"))
        return said

    def tiers(self) -> list[dict[str, Any]]:
        """As the action takes them; hours that were left out are the usual ones."""
        said, found = self.cleaned_data, []
        for row in range(MOST_TIERS):
            told = {name: said[f"{name}{row}"] for name in FIELDS}
            if told["name"]:
                found.append({name: value for name, value in told.items() if value is not None and value != ""})
        return [{"level": LEVELS[-1], "role": ANSWERING[0], **each} for each in found]


def _levels() -> list[tuple[str, Any]]:
    return [(key, LEVEL_WORDS[key]) for key in reversed(LEVELS)]


def _roles() -> list[tuple[str, Any]]:
    return [(key, ROLES[key].name) for key in ANSWERING]
