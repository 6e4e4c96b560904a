"""The form of a record: its fields with their own words, and what keeps two people, or two clicks, from colliding."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.ids import uuid7


class RecordForm(forms.ModelForm):
    """Fields of one kind. `key` makes a second click harmless; `version` is what the form was opened on."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Record
        fields: ClassVar[list[str]] = ["title"]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["key"].initial = uuid7
        if self.instance.kind:
            self.fields["version"].initial = self.instance.version
        self.fields["title"].error_messages |= {
            "required": _("Give it a title"),
            "max_length": _("Make the title 200 letters or fewer"),
        }

    def typed(self) -> dict[str, Any]:
        """What was written, by field of the record."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def _post_clean(self) -> None:
        """The instance stays as it was read: actions write, forms do not."""
