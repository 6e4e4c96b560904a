"""What administrators type about who holds which role, and how the page of people is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.forms import CHOOSE, PlaceChoice, day_field, once_field
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.people_queries import Asked

LONGEST_SEARCH, MOST_WORDS = 100, 6


def asked_of(told: Mapping[str, str], places: list[tuple[Place, str]], *, by_email: bool) -> Asked:
    """What an address asks for, as far as it makes sense; only administrators find by e-mail address, or who left."""
    words = told.get("q", "")[:LONGEST_SEARCH].replace("\0", " ").encode("utf-8", "ignore").decode().split()
    place = next((each for each, _words in places if each.slug == told.get("place")), None)
    role = told.get("role", "") if told.get("role") in ROLES else ""
    everyone = by_email and told.get("everyone") == "yes"
    return Asked(tuple(words[:MOST_WORDS]), place, role, everyone, by_email)


class GiveRoleForm(forms.Form):
    main = "role"
    once = once_field()
    role = forms.ChoiceField(
        choices=[("", _("Choose a role")), *((role.key, role.name) for role in ROLES.values())], error_messages=CHOOSE
    )
    starts = day_field()
    ends = day_field()

    def __init__(self, places: list[tuple[Place, str]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["place"] = PlaceChoice(places)


class EndRoleForm(forms.Form):
    on = day_field()

    def __init__(self, held: RoleHeld, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.held = held

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on < self.held.starts:
            raise forms.ValidationError(_("The role began later than that. Choose its first day or one after it"))
        return on
