"""What an administrator types to ask somebody in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.forms import PlaceChoice, day_field, once_field
from trustwide.rooms.places.models import Place

NO_ADDRESS = _("Type an e-mail address, such as name@example.org")


class InviteForm(forms.Form):
    once = once_field()
    email = forms.EmailField(max_length=254, error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS})
    role = forms.ChoiceField(
        choices=[("", _("Choose a role")), *((role.key, role.name) for role in ROLES.values())],
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role from the list")},
    )
    ends = day_field()

    def __init__(self, places: list[tuple[Place, str]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["place"] = PlaceChoice(places)

    def clean_ends(self) -> date | None:
        ends: date | None = self.cleaned_data["ends"]
        if ends and ends < today():
            raise forms.ValidationError(_("That day is over. Choose today or a later day"))
        return ends
