"""What people type about what they try, and the limits that a board sets."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.experiments import queries
from trustwide.rooms.experiments.approval import GROWN, holds_to_limits
from trustwide.rooms.experiments.models import ANSWERS, CHANGED, DESKS, KEPT, STOPPED, TICKS, Experiment
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

ASKED = ("reversible", "risk", *TICKS)
MOST_POUNDS, MOST_PEOPLE, MOST_WEEKS = 1_000_000, 5_000, 104


def whole_number(most: int, label: Any, help_text: Any = "", least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        error_messages={
            "required": format_lazy("{say} {what}", say=_("Type a number:"), what=label),
            "invalid": _("Type a whole number, such as 6"),
            "min_value": _("Type %(limit_value)s or more"),
            "max_value": _("Type %(limit_value)s or less"),
        },
    )


def answer(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """Yes or no. There are several, so what is missing names its question."""
    missing = format_lazy("{say} {question}", say=_("Answer yes or no:"), question=label)
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class ExperimentForm(RecordForm):
    says_what_to_do = ("title", "what", "expect", "rethought")
    cost = whole_number(MOST_POUNDS, _("What it costs at most, in pounds"), _("0 if it costs nothing."), least=0)
    people = whole_number(
        MOST_PEOPLE, _("How many people take part at most"), _("Those who try it, and those it is tried with.")
    )
    weeks = whole_number(MOST_WEEKS, _("How many weeks it takes at most"))
    reversible = answer(_("Can we go back to how it was at any time?"))
    risk = answer(_("Could it put a patient at risk?"))
    research = answer(TICKS["research"])
    governance = answer(TICKS["governance"])
    medicines = answer(TICKS["medicines"])
    equality = answer(TICKS["equality"])
    quality = answer(TICKS["quality"])

    class Meta(RecordForm.Meta):
        model = Experiment
        fields: ClassVar[list[str]] = [
            "title", "what", "expect", "rethought", "scope", "cost", "people", "weeks", *ASKED, "stop_signs",
            "must_know", "tries", "owner", "sharing",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("The test, in a few words"), "sharing": _("Who can read it"),
            "rethought": _("What you think now"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "what": _("One change, as small as can be. No patient details."),
            "expect": _("In a number if you can, such as: 8 of 10 tablets will be ready by 11."),
            "rethought": _("It has begun, so what you thought first stays. This stands beside it."),
            "scope": _("Such as: the two side bays of Ward 7, with the day team."),
            "stop_signs": _("What would tell you to stop at once?"),
            "must_know": _("Such as: the site manager, the pharmacist of the ward."),
        }
        widgets: ClassVar[dict[str, Any]] = {"tries": forms.HiddenInput}
        error_messages: ClassVar[dict[str, Any]] = {
            "tries": {"invalid_choice": _("This idea is not there any more. Plan it without, and join them later")},
            "what": {"required": _("Write what you will try")},
            "expect": {"required": _("Write what you think will happen")},
            "scope": {"required": _("Write where you try it, and with whom")},
            "stop_signs": {"required": _("Write what would make you stop")},
            "must_know": {"required": _("Write who must know")},
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        home = next(iter(self.places.values())) if self.places else self.instance.place
        contacts = queries.contacts_for(home)
        for name, desk in DESKS.items():
            who = getattr(contacts, name, "")
            self.fields[name].help_text = _("If you are not sure, ask: %(desk)s%(who)s.") % {
                "desk": desk,
                "who": f", {who}" if who else "",
            }
        self.fields["tries"].queryset = Idea.objects.none()
        if not self.places:
            del self.fields["tries"]  # what it tries is said once, where it is planned
        first = self.instance.expect
        opened_before = "rethought" not in self.data and self.data.get("expect", first) != first
        del self.fields["expect" if self.instance.began_on and not opened_before else "rethought"]

    def made_for(self, person: Person, place: Place | None) -> None:
        """Of ideas, only one that the person may read can be tried."""
        super().made_for(person, place)
        if "tries" in self.fields and place is not None:
            self.fields["tries"].queryset = Idea.objects.visible_to(person).filter(organisation=place.organisation_id)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and self.instance.stage == "running":
            grown = Experiment(**{each.name: getattr(self.instance, each.name) for each in self._columns()})
            for name, value in self.typed().items():
                setattr(grown, name, value)
            if not holds_to_limits(grown):
                self.add_error("title", GROWN)
        return given

    def _columns(self) -> list[Any]:
        return [each for each in Experiment._meta.concrete_fields if each.name != "record_ptr"]


class EndForm(WritingForm):
    """What happened, and what becomes of it."""

    SENT = ("version", "happened", "stage")
    version = forms.IntegerField(widget=forms.HiddenInput)
    happened = forms.CharField(
        label=_("What happened?"),
        help_text=_("What did you see? Was it what you thought? What did you learn?"),
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what happened"), "max_length": _("Make it 2,000 letters or fewer")},
    )
    stage = forms.ChoiceField(
        label=_("What now?"),
        choices=[
            (KEPT, _("Keep it: it works")),
            (CHANGED, _("Change it, and try again")),
            (STOPPED, _("Stop it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it"), "invalid_choice": _("Choose one of the three")},
    )


class LimitsForm(WritingForm):
    """The numbers, and whom to ask about each tick."""

    NUMBERS = ("cost", "people", "weeks")
    number = forms.IntegerField(widget=forms.HiddenInput)
    cost = whole_number(MOST_POUNDS, _("A test costs no more than, in pounds"), least=0)
    people = whole_number(MOST_PEOPLE, _("No more people take part than"))
    weeks = whole_number(MOST_WEEKS, _("It ends within so many weeks"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, desk in DESKS.items():
            self.fields[name] = forms.CharField(
                label=_("Whom to ask: %(desk)s") % {"desk": desk},
                max_length=120,
                required=False,
                error_messages={"max_length": _("Make it 120 letters or fewer")},
            )
        self.fields["research"].help_text = _("A desk and how to reach it, such as: research office, extension 4410.")

    def sent(self) -> dict[str, Any]:
        given = self.cleaned_data
        limits = {name: given[name] for name in self.NUMBERS}
        return {"number": given["number"], "limits": limits, "contacts": {name: given[name] for name in DESKS}}
