"""The form of a record: its fields with their own words, and what keeps two people, or two clicks, from colliding."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines import words
from trustwide.engines.words.nhs_numbers import nhs_numbers
from trustwide.rooms.commons import queries
from trustwide.rooms.commons.links import MEANINGS
from trustwide.rooms.commons.models import Record
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.sent_files import without_virus
from trustwide.rooms.places.models import Place

LARGEST_FILE = 10_000_000
MOST_LOOKED_AT = 200_000  # letters of a file: more would have somebody wait


class RecordForm(WritingForm, forms.ModelForm):
    """Fields of one kind, for a new record at one of some `places`, or for the one given as `instance`.

    `key` makes a second click harmless; `version` is what the form was opened on; `helps` is the id of what a new
    record is to be joined to, where the form was opened from there.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    helps = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Record
        fields: ClassVar[list[str]] = ["title"]

    def __init__(self, *arguments: Any, places: list[Place] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, value in self.initial.items():  # 90, as it was typed, and not 90.0
            self.initial[name] = int(value) if isinstance(value, float) and value.is_integer() else value
        self.fields["key"].initial = uuid7
        self.fields["title"].error_messages |= {
            "required": _("Give it a title"),
            "max_length": _("Make the title 200 letters or fewer"),
        }
        self.places = {place.slug: place for place in places or []}
        if places is None:
            del self.fields["helps"]  # what it helps is changed on its page
            self.fields["version"].initial = self.instance.version
            self._offer_owners()
        else:
            self.fields.pop("owner", None)  # a new record is its writer's
            self._offer_places(places)

    def made_for(self, person: Any, place: Place | None) -> None:
        """What a kind's form says to whoever is about to fill it in, at the place that is asked for; mostly nothing."""

    def _offer_owners(self) -> None:
        if "owner" in self.fields:
            self.fields["owner"].queryset = queries.owners_for(self.instance)
            self.fields["owner"].label = _("Whose it is")
            self.fields["owner"].empty_label = _("Nobody’s yet")
            self.fields["owner"].label_from_instance = lambda person: person.name
            self.fields["owner"].error_messages["invalid_choice"] = _("Choose a person from the list")

    def _offer_places(self, places: list[Place]) -> None:
        self.fields["place"] = forms.ChoiceField(
            label=_("Where"),
            choices=told_apart(places),
            error_messages={"required": _("Choose a place"), "invalid_choice": _("Choose a place from the list")},
        )
        self.order_fields(["place"])

    def shown(self) -> list[str]:
        """The names of the fields that people see, in order; a single place needs no choice."""
        alone = {"no_patient", *(["place"] if len(self.places) == 1 else [])}
        return [name for name, field in self.fields.items() if not field.widget.is_hidden and name not in alone]

    def typed(self) -> dict[str, Any]:
        """What was written, by field of the record."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}

    def as_typed(self) -> dict[str, Any]:
        """What was sent, as it was sent, to fill a new form with where nothing is to be said of it yet."""
        return {name: self[name].data for name in self.fields}

    def place(self) -> Place:
        """The place that was chosen for a new record."""
        return self.places[self.cleaned_data["place"]]

    def _post_clean(self) -> None:
        """The instance stays as it was read: actions write, forms do not."""


def told_apart(places: list[Place]) -> list[tuple[str, str]]:
    """The addresses and names of some places; where two have one name, with the name of the place above."""
    names = Counter(place.name for place in places)
    return [
        (place.slug, f"{place.name} ({place.parent.name})" if names[place.name] > 1 and place.parent else place.name)
        for place in places
    ]


class CommentForm(WritingForm):
    key = forms.UUIDField(required=False, initial=uuid7)
    text = forms.CharField(
        max_length=5_000,
        error_messages={
            "required": _("Write your comment"),
            "max_length": _("Make the comment 5,000 letters or fewer"),
        },
    )


class LinkForm(forms.Form):
    meaning = forms.ChoiceField(
        choices=[(each.key, each.words) for each in MEANINGS.values()],
        error_messages={"required": _("Choose what joins them"), "invalid_choice": _("Choose what joins them")},
    )
    other = forms.CharField(error_messages={"required": _("Choose what to join it to")})


class FileForm(WritingForm):
    """A file; of plain text, NHS numbers in its beginning are asked about as in any box.

    Whoever ticks chooses the file once more: a browser does not keep it.
    """

    key = forms.UUIDField(required=False, initial=uuid7)
    file = forms.FileField(
        validators=[without_virus],
        max_length=200,
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another"),
            "missing": _("Choose a file"),
            "invalid": _("Choose a file"),
            "max_length": _("The file’s name is too long. Give it a shorter one"),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 10 MB. Send a smaller one, or a link to it"))
        return file

    def asked_about(self, text: str) -> list[words.Finding]:
        return list(nhs_numbers(text))

    def _written(self) -> list[tuple[str, str]]:
        """What stands in the file, where it is text: what is binary holds bytes that are none."""
        file = self.cleaned_data.get("file")
        if file is None:
            return []
        held = file.read()
        file.seek(0)
        try:
            return [] if b"\0" in held else [("file", held.decode()[:MOST_LOOKED_AT])]
        except UnicodeDecodeError:
            return []


class MoveForm(forms.Form):
    stage = forms.CharField()
    version = forms.IntegerField()
