"""What people type about a test of change: the question, what they think will happen, and what did."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm, choice_field, words_field
from trustwide.rooms.projects.models import ACTS, RIGHT, TestOfChange


class TestForm(RecordForm):
    __test__: ClassVar[bool] = False
    says_what_to_do = ("title", "trying", "prediction", "rethought", "how", "collect")

    class Meta(RecordForm.Meta):
        model = TestOfChange
        fields: ClassVar[list[str]] = [
            "title", "trying", "prediction", "rethought", "how", "collect", "stop_if", "owner", "sharing",
            "next_review",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("The question that it asks"),
            "rethought": _("What you think now"),
            "sharing": _("Who can read it"),
            "next_review": _("The day on which you look at what happened"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Such as: Does a tablet round at 9 get the bags ready by 11?"),
            "trying": _("One change, as small as can be."),
            "prediction": _("A number if you can: we think 8 of 10. It is locked when the test begins."),
            "rethought": _("The test has begun, so the first prediction stays. This stands beside it."),
            "how": _("Such as: one nurse and one porter, bays at the window, Tuesday and Wednesday."),
            "collect": _("Such as: a tick on the board for each bag."),
            "stop_if": _("Such as: anybody waits longer than before."),
        }
        widgets: ClassVar[dict[str, Any]] = {"next_review": forms.DateInput}

    def __init__(self, *arguments: Any, ideas: list[str] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["trying"].required = True
        self.fields["trying"].error_messages["required"] = _("Say what you try")
        if ideas:
            self.fields["trying"].help_text = _("Change ideas of this project: %(ideas)s") % {"ideas": "; ".join(ideas)}
        is_locked = self.instance.started_at and self.instance.locked
        first = self.instance.prediction
        opened_before = "rethought" not in self.data and self.data.get("prediction", first) != first
        del self.fields["prediction" if is_locked and not opened_before else "rethought"]


class StudyForm(WritingForm):
    """What happened, beside what was thought."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    prediction = words_field(
        _("What did you think would happen?"), 500,
        _("The test began without it. It is kept, and the page says that it was written afterwards."),
        lines=True,
    )  # fmt: skip
    happened = words_field(_("What happened"), 2_000, required=_("Say what happened"), lines=True)
    right = choice_field(_("Did what you thought happen?"), RIGHT, _("Choose one: a wrong guess teaches as much"))
    surprises = words_field(_("What surprised you"), 2_000, lines=True)
    learned = words_field(
        _("What you learned"), 2_000, required=_("Say what you learned: one sentence is enough"), lines=True
    )

    def __init__(self, test: TestOfChange, sent: Any = None) -> None:
        super().__init__(sent, initial={"version": test.version})
        if test.prediction:
            del self.fields["prediction"]
        self.names = [name for name in self.fields if name not in ("version", "no_patient")]

    def said(self) -> dict[str, Any]:
        """What was written, by field of the test."""
        given = {name: self.cleaned_data[name] for name in self.names}
        return given if given.get("prediction", "-") else {**given, "right": ""}


class DecideForm(WritingForm):
    """What to do now that it is known what happened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = choice_field(_("What do you do now?"), ACTS, _("Choose what you do now"))
    next_time = words_field(_("What you try next, if anything"), 300, _("It is filled in for you in the next test."))
