"""What people type about who may decide what, and about drop-ins."""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.decisions.models import MINUTES, SORTS, TOP
from trustwide.rooms.decisions.queries import named_at_top
from trustwide.rooms.decisions.scheme import at_top
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.people.seen import mark_of, seen_field
from trustwide.rooms.places.forms import CHOOSE, DAYS
from trustwide.rooms.places.models import GROUP, LEVEL_WORDS, LEVELS, Place

#: Who can be let decide: those who lead something.
DECIDING = ("team-leader", "manager", "improvement-lead", "executive", "board-member")
MOST_MONEY = 1_000_000_000
TIMES = ["%H:%M", "%H.%M"]


class LineForm(WritingForm):
    sort = forms.ChoiceField(
        label=_("What it is about"), choices=[("", _("Choose")), *SORTS.items()], error_messages=CHOOSE
    )
    level = forms.ChoiceField(label=_("At which level"), error_messages=CHOOSE)
    role = forms.ChoiceField(label=_("Who"), error_messages=CHOOSE)
    limit = forms.IntegerField(
        label=_("Up to how many pounds"),
        help_text=_("Leave it empty for any sum."),
        required=False,
        min_value=0,
        max_value=MOST_MONEY,
        widget=forms.TextInput,
        error_messages={
            "invalid": _("Type whole pounds, such as 500"),
            "min_value": _("Type 0 or more pounds"),
            "max_value": _("Type a smaller sum, or leave it empty for any"),
        },
    )
    undo_only = forms.BooleanField(label=_("Only what can be undone if it does not work"), required=False)
    committee = forms.CharField(
        label=_("A committee decides it"),
        help_text=_("Its name; leave it empty where a person decides. Whoever holds the role takes it there."),
        required=False,
        max_length=80,
        error_messages={"max_length": _("Make the name 80 letters or fewer")},
    )
    why_committee = forms.CharField(
        label=_("Why could a person not decide it?"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Make it 300 letters or fewer")},
    )

    def __init__(self, organisation: Place, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        levels = [each for each in reversed(LEVELS) if each != GROUP or organisation.level == GROUP]
        self.fields["level"].choices = [("", _("Choose")), *((each, LEVEL_WORDS[each]) for each in levels)]
        self.fields["role"].choices = [("", _("Choose")), *((each, ROLES[each].name) for each in DECIDING)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("committee") and not given.get("why_committee") and "why_committee" not in self.errors:
            self.add_error("why_committee", _("Say why a person could not decide it: a committee takes longer"))
        return given

    def line(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name != "no_patient"}
        return told if told["committee"] else {**told, "why_committee": ""}


class TopForm(forms.Form):
    """Who is the chief executive and who is the chair, of those who hold the role today."""

    seen = seen_field()
    executive = forms.ChoiceField(label=_("Who is the chief executive?"), required=False, error_messages=CHOOSE)
    board = forms.ChoiceField(label=_("Who is the chair?"), required=False, error_messages=CHOOSE)

    def __init__(self, organisation: Place, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.people = at_top(organisation, today())
        named = named_at_top(organisation)
        for name, role in zip(("executive", "board"), TOP, strict=True):
            those = sorted(((str(each.pk), each.name) for each in self.people[role]), key=itemgetter(1))
            self.fields[name].choices = [("", _("Whoever has held the role longest")), *those]
            self.initial[name] = str(named.get(role, ""))
        self.initial["seen"] = mark_of(named)

    def named(self) -> dict[str, Any]:
        """For each role, the person, or None."""
        said = (self.cleaned_data["executive"], self.cleaned_data["board"])
        there = [{str(each.pk): each for each in self.people[role]} for role in TOP]
        return {role: those.get(pk) for role, those, pk in zip(TOP, there, said, strict=True)}


def time_field(label: Any, **more: Any) -> forms.TimeField:
    words = _("Write the time as hours and minutes, such as 10:15")
    return forms.TimeField(
        label=label, input_formats=TIMES, error_messages={"required": words, "invalid": words}, **more
    )


class OfferForm(WritingForm):
    day = forms.DateField(
        label=_("Which day"),
        help_text=_("For example 27/3/2026."),
        input_formats=DAYS,
        widget=forms.DateInput,
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the day as day/month/year, such as 27/3/2026")),
    )
    first = time_field(_("From"), help_text=_("For example 10:00."))
    last = time_field(_("To"), help_text=_("For example 11:00, for four drop-ins."))
    where = forms.CharField(
        label=_("Where to find you"),
        help_text=_("A room, a phone number or a link to a call."),
        max_length=120,
        error_messages={
            "required": _("Say where to find you"),
            "max_length": _("Make it 120 letters or fewer"),
        },
    )

    def starts(self) -> list[datetime]:
        """The moment at which each quarter of an hour begins."""
        said, zone = self.cleaned_data, get_current_timezone()
        at = datetime.combine(said["day"], said["first"], zone)
        end = datetime.combine(said["day"], said["last"], zone)
        count = int((end - at).total_seconds() // 60 // MINUTES)
        return [at + timedelta(minutes=MINUTES * each) for each in range(min(count, 100))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        times = given.get("first"), given.get("last")
        if all(times) and times[0] >= times[1]:
            self.add_error("last", _("Choose an end that is after the beginning"))
        return given


class BookForm(WritingForm):
    about = forms.CharField(
        label=_("What is it about, in one line?"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Make it 200 letters or fewer")},
    )
    decision = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("about") and not given.get("decision") and "about" not in self.errors:
            self.add_error("about", _("Say what it is about, so that they can prepare"))
        return given
