"""What administrators type of places, and the words of the errors."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines import sheets
from trustwide.rooms.people.sent_files import without_virus
from trustwide.rooms.people.writing_form import WritingForm
from trustwide.rooms.places import queries
from trustwide.rooms.places.models import GROUP, KINDS_OF, LEVEL_WORDS, LEVELS, ORGANISATION, Place
from trustwide.rooms.places.standing import told_until_closed
from trustwide.rooms.places.tree import PlaceRefused

DAYS = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]
LARGEST_SHEET = 5_000_000
CHOOSE = {"required": _("Choose one from the list"), "invalid_choice": _("Choose one from the list")}


def day_field() -> forms.DateField:
    return forms.DateField(
        required=False,
        input_formats=DAYS,
        error_messages={"invalid": _("Write the day as day/month/year, such as 27/3/2026")},
    )


def name_field() -> forms.CharField:
    words = {"required": _("Write a name"), "max_length": _("Make the name 120 letters or fewer")}
    return forms.CharField(max_length=120, error_messages=words)


def once_field() -> forms.UUIDField:
    words = {"invalid": _("Open this page again, then send it")}
    return forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages=words)


def sure_field(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": _("Tick the box if you are sure")})


def reason_field() -> forms.CharField:
    words = {"max_length": _("Make the reason 300 letters or fewer")}
    return forms.CharField(required=False, max_length=300, error_messages=words)


def refused(form: Any, refusal: PlaceRefused) -> None:
    """Say what an action refused at the field that it is of, or at the main one."""
    form.add_error(refusal.field if refusal.field in form.fields else form.main, refusal)


class PlaceChoice(forms.ChoiceField):
    """One of some places, told apart by their names from the organisation down."""

    def __init__(self, told: list[tuple[Place, str]]) -> None:
        self.places = {str(place.pk): place for place, _words in told}
        choices = [("", _("Choose")), *((str(place.pk), words) for place, words in told)]
        super().__init__(choices=choices, error_messages=CHOOSE)

    def clean(self, value: Any) -> Place:
        return self.places[super().clean(value)]


class AddForm(WritingForm):
    main = "name"
    once = once_field()
    name = name_field()
    ods_code = forms.RegexField(
        r"^[A-Za-z0-9]{2,10}$",
        required=False,
        error_messages={"invalid": _("An ODS code has 2 to 10 letters and digits, such as RX1")},
    )
    opened_on = day_field()

    def __init__(self, organisation: Place, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        below = LEVELS[LEVELS.index(organisation.level) + 1 :]
        kinds = [(ORGANISATION, KINDS_OF[ORGANISATION])] if organisation.level == GROUP else []
        words = [*kinds, ("team", KINDS_OF["team"])]
        choices = [("", _("None")), *((key, name) for _level, names in words for key, name in names.items())]
        self.fields["parent"] = PlaceChoice(queries.open_places(organisation))
        self.fields["level"] = forms.ChoiceField(
            choices=[(each, LEVEL_WORDS[each]) for each in below], error_messages=CHOOSE
        )
        self.fields["kind"] = forms.ChoiceField(choices=choices, required=False, error_messages=CHOOSE)

    def said(self) -> dict[str, Any]:
        """What to add, with nothing that was left empty."""
        return {
            name: value for name, value in self.cleaned_data.items() if value and name not in ("once", "no_patient")
        }


class ChangeForm(WritingForm):
    """A change of a place as it was seen: its version comes back with the form."""

    seen = forms.IntegerField(
        error_messages={"required": _("Open this page again"), "invalid": _("Open this page again")},
        max_value=2**31 - 1,
    )
    on = day_field()

    def __init__(self, place: Place, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.place = place
        self.set_up()

    def set_up(self) -> None:
        """Fields whose choices depend on the place."""

    def said(self) -> dict[str, Any]:
        """What to change, without the tick that it is meant."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("sure", "no_patient")}

    def others(self) -> list[tuple[Place, str]]:
        told = queries.open_places(self.place.organisation)
        return [(other, words) for other, words in told if not self.place.holds(other)]


class RenameForm(ChangeForm):
    main = "name"
    name = name_field()


class MoveForm(ChangeForm):
    main = "parent"
    reason = reason_field()

    def set_up(self) -> None:
        higher = LEVELS[: LEVELS.index(self.place.level)]
        self.fields["parent"] = PlaceChoice([each for each in self.others() if each[0].level in higher])


class MergeForm(ChangeForm):
    main = "into"
    reason = reason_field()

    def set_up(self) -> None:
        told = [each for each in self.others() if each[0].level == self.place.level]
        self.fields["into"] = PlaceChoice(told)
        self.fields["sure"] = sure_field(_("Yes, merge %(name)s") % {"name": self.place.name})


class CloseForm(ChangeForm):
    main = "sure"
    reason = reason_field()

    def set_up(self) -> None:
        self.fields["sure"] = sure_field(_("Yes, close %(name)s") % {"name": self.place.name})


class ReopenForm(ChangeForm):
    main = "on"
    reason = reason_field()

    def set_up(self) -> None:
        """Roles go on only where somebody held one until it closed, and only if that is said."""
        people = list(dict.fromkeys(each.person for each in queries.held_until_closed(self.place)))
        if people:
            self.fields["roles"] = forms.BooleanField(required=False, label=told_until_closed(people))


class SheetForm(forms.Form):
    once = once_field()
    file = forms.FileField(
        validators=[without_virus],
        max_length=200,
        error_messages={
            **dict.fromkeys(("required", "missing", "invalid"), _("Choose a file: CSV or Excel (XLSX)")),
            "empty": _("The file is empty. Choose one with a header row and at least one row under it"),
            "max_length": _("The file's name is too long. Give it a shorter one"),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_SHEET:
            raise forms.ValidationError(_("The file is larger than 5 MB. Send it in parts"))
        try:
            sheets.read(BytesIO(file.read()), name=file.name).close()
        except sheets.UnreadableError as refusal:  # so that nothing is kept that is no table
            raise forms.ValidationError([f"{each.message} {each.cure}" for each in refusal.problems]) from refusal
        finally:
            file.seek(0)
        return file


class NameForm(WritingForm):
    """The name of a partnership, or of the organisation to ask in."""

    once = once_field()
    name = name_field()
