"""What people type about problems and ideas."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.models import DRAFT
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.ideas import queries
from trustwide.rooms.ideas.access import leads
from trustwide.rooms.ideas.models import ALREADY, LOCKED, NOT_NOW, OUTCOMES, REPLIES, SIDES_OF_LIFE, Idea, Problem
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7

WHO = _("Who can read it")
LONGEST_ASKED = timedelta(days=92)
TOO_LONG = _("Make it 2,000 letters or fewer")


class ProblemForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Problem
        fields: ClassVar[list[str]] = [
            "title", "happens", "touches", "since", "known_by", "patients_say", "staff_say", "owner", "sharing",
            "next_review",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("What happens that should not, or does not that should"),
            "patients_say": _("How patients and families see it"),
            "staff_say": _("How staff see it"),
            "sharing": WHO,
            "next_review": _("When we look at it again"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Not what to do about it. Such as: People wait two hours for a lift home after they may leave."),
            "happens": _("Fill in what you know now. The rest can come later, from you or from others."),
            "touches": _("Patients, families, colleagues, other teams. Groups, never names."),
            "known_by": _("A count, a chart, what people said, what you saw. Say what you do not know, too."),
        }
        widgets: ClassVar[dict[str, Any]] = {"next_review": forms.DateInput}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.places:
            del self.fields["next_review"]


class IdeaForm(RecordForm):
    """One field is enough; the place is where its writer works."""

    says_what_to_do = ("title", "more")

    class Meta(RecordForm.Meta):
        model = Idea
        fields: ClassVar[list[str]] = ["title", "more", "for_problem", "owner", "sharing", "next_review"]
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Your idea, in a sentence"),
            "more": _("More about it, if you like"),
            "for_problem": _("The problem it is for, if there is one"),
            "owner": _("Who replies"),
            "sharing": WHO,
            "next_review": _("The day by which there is word of it"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Such as: Keep a spare chair at each lift. Never name a patient.")
        }
        widgets: ClassVar[dict[str, Any]] = {"more": forms.Textarea(attrs={"rows": 3}), "next_review": forms.DateInput}
        error_messages: ClassVar[dict[str, Any]] = {"more": {"max_length": TOO_LONG}}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["title"].error_messages |= {
            "required": _("Write your idea: one sentence is enough"),
            "max_length": _("Make it 200 letters or fewer. There is room for more below"),
        }
        if self.places or self.instance.stage == DRAFT:
            self._offer_problems()
        else:  # for which problem it is, is settled once it is put in
            del self.fields["for_problem"]
        if not self.places:
            self._lock_words()
            return
        for name in ("sharing", "next_review"):
            del self.fields[name]
        self.order_fields(["title", "more", "for_problem", "place"])

    def made_for(self, person: Any, place: Any) -> None:
        """An idea of somebody who leads begins with a problem, and waits until that is framed."""
        super().made_for(person, place)
        home = next(iter(self.places.values())).organisation
        if leads(person, home):
            field: Any = self.fields["for_problem"]
            field.required, field.empty_label, field.label = True, _("Choose a problem"), _("The problem it is for")
            field.help_text = format_html(
                '{} <a href="/{}/problems/new/" target="_blank" rel="noopener">{}</a>',
                _("You lead here, so your idea waits until its problem is framed. Is it not told of yet?"),
                home.slug,
                _("Tell of the problem first (opens in a new tab)"),
            )
            field.error_messages["required"] = _("Choose the problem it is for, or tell of the problem first")

    def _lock_words(self) -> None:
        """What was supported is not asked for; a form that was opened before says so, and loses nothing."""
        self.locked = []
        for name in Idea.WORDS if self.instance.is_locked else ():
            if self.data.get(name, getattr(self.instance, name)) == getattr(self.instance, name):
                del self.fields[name]
            else:
                self.locked.append(name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in () if self.places else self.locked:
            self.add_error(name, LOCKED)
        return given

    def _offer_problems(self) -> None:
        """Those of the organisation; the one from whose page the form was opened is chosen."""
        field: Any = self.fields["for_problem"]
        home = next(iter(self.places.values())).organisation if self.places else self.instance.organisation
        asked = str(self.initial.get("helps") or "")
        found = list(queries.problems_to_choose(home)[: queries.OFFERED])
        field.queryset = Problem.objects.filter(pk__in=[each.pk for each in found])
        field.empty_label = _("None in particular")
        field.error_messages["invalid_choice"] = _("Choose a problem from the list")
        chosen = next((each.pk for each in found if str(each.pk) == asked), None)
        if chosen:
            field.initial, self.initial["for_problem"], self.initial["helps"] = chosen, chosen, ""


class BoardIdeaForm(WritingForm):
    """An idea at a team's board: needs nobody and no network until it is sent."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Your idea, in a sentence"),
        help_text=_("Such as: Keep a spare chair at each lift. Never name a patient."),
        max_length=200,
        error_messages={
            "required": _("Write your idea: one sentence is enough"),
            "max_length": _("Make it 200 letters or fewer. There is room for more below"),
        },
    )
    more = forms.CharField(
        label=_("More about it, if you like"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, person: Any, team: Any, sent: Any) -> None:
        super().__init__(sent)
        if person is not None and leads(person, team.organisation):
            self.fields["title"].help_text = _(
                "You lead here, so it is kept as a draft that you alone see. Say on your own screen which problem it is"
                " for. Never name a patient."
            )


class AngleForm(WritingForm):
    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("Who sees it like this?"),
        choices=[("", _("Choose who")), *SIDES_OF_LIFE.items()],
        error_messages={"required": _("Choose who sees it like this"), "invalid_choice": _("Choose from the list")},
    )
    said = forms.CharField(
        label=_("How does it look from there?"),
        help_text=_("In their own words, if you can. No names of people, no patient details."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write how it looks from there"), "max_length": TOO_LONG},
    )


class AskForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    unnamed = forms.BooleanField(
        label=_("Show the replies without names"),
        help_text=_("Best where people may fear to speak. This cannot be changed once you have asked."),
        required=False,
        initial=True,
    )
    until = forms.DateField(
        label=_("The last day for replies"),
        widget=forms.DateInput,
        error_messages={"required": _("Give the last day for replies"), "invalid": _("Write a day such as 3/4/2026")},
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not today() <= until <= today() + LONGEST_ASKED:
            raise forms.ValidationError(_("Choose a day between today and three months from now"))
        return until


class ReplyForm(WritingForm):
    text = forms.CharField(
        label=_("Your reply"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your reply"), "max_length": TOO_LONG},
    )


class WordsForm(WritingForm):
    """An idea in later words."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    later = forms.CharField(
        label=_("The idea in later words"),
        help_text=_("The first words stay as people supported them. Those people are told, and may support these too."),
        max_length=2_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write the idea as you would say it now"), "max_length": TOO_LONG},
    )


class SaidForm(WritingForm):
    """Words, and a button for each thing that they can go with."""

    WHAT: ClassVar[dict[str, Any]] = {}
    NEEDS_WORDS: ClassVar[dict[str, Any]] = {}
    key = forms.UUIDField(required=False, initial=uuid7)
    what = forms.CharField(max_length=10, widget=forms.HiddenInput, required=False)
    said = forms.CharField(
        required=False, max_length=2_000, widget=forms.Textarea, error_messages={"max_length": TOO_LONG}
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        what = given.get("what", "")
        if what not in self.WHAT:
            self.add_error("said", _("Choose one of the buttons"))
        elif what in self.NEEDS_WORDS and not given.get("said", "").strip() and "said" not in self.errors:
            self.add_error("said", self.NEEDS_WORDS[what])
        return given


class AnswerForm(SaidForm):
    WHAT: ClassVar[dict[str, Any]] = REPLIES
    NEEDS_WORDS: ClassVar[dict[str, Any]] = {
        NOT_NOW: _("Say why not now, so that nobody has to guess"),
        ALREADY: _("Say where it is done or being tried"),
    }


class OutcomeForm(SaidForm):
    WHAT: ClassVar[dict[str, Any]] = OUTCOMES
