"""What people say about how they want to be told, and about the channels of teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.engines.outbound import Refused, check
from trustwide.rooms.commons.notices import WHAT
from trustwide.rooms.notices.models import DAILY, EMAIL, HERE, NEVER, NOT, WEEKLY, Channel, Choice
from trustwide.rooms.notices.posting import guard
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.writing_form import WritingForm
from trustwide.rooms.places.models import Place

WAY_WORDS = [(EMAIL, _("Here, and in the e-mail")), (HERE, _("Only here")), (NOT, _("Not at all"))]
RHYTHM_WORDS = [(DAILY, _("Once a day")), (WEEKLY, _("Once a week, on Monday")), (NEVER, _("Never"))]
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
FROM_LIST = {"required": _("Choose one from the list"), "invalid_choice": _("Choose one from the list")}


class ChooseForm(forms.Form):
    """A way for each kind of notice, and when the e-mail goes."""

    rhythm = forms.ChoiceField(label=_("How often we e-mail you"), choices=RHYTHM_WORDS, error_messages=FROM_LIST)
    hour = forms.TypedChoiceField(label=_("At what time"), choices=HOURS, coerce=int, error_messages=FROM_LIST)

    def __init__(self, data: Any, choice: Choice) -> None:
        super().__init__(data, initial={"rhythm": choice.rhythm, "hour": choice.hour})
        self.kinds = {f"way-{kind.key}": kind for kind in WHAT.values() if kind.when}
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.when, choices=WAY_WORDS, initial=choice.ways.get(kind.key, EMAIL), error_messages=FROM_LIST
            )

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        ways = {kind.key: self.cleaned_data[name] for name, kind in self.kinds.items()}
        return {"ways": ways, "rhythm": self.cleaned_data["rhythm"], "hour": self.cleaned_data["hour"]}


class ChannelForm(WritingForm):
    no_words = ("address",)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("Whose channel it is"), error_messages=FROM_LIST)
    name = forms.CharField(
        label=_("What people call the channel"),
        max_length=80,
        error_messages={
            "required": _("Say what the channel is called"),
            "max_length": _("Make the name 80 letters or fewer"),
        },
    )
    address = forms.CharField(
        label=_("Its webhook address"),
        max_length=2_000,
        error_messages={
            "required": _("Paste the address that the channel gave you"),
            "max_length": _("The address is too long. Copy it again"),
        },
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it is told"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one thing to tell it"),
            "invalid_choice": _("Choose from the list"),
            "invalid_list": _("Choose from the list"),
        },
    )

    def __init__(self, data: Any, places: list[Place], channel: Channel | None = None) -> None:
        at_first = {} if channel is None else {each: getattr(channel, each) for each in ("version", "name", "kinds")}
        super().__init__(data, initial=at_first)
        self.places = {place.slug: place for place in places}
        self.fields["place"].choices = [(place.slug, place.name) for place in places]  # type: ignore[attr-defined]
        offered = [(kind.key, kind.in_channel) for kind in WHAT.values() if kind.in_channel]
        self.fields["kinds"].choices = offered  # type: ignore[attr-defined]
        if channel is not None:
            del self.fields["place"]
            self.fields["address"].required = False
            self.fields["address"].help_text = _("Leave this empty to keep the address that it has")

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        try:
            if address:
                check(address, guard())
        except Refused:
            raise forms.ValidationError(_("Paste the whole address. It begins with https://")) from None
        return address

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "address", "kinds")}
