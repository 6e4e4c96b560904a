"""What somebody types about who answers for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.deputies import colleagues_called
from trustwide.rooms.places.forms import day_field
from trustwide.rooms.places.models import Place

LAST_DAY = gettext_lazy("Write the last day, such as 27/3/2026")


class AwayForm(forms.Form):
    #: Asked where there is more than one to choose from.
    organisation = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose where they answer for you"),
            "invalid_choice": gettext_lazy("Choose where they answer for you"),
        }
    )
    deputy = forms.CharField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write who answers for you"),
            "max_length": gettext_lazy("Make it 254 letters or fewer"),
        },
    )
    starts = day_field()
    ends = day_field()

    def __init__(self, person: Person, homes: list[Place], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person, self.homes = person, {str(each.pk): each for each in homes}
        self.fields["organisation"].choices = [("", ""), *((number, each.name) for number, each in self.homes.items())]
        self.asks_where = len(homes) > 1
        if not self.asks_where:
            del self.fields["organisation"]
        self.fields["ends"].required = True
        self.fields["ends"].error_messages["required"] = LAST_DAY

    def clean_organisation(self) -> Place:
        return self.homes[self.cleaned_data["organisation"]]

    def clean_deputy(self) -> Person | None:
        if "organisation" in self.errors:
            return None  # of which organisation it would be a colleague is not known yet
        where = self.cleaned_data.setdefault("organisation", next(iter(self.homes.values()), None))
        found = colleagues_called(self.person, self.cleaned_data["deputy"].strip(), where) if where else []
        if not found:
            raise forms.ValidationError(
                _("No colleague has that name. Write it as it stands on the page of people, or their e-mail address")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("More than one has that name. Write their e-mail address at work"))
        return found[0]
