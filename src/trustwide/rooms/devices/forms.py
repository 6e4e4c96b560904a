"""What people type about shared devices and PINs."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.devices import pins, queries
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import seen_field
from trustwide.rooms.people.writing_form import WritingForm
from trustwide.rooms.places.models import Place

NO_NAME = _("Give it a name that says where it is, such as Screen in the corridor")


class DeviceForm(WritingForm):
    """Its name; `once` makes a second click harmless, and `seen` is the name on which the form was opened."""

    once = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    seen = seen_field()
    name = forms.CharField(
        max_length=60, error_messages={"required": NO_NAME, "max_length": _("Make the name 60 letters or fewer")}
    )


class CodeForm(forms.Form):
    code = forms.CharField(max_length=40, error_messages={"required": _("Type the eight letters of the code")})

    def clean_code(self) -> str:
        """In capitals, whatever stands between the letters."""
        return re.sub(r"[\W_]", "", self.cleaned_data["code"]).upper()


class PinField(forms.CharField):
    """Six digits; spaces between them do no harm."""

    def clean(self, value: Any) -> str:
        typed = "".join(str(super().clean(value)).split())
        if not pins.DIGITS.fullmatch(typed):
            raise forms.ValidationError(_("A PIN is six digits"))
        return typed


class NewPinForm(forms.Form):
    pin = PinField(max_length=20, error_messages={"required": _("Type six digits")})
    again = PinField(max_length=20, error_messages={"required": _("Type the same six digits once more")})

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if pins.is_too_easy(pin):
            raise forms.ValidationError(
                _("That PIN is easy to guess: it runs up or down, repeats itself or could be a birthday. Try another")
            )
        return pin

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "pin" in told and "again" in told and told["pin"] != told["again"]:
            self.add_error("again", _("The two are not the same. Type both again"))
        return told


class WhoForm(forms.Form):
    """Who is at the device: picked by their letters or typed by name, and their PIN."""

    who = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("Pick your letters, or type a name")})
    called = forms.CharField(
        required=False, max_length=254, error_messages={"max_length": _("Type your name as it is in your account")}
    )
    pin = PinField(max_length=20, error_messages={"required": _("Type your PIN")})

    def __init__(self, team: Place, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.team = team
        people = queries.people_of(team)
        self.people = {str(each.pk): each for each in people}
        self.fields["who"].choices = queries.initials(people)

    def clean(self) -> dict[str, Any]:
        if "who" in self.cleaned_data and not (self.cleaned_data["who"] or self.cleaned_data.get("called", "").strip()):
            self.add_error("who" if self.people else "called", _("Pick your letters, or type a name"))
        return self.cleaned_data

    def person(self) -> Person | None:
        """The one who was meant; a name that was typed comes first."""
        if called := self.cleaned_data["called"].strip():
            return queries.person_called(self.team, called)
        return self.people.get(self.cleaned_data["who"])
