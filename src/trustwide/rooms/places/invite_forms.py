"""What an administrator types to ask somebody in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.models import Place

NO_ADDRESS = _("Type an e-mail address, such as name@example.org")


class InviteForm(forms.Form):
    email = forms.EmailField(max_length=254, error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS})
    role = forms.ChoiceField(
        choices=[("", _("Choose a role")), *((role.key, role.name) for role in ROLES.values())],
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role from the list")},
    )
    place = forms.ChoiceField(
        error_messages={"required": _("Choose a place"), "invalid_choice": _("Choose a place from the list")}
    )

    def __init__(self, places: list[Place], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [(key, place.name) for key, place in self.places.items()]

    def chosen_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]
