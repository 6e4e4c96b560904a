"""What people type about decisions, and the words of the errors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.decisions.models import ANSWERS, NO, NOT_YET, TEST, WAITING, Decision
from trustwide.rooms.decisions.scheme import Question
from trustwide.rooms.decisions.writing import ANSWERED, lines_of, with_nothing
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.forms import day_field

FEWEST, MOST = 2, 6
TEST_WEEKS, WORD_DAYS = 4, 5
#: Reasons that often fit; nobody need choose one.
REASONS = {
    "": _("None, or in my own words"),
    "fits": _("It fits what we are here for"),
    "safe": _("It is safe to try, and we can go back"),
    "agreed": _("Those it affects agree"),
    "numbers": _("I need to see the numbers first"),
    "asked": _("Those it affects must be asked first"),
    "money": _("There is no money for it now"),
    "other": _("Something else comes first"),
}


class DecisionForm(RecordForm):
    says_what_to_do = ("title", "options", "recommendation")

    class Meta(RecordForm.Meta):
        model = Decision
        fields: ClassVar[list[str]] = [
            "title", "why", "options", "recommendation", "sort", "money", "reversible", "affected", "next_review",
            "sharing",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("The question, in one sentence"),
            "why": _("Why now?"),
            "options": _("What could we do? One option a line"),
            "recommendation": _("What do you recommend, and why?"),
            "sort": _("What is it mostly about?"),
            "money": _("What does it cost, in whole pounds?"),
            "reversible": _("We can undo it if it does not work"),
            "affected": _("Who is affected, and who was asked?"),
            "next_review": _("By when is the decision needed?"),
            "sharing": _("Who can read it"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("One that can be answered with yes or no, such as: May we try a later tea round for two weeks?"),
            "options": _("From 2 to 6. Doing nothing is always one of them: we add it if you do not."),
            "money": _("Leave it empty if it costs nothing."),
            "reversible": _("Then it can be decided closer to the work."),
            "next_review": _("Such as 3/4/2026. Leave it empty for ten working days from now."),
        }
        widgets: ClassVar[dict[str, Any]] = {"next_review": forms.DateInput, "money": forms.TextInput}
        error_messages: ClassVar[dict[str, Any]] = {
            "money": {"invalid": _("Type whole pounds, such as 250"), "min_value": _("Type 0 or more pounds"),
                      "max_value": _("Type a smaller sum")},
            "next_review": {"invalid": _("Write the day as day/month/year, such as 27/3/2026")},
        }  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        needs = {
            "why": _("Say why it is asked now"),
            "options": _("Write the options, one a line"),
            "recommendation": _("Say what you recommend"),
        }
        for name, words in needs.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words
        self.fields["money"].widget.attrs["inputmode"] = "numeric"

    def clean_options(self) -> str:
        said = with_nothing(self.cleaned_data["options"])
        count = len(lines_of(said))
        if not FEWEST <= count <= MOST:
            told = {"fewest": FEWEST, "most": MOST, "count": count}
            raise forms.ValidationError(
                _now("Write %(fewest)s to %(most)s options with doing nothing among them; there are %(count)s") % told
            )
        return said

    def clean_next_review(self) -> date | None:
        day: date | None = self.cleaned_data["next_review"]
        if day and day < today() and "next_review" in self.changed_data:
            raise forms.ValidationError(_("That day is past. Choose today or a day after it"))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.instance._state.adding and self.instance.stage not in WAITING:
            raise forms.ValidationError(ANSWERED)
        return given

    def question(self) -> Question:
        """What tells who decides it; of a form that is in order."""
        said = self.cleaned_data
        return Question(said["sort"], said["money"], said["reversible"])


class DecideForm(WritingForm):
    """One answer, with a reason where there is one."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    what = forms.ChoiceField(
        choices=[(each, each) for each in ANSWERS],
        error_messages={"required": _("Press one of the buttons"), "invalid_choice": _("Press one of the buttons")},
    )
    short = forms.ChoiceField(
        label=_("A short reason"),
        choices=list(REASONS.items()),
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list")},
    )
    reason = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=500,
        error_messages={"max_length": _("Make the reason 500 letters or fewer")},
    )
    test_until = day_field()
    word_by = day_field()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["test_until"].initial = (today() + timedelta(weeks=TEST_WEEKS)).strftime("%d/%m/%Y")
        self.fields["word_by"].initial = working_day_after(today(), WORD_DAYS).strftime("%d/%m/%Y")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        what = given.get("what")
        day = {TEST: "test_until", NOT_YET: "word_by"}.get(what or "")
        if day and day not in self.errors and (not given.get(day) or given[day] <= today()):
            self.add_error(day, _("Choose a day after today"))
        if what == NO and not self.said():
            self.add_error("reason", _("Say why not: those who asked deserve a reason"))
        return given

    def said(self) -> str:
        """The reason, short or in words, or both."""
        short = str(REASONS.get(self.cleaned_data.get("short", ""), "")) if self.cleaned_data.get("short") else ""
        return ". ".join(each for each in (short, self.cleaned_data.get("reason", "").strip()) if each)

    def until(self) -> date | None:
        """The day that goes with the answer."""
        day: date | None = self.cleaned_data.get(
            {TEST: "test_until", NOT_YET: "word_by"}.get(self.cleaned_data["what"], ""), None
        )
        return day
