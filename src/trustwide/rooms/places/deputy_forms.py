"""What somebody types about who answers for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.models import Person
from trustwide.rooms.places.deputies import colleagues_called
from trustwide.rooms.places.forms import day_field

LAST_DAY = gettext_lazy("Write the last day, such as 27/3/2026")


class AwayForm(forms.Form):
    deputy = forms.CharField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write who answers for you"),
            "max_length": gettext_lazy("Make it 254 letters or fewer"),
        },
    )
    starts = day_field()
    ends = day_field()

    def __init__(self, person: Person, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person
        self.fields["ends"].required = True
        self.fields["ends"].error_messages["required"] = LAST_DAY

    def clean_deputy(self) -> Person:
        found = colleagues_called(self.person, self.cleaned_data["deputy"].strip())
        if not found:
            raise forms.ValidationError(
                _("No colleague has that name. Write it as it stands on the page of people, or their e-mail address")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("More than one has that name. Write their e-mail address at work"))
        return found[0]
