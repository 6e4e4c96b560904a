"""What people type about projects and about how they end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm, choice_field, words_field
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.seen import look_again, mark_of, seen_field
from trustwide.rooms.projects import queries
from trustwide.rooms.projects.models import DOES, JUST_DO_IT, MOST_BESIDE, SIZE_WORDS, SIZES, SMALL_TEST, Project
from trustwide.rooms.projects.rigour import ALWAYS, CAN_ASK, asked_of, words_of
from trustwide.rooms.projects.standing import ENDED_WELL, HANDED_OVER, LIVE, PAUSED, STOPPED

WHO = _("Who can read it")
TO_COME = _("Choose a day that is still to come")
MOST_IDEAS = 30


class ProjectForm(RecordForm):
    """Asks what its organisation asks of its size: one line of what is just done, a charter of a project."""

    says_what_to_do = ("trying", "expect", "digital_needs", "ideas")

    class Meta(RecordForm.Meta):
        model = Project
        fields: ClassVar[list[str]] = ["title", "size", *CAN_ASK, "says", "says_why", "owner", "sharing"]
        labels: ClassVar[dict[str, Any]] = {"title": _("What gets better"), "sharing": WHO, "stop_rule": _("Stop if")}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Name what people will notice, such as: Tablets are ready by 11."),
            "trying": _("As small as can be: one shift, one room, five people."),
            "expect": _("A number if you can: we think 8 of 10 bags will be ready. It is locked when the test begins."),
            "aim": _("Such as: from 5 of 10 bags ready to 8 of 10."),
            "aim_for": _("Such as: everybody who goes home from Ward 7."),
            "why": _("Such as: nobody waits all afternoon for a bag of tablets."),
            "money": _("Only after what it does for people."),
            "lived": _("Say their part, not their name. Who were patients or carers, and what do they decide?"),
            "unequal": _("Such as: people who do not read English, or come from far away. How will you look?"),
            "digital_needs": _("Leave it empty if nothing in it is digital."),
            "ideas": _("What you might try. Each becomes a test."),
            "stop_rule": _("Such as: the nurses lose more than ten minutes a shift to it."),
            "stop_on": _("On this day you stop, or say why it is worth going on. It stands on your front page."),
            "promised_by": _("The leader who gives the hours, such as: the manager of elderly care."),
            "covered_by": _("Such as: the site team holds the bleep on Tuesdays from 2 to 4."),
            "says": _("Only if the sentence that Trustwide writes from your record is wrong."),
        }
        widgets: ClassVar[dict[str, Any]] = {"aim_by": forms.DateInput, "stop_on": forms.DateInput}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_new = options.get("places") is not None
        self.size = self._size()
        home = next(iter(self.places.values())) if self.is_new else self.instance.place
        asked = {*asked_of(home.organisation, self.size), *(() if self.is_new else ("says", "says_why"))}
        for name in (*CAN_ASK, "says", "says_why"):
            if name not in asked and not getattr(self.instance, name, None):
                del self.fields[name]
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and field.choices[0][0] == "":
                field.choices = [("", _("Not said yet")), *field.choices[1:]]
        self._fit_size()
        if self.size == JUST_DO_IT:  # its one line is what is done
            self.says_what_to_do = (*self.says_what_to_do, "title")
        for name in ALWAYS[self.size]:
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = REQUIRED[name]

    def _size(self) -> str:
        """Of what was sent; else of what the link asked for, or the record."""
        asked = self.data.get("size") if self.is_bound else self.initial.get("size")
        return asked if asked in SIZES else self.instance.size or JUST_DO_IT

    def _fit_size(self) -> None:
        if self.is_new:
            self.fields["size"].widget = forms.HiddenInput()
            self.fields["size"].initial = self.initial["size"] = self.size
        elif self.instance.size == SMALL_TEST:  # they stand in its test, where the prediction is locked
            self.fields.pop("trying", None)
            self.fields.pop("expect", None)
        self.fields["size"].required = False

    def clean_size(self) -> str:
        return self.size

    def clean_stop_on(self) -> Any:
        day = self.cleaned_data["stop_on"]
        if day and "stop_on" in self.changed_data and day < today():
            raise forms.ValidationError(TO_COME)
        return day

    def clean_ideas(self) -> str:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["ideas"].splitlines() if line.strip()]
        if len(lines) > MOST_IDEAS:
            raise forms.ValidationError(_("Keep to %(n)s lines: try some of them first") % {"n": MOST_IDEAS})
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("says") and not given.get("says_why") and "says_why" not in self.errors:
            self.add_error("says_why", _("Say why you see it so: it stands beside what the record tells"))
        return given

    def typed(self) -> dict[str, Any]:
        """The day on which it stops is the day on which its owner looks at it again."""
        fields = super().typed()
        day = fields.get("stop_on")
        return {**fields, "next_review": day} if day and "stop_on" in self.changed_data else fields


REQUIRED = {
    "trying": _("Say what you try"),
    "aim": _("Say how much better it is to get"),
    "stop_rule": _(
        "Say what would make you stop. Nobody can stop well who has not said so at the start,"
        " and stopping early gives people their hours back"
    ),
    "stop_on": _("Choose the day on which you stop, or decide that it is worth going on"),
}
HOW: dict[str, Any] = {
    ENDED_WELL: _("It is done: it is how we work now"),
    STOPPED: _("Stop it"),
    PAUSED: _("Pause it until a day"),
    LIVE: _("Adapt it: go on in another way until a new day"),
    HANDED_OVER: _("Hand it over to others"),
}


def hours_field(label: Any, most: int, help_text: Any = "", *, required: bool = True) -> forms.IntegerField:
    wrong = _("Type whole hours, such as 6")
    return forms.IntegerField(
        label=label, help_text=help_text, required=required, min_value=0, max_value=most,
        error_messages={
            "required": wrong, "invalid": wrong, "min_value": _("Type 0 or more hours"),
            "max_value": _("Type %(limit_value)s hours or fewer"),
        },
    )  # fmt: skip


class EndForm(WritingForm):
    """How a project ends, pauses or goes on otherwise. That what needed one line is done needs no more words."""

    SENT = ("version", "reason", "kept", "again_if", "hours", "handed_to", "until")
    version = forms.IntegerField(widget=forms.HiddenInput)
    how = choice_field(_("What do you do?"), HOW, _("Choose what you do"))
    reason = words_field(_("Why"), 300, _("Two sentences that the next team will find before it begins."), _("Say why"))
    kept = words_field(
        _("What is kept"), 500, _("What carries on, what was learned, where the papers are."), lines=True
    )
    again_if = words_field(
        _("What it would take to try it again"), 500,
        _("Whoever has the same idea finds this. Such as: a second porter in the afternoon, and two weeks."),
        lines=True,
    )  # fmt: skip
    hours = hours_field(
        _("Hours a week that this frees"), 10_000,
        _("Leave it empty if nobody knows. They are the team’s, to use as it sees fit."), required=False,
    )  # fmt: skip
    handed_to = words_field(
        _("Whom you hand it to"), 200, _("Only if you hand it over: a team or a role, which has agreed.")
    )
    until = forms.DateField(
        label=_("Until which day"),
        help_text=_("Only if you pause or adapt it. Such as 3/4/2026. It then stands on your front page."),
        required=False,
        error_messages={"invalid": _("Write the day like 3/4/2026")},
    )

    def __init__(self, size: str, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        self.fields["reason"].required = size != JUST_DO_IT

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        how, until = given.get("how"), given.get("until")
        if how != ENDED_WELL and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why"))
        if how == HANDED_OVER and not given.get("handed_to") and "handed_to" not in self.errors:
            self.add_error("handed_to", _("Say whom you hand it to"))
        if how in (PAUSED, LIVE) and not until and "until" not in self.errors:
            self.add_error("until", _("Say until which day"))
        if until and until < today():
            self.add_error("until", TO_COME)
        return given


class MemberForm(WritingForm):
    """Somebody for the team: found by their name, or a part that somebody with no account has."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    name = words_field(
        _("Their name, as it stands on the page of people"), 100,
        _("Of somebody with lived experience who has no account, write the part, such as: a carer."),
        _("Write who it is"),
    )  # fmt: skip
    does = choice_field(_("What they do in it"), DOES, _("Choose what they do"))

    def __init__(self, project: Project, sent: Any = None) -> None:
        super().__init__(sent, initial={"does": "member"})
        self.project, self.person = project, None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        name = given.get("name", "")
        found = queries.people_called(self.project.organisation, name) if name else []
        self.person = found[0] if len(found) == 1 else None
        if name and not found and given.get("does") != "lived":
            self.add_error("name", _("Nobody of that name works here. Look it up on the page of people"))
        if len(found) > 1:
            self.add_error("name", _("More than one person has that name: ask an administrator to tell them apart"))
        return given


class MeasuresForm(forms.Form):
    """The measure that tells of a project, and up to four beside it, of those that are offered."""

    seen = seen_field()
    gone = _("One of them is not offered any more. Look at the ticks and save again")
    first = forms.ChoiceField(error_messages={"required": _("Choose the one that tells"), "invalid_choice": gone})
    also = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": gone})

    def __init__(self, offered: Iterable[Measure], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.offered = {str(each.pk): each for each in offered}
        for name, label in (("first", _("The one that tells")), ("also", _("Beside it"))):
            self.fields[name].label = label
            self.fields[name].choices = [(key, each.title) for key, each in self.offered.items()]  # type: ignore[attr-defined]

    def clean_also(self) -> list[str]:
        """Without the one that tells, which is no other."""
        others = [each for each in self.cleaned_data["also"] if each != self.cleaned_data.get("first")]
        if (too_many := len(others) - MOST_BESIDE) > 0:
            raise forms.ValidationError(
                _("At most %(most)s stand beside it: take %(many)s out"),
                params={"most": MOST_BESIDE, "many": too_many},
            )
        return others

    def given(self) -> list[Measure]:
        return [self.offered[key] for key in (self.cleaned_data["first"], *self.cleaned_data["also"])]


class HoursForm(forms.Form):
    """The hours that a team had in a month; beside each month, those that were noted before."""

    seen = seen_field()
    month = choice_field(_("Month"), {}, _("Choose a month"))
    hours = hours_field(_("Hours the team had for it, all people together"), 2_000)

    def __init__(self, noted: dict[str, int], sent: Any = None) -> None:
        super().__init__(sent, initial={"seen": mark_of(noted)})
        self.months, self.noted = {f"{each:%Y-%m}": each for each in queries.months_to_tell()}, noted
        self.fields["month"].choices = [(key, self._words(key, day)) for key, day in self.months.items()]

    def _words(self, key: str, day: date) -> str:
        told = {"month": f"{day:%B %Y}", "hours": self.noted.get(key)}
        return gettext("%(month)s, %(hours)s so far") % told if key in self.noted else told["month"]

    def differ(self) -> list[tuple[Any, Any, Any]]:
        """What was typed, and what somebody noted meanwhile."""
        look_again(self, mark_of(self.noted))
        key = self.cleaned_data["month"]
        return [(f"{self.months[key]:%B %Y}", self.cleaned_data["hours"], self.noted.get(key, ""))]


class RigourForm(forms.Form):
    """What is asked of work of each size: the names of fields."""

    seen = seen_field()

    def __init__(self, asked: dict[str, tuple[str, ...]], sent: Any = None) -> None:
        ticked = {size: [each for each in names if each not in ALWAYS[size]] for size, names in asked.items()}
        super().__init__(sent, initial={**ticked, "seen": mark_of(asked)})
        for size, name in SIZE_WORDS.items():
            self.fields[size] = forms.MultipleChoiceField(
                label=name,
                required=False,
                choices=[(each, words_of(each)) for each in CAN_ASK],
                error_messages={"invalid_choice": _("Choose from the list"), "invalid_list": _("Choose from the list")},
            )

    def asks(self) -> dict[str, list[str]]:
        return {size: [each for each in CAN_ASK if each in self.cleaned_data[size]] for size in SIZE_WORDS}
