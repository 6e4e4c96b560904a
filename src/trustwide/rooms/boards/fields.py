"""Fields that the forms of this room share: a count, a day of the past year, and what a form typed offline carries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.boards.models import SHIFTS
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7

OLDEST = 366  # days
NIGHT_ENDS = 6
DAY_WORDS = gettext_lazy("Write the day like 3/4/2026")


def too_long(most: int) -> Any:
    return {"max_length": _("Make it %(most)s letters or fewer") % {"most": most}}


class CountField(forms.IntegerField):
    """How many, if it is known: a blank is not nought."""

    def __init__(self, label: Any, most: int = 999, too_many: Any = "") -> None:
        told = gettext_lazy("Write a count in figures, such as 6, or leave it empty")
        wrong = {"invalid": told, "min_value": told, "max_value": too_many or told}
        super().__init__(label=label, min_value=0, max_value=most, required=False, error_messages=wrong)


class PastDayField(forms.DateField):
    """A day of the past year, or today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": DAY_WORDS, "invalid": DAY_WORDS}, **options)

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        if day > today():
            raise forms.ValidationError(_("That day is still to come. Check it"))
        if (today() - day).days > OLDEST:
            raise forms.ValidationError(_("That day is more than a year ago. Check the year"))
        return day


class ShiftField(forms.ChoiceField):
    def __init__(self) -> None:
        told = gettext_lazy("Choose a shift")
        wrong = {"required": told, "invalid_choice": told}
        super().__init__(label=gettext_lazy("Shift"), choices=list(SHIFTS.items()), error_messages=wrong)


def shift_now() -> tuple[date, str]:
    """The shift that it is now, as most wards have them, and the day on which it began."""
    moment = localtime(now())
    if moment.hour < NIGHT_ENDS:
        return moment.date() - timedelta(days=1), "night"
    return moment.date(), "day" if moment.hour < 13 else "late" if moment.hour < 20 else "night"


class KeptForm(WritingForm):
    """A form that can be typed with no network: it has a key of its own, and says when it was typed."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    happened_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_happened_at(self) -> datetime | None:
        """None where the device did not say, or said it in no way that we know."""
        try:
            said = datetime.fromisoformat(self.cleaned_data["happened_at"].replace("Z", "+00:00"))
        except ValueError:
            return None
        return said if said.tzinfo else None
