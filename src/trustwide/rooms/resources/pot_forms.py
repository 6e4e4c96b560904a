"""What people type about pots: what is set aside, what a team takes, what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.seen import seen_field
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources.models import Pot

MOST_DAYS, MOST_POUNDS = 10_000, 10_000_000
CHOOSE_ONE = _("Choose one from the list")


def days(label: Any, help_text: Any = "", most: int = MOST_DAYS) -> forms.DecimalField:
    """Days and half days."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=most,
        decimal_places=1,
        widget=forms.NumberInput,
        error_messages={
            "invalid": _("Type days in figures, such as 2 or 2.5"),
            "min_value": _("Type 0 or more"),
            "max_value": _("Type %(limit_value)s or less"),
            "max_decimal_places": _("Type whole days or half days, such as 2.5"),
        },
    )


def pounds(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_POUNDS,
        error_messages={
            "invalid": _("Type whole pounds, such as 40"),
            "min_value": _("Type 0 or more"),
            "max_value": _("Type %(limit_value)s or less"),
        },
    )


class AmountForm(WritingForm):
    """Days, money, or both."""

    days = days(_("Days"), _("Half days too, such as 2.5."))
    money = pounds(_("Money, in pounds"))

    def clean_days(self) -> Decimal:
        given: Decimal = self.cleaned_data["days"] or Decimal(0)
        if given * 2 % 1:
            raise forms.ValidationError(_("Type whole days or half days, such as 2.5"))
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not ({"days", "money"} & set(self.errors) or given.get("days") or given.get("money")):
            self.add_error("days", _("Say how many days, or how much money"))
        return given

    def asked(self) -> dict[str, int]:
        """What was typed, by field: half days, and pounds."""
        given = self.amounts()
        return {"days": given["half_days"], "money": given["money"]}

    def amounts(self) -> dict[str, int]:
        return {"half_days": int(self.cleaned_data["days"] * 2), "money": self.cleaned_data["money"] or 0}


class PotForm(AmountForm):
    """What is set aside, for which place, from which day to which."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    place = forms.ChoiceField(
        label=_("For the teams of"), error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE}
    )
    starts = forms.DateField(
        label=_("From"), widget=forms.DateInput,
        error_messages={"required": _("Write the day like 1/4/2026"), "invalid": _("Write the day like 1/4/2026")},
    )  # fmt: skip
    ends = forms.DateField(
        label=_("Until"), widget=forms.DateInput,
        error_messages={"required": _("Write the day like 31/3/2027"), "invalid": _("Write the day like 31/3/2027")},
    )  # fmt: skip

    def __init__(self, places: list[Place], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.places = {each.slug: each for each in places}
        self.fields["place"].choices = [(each.slug, each.name) for each in places]
        self.order_fields(["place", "starts", "ends", "days", "money"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", _("The last day comes before the first"))
        return given

    def sent(self) -> dict[str, Any]:
        given = self.cleaned_data
        told = {name: given[name] for name in ("starts", "ends", "key")}
        return {"place": self.places[given["place"]], **told, **self.amounts()}


class ChangePotForm(AmountForm):
    """How much is set aside in all."""

    @classmethod
    def of(cls, pot: Pot, sent: Any) -> ChangePotForm:
        return cls(sent, initial={"days": Decimal(pot.half_days) / 2, "money": pot.money})


class DrawForm(AmountForm):
    """What a team takes, and for what: one line, no case."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    team = forms.ChoiceField(
        label=_("For which team"), error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE}
    )
    what_for = forms.CharField(
        label=_("What for, in one line"),
        help_text=_("Such as: two days to try the new rota. No names, no patient details."),
        max_length=200,
        error_messages={"required": _("Write what it is for"), "max_length": _("Make it 200 letters or fewer")},
    )

    def __init__(self, teams: list[Place], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.teams = {each.slug: each for each in teams}
        self.fields["team"].choices = [(each.slug, each.name) for each in teams]
        self.order_fields(["team", "what_for", "days", "money"])

    def sent(self) -> dict[str, Any]:
        given = self.cleaned_data
        told = {"team": self.teams[given["team"]], "what_for": given["what_for"], "key": given["key"]}
        return {**told, **self.amounts()}


class CameForm(WritingForm):
    seen = seen_field()
    came = forms.CharField(
        label=_("What came of it, in one line"),
        help_text=_("What was learned counts too."),
        max_length=300,
        error_messages={"required": _("Write what came of it"), "max_length": _("Make it 300 letters or fewer")},
    )
    give_back = forms.BooleanField(label=_("We did not use it: put it back into the pot"), required=False)
