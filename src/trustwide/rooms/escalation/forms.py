"""What people type when they raise something or answer it, and the words of the errors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines import words
from trustwide.rooms.boards.fields import KeptForm
from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.escalation.codes import is_somebody
from trustwide.rooms.escalation.models import GROUPS, HELP, SORTS, STOP, Item
from trustwide.rooms.escalation.tiers import Rung, due_after, ladder_of
from trustwide.rooms.escalation.when import by_when
from trustwide.rooms.people.clock import believed, now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.models import Place

LONGEST_WAIT = 20  # working days until the next word
NO_BEDS = gettext_lazy("Counts and things only. Never a patient, a bed or a bay.")
RING = gettext_lazy("Do not type: ring first%(number)s. Then tell it here, so that it is not forgotten.")
NOT_CHOSEN = gettext_lazy("Choose whether it is for information, a call for help, or not safe")


class CloserForm(WritingForm):
    """It asks about every bed, bay and side room too: what is raised stands on a wall."""

    def asked_about(self, text: str) -> list[words.Finding]:
        return words.all_identifiers(text)


class RaisingForm(CloserForm):
    """The fields by which anybody raises something, with an account or without."""

    def tell_sorts(self, place: Place | None, person: Person | None, *, times: bool = True) -> None:
        """Say beside each choice who it goes to, and by when they answer."""
        hints: dict[str, Any] = {STOP: RING % {"number": ""}}
        rung = ladder_of(place, person).from_tier(0)[0] if place else None
        for sort in SORTS if rung else ():
            due = due_after(rung.tier, sort, now())
            who = _who(rung, person)
            said = _("It goes to %(who)s.") if not times else _("It goes to %(who)s, %(due)s.")
            told = {"who": who, "due": _due_words(sort, by_when(due))}
            number = _(" %(number)s") % {"number": rung.tier.ring} if rung.tier.ring else ""
            hints[sort] = " ".join([*([RING % {"number": number}] if sort == STOP else []), said % told])
        self.fields["sort"].hints = hints


def _who(rung: Rung, person: Person | None) -> str:
    """Who answers; to whoever has no account no name is told."""
    if person is not None and is_somebody(person):
        return _("those who lead %(place)s") % {"place": rung.place.name}
    name = rung.person.name if rung.person else _("Nobody yet")
    return _("%(who)s (%(place)s)") % {"who": name, "place": rung.place.name}


def _due_words(sort: str, when: str) -> str:
    return (_("seen %(when)s") if sort == "know" else _("answer due %(when)s")) % {"when": when}


def sort_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=list(SORTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )


def group_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Who raises it, if you want to say"),
        choices=[("", gettext_lazy("I would rather not say")), *GROUPS.items()],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a group from the list")},
    )


class ItemForm(RaisingForm, RecordForm):
    sort = sort_field()
    group = group_field()

    class Meta:
        model = Item
        fields: ClassVar[list[str]] = ["title", "sort", "words", "group"]
        help_texts: ClassVar[dict[str, Any]] = {"title": NO_BEDS}
        labels: ClassVar[dict[str, Any]] = {
            "title": gettext_lazy("What do you raise?"),
            "words": gettext_lazy("More about it, if that helps"),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "words": {"max_length": gettext_lazy("Make it 2,000 letters or fewer")}
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["title"].error_messages["required"] = gettext_lazy("Write what you raise")
        if self.instance._state.adding:
            self.fields["sort"].initial = HELP
            self.fields["sort"].hints = {STOP: RING % {"number": ""}}
        else:  # who answers, and by when, follows from it
            del self.fields["sort"]

    def made_for(self, person: Any, place: Place | None) -> None:
        self.tell_sorts(place, person)


class OpenForm(RaisingForm, KeptForm):
    """The same without the rest of a record: at a team's board, with no network, or with no account."""

    title = forms.CharField(
        label=gettext_lazy("What do you raise?"),
        help_text=NO_BEDS,
        max_length=200,
        error_messages={
            "required": gettext_lazy("Write what you raise"),
            "max_length": gettext_lazy("Make it 200 letters or fewer"),
        },
    )
    sort = sort_field()
    words = forms.CharField(
        label=gettext_lazy("More about it, if that helps"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Make it 2,000 letters or fewer")},
    )
    group = group_field()

    def __init__(self, person: Person | None, team: Place, sent: Any) -> None:
        super().__init__(sent, initial={"sort": HELP})
        self.tell_sorts(team, person, times=person is not None)

    def typed(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = {name: said[name] for name in ("title", "sort", "words", "group")}
        return {**told, "typed_at": believed(said["happened_at"])}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=40,
        error_messages={
            "required": gettext_lazy("Type the code you were given"),
            "max_length": gettext_lazy("The code has ten letters"),
        },
    )


class DoorForm(forms.Form):
    """Which button of the page of a team's QR code was pressed."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("open", "renew", "close")])


class AnswerForm(CloserForm):
    """An answer, a day for the next word, or a call for more help: whichever button was pressed."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    what = forms.ChoiceField(
        choices=[(each, each) for each in ("answer", "promise", "up", "seen", "tell")],
        error_messages={
            "required": gettext_lazy("Press one of the buttons"),
            "invalid_choice": gettext_lazy("Press one of the buttons"),
        },
    )
    tier = forms.IntegerField(required=False)
    words = forms.CharField(
        max_length=2_000,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Make it 2,000 letters or fewer")},
    )
    until = forms.DateField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write the day like 3/4/2026")},
    )
    told = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        what = said.get("what")
        if what == "answer" and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write your answer"))
        if what == "up" and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write what help you need"))
        if what == "promise" and "until" not in self.errors:
            self._check_day(said.get("until"))
        return said

    def _check_day(self, until: Any) -> None:
        if until is None:
            self.add_error("until", _("Write the day of your next word"))
        elif until < today():
            self.add_error("until", _("That day is past. Write a day to come"))
        elif until > working_day_after(today(), LONGEST_WAIT):
            self.add_error("until", _("That is too far off. Write a day within four weeks"))


class HelpedForm(CloserForm):
    helped = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages={
            "required": gettext_lazy("Choose whether it helped"),
            "invalid_choice": gettext_lazy("Choose whether it helped"),
        },
    )
    words = forms.CharField(
        max_length=2_000,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("Make it 2,000 letters or fewer")},
    )


class AgreeForm(forms.Form):
    agrees = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


def next_days() -> list[tuple[str, str]]:
    """Days to promise a next word on, nearest first."""
    days = [working_day_after(today() + timedelta(days=1), count) for count in (0, 1, 2, 4, 9)]
    return [(f"{day:%-d/%-m/%Y}", f"{day:%A %-d %B}") for day in days]
