"""What people type about purpose, values and objectives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import queries
from trustwide.rooms.purpose.models import BENEFITS, MONEY, Message, Objective, Strategy, Value

WHO = _("Who can read it")
MOST_BEHAVIOURS = 8


def offer(field: Any, found: QuerySet[Any], now: Any, none: Any) -> None:
    """Let one of those records be chosen, or none; the one that is chosen now stays among them."""
    chosen = found.model.objects.filter(pk=now) if now else found.model.objects.none()
    kept = [each.pk for each in found[: queries.OFFERED]]
    field.queryset = found.model.objects.filter(pk__in=[*kept, *chosen.values_list("pk", flat=True)])
    field.queryset = field.queryset.select_related("place").order_by("place__path", "created_at")
    field.label_from_instance = lambda record: f"{record.title} ({record.place.name})"
    field.empty_label = none
    field.error_messages["invalid_choice"] = _("Choose one from the list")


def homes(form: RecordForm) -> list[Place]:
    """The places that a form is about: those offered, or the record's own."""
    return list(form.places.values()) or [form.instance.place]


class ValueForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Value
        fields: ClassVar[list[str]] = ["title", "behaviours", "in_method", "owner", "sharing"]
        labels: ClassVar[dict[str, Any]] = {"title": _("The value, in a few words"), "sharing": WHO}
        help_texts: ClassVar[dict[str, Any]] = {
            "behaviours": _("What would somebody see or hear? Such as: We say sorry before we explain."),
            "in_method": _("Such as: We ask those who do the work first."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "behaviours": {"required": _("Write what people do when they live this value, one line each")}
        }

    def clean_behaviours(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["behaviours"].splitlines() if line.strip()]
        if len(lines) > MOST_BEHAVIOURS:
            raise forms.ValidationError(_("Keep to %(n)s lines, so that people remember them") % {"n": MOST_BEHAVIOURS})
        return "\n".join(lines)


class ReviewForm(WritingForm):
    SENT = ("version", "said")
    version = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.CharField(
        label=_("What you said"),
        help_text=_("Who took part? Where did you see this value, and where not? What will change?"),
        max_length=5_000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what you said"), "max_length": _("Make it 5,000 letters or fewer")},
    )


class StrategyForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Strategy
        fields: ClassVar[list[str]] = [
            "title", "colleagues", "patients", "service_users", "local_people", "method_name", "method", "expect",
            "owner", "sharing", "next_review",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "title": _("Our purpose, in one sentence"), "sharing": WHO, "next_review": _("When to look at it again"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "colleagues": _("What people told you, in their words. One sentence is enough."),
            "method_name": _("Such as: Better Every Week"),
            "method": _("Three or four plain sentences that a new porter would follow."),
            "expect": _("What each of us can count on from the others, the board first."),
        }
        widgets: ClassVar[dict[str, Any]] = {"next_review": forms.DateInput}


class ObjectiveForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Objective
        fields: ClassVar[list[str]] = ["title", *BENEFITS, MONEY, "lives", "told_by", "owner", "sharing", "next_review"]
        labels: ClassVar[dict[str, Any]] = {
            "title": _("What we want to get better at"),
            "lives": _("Which of our values it lives"),
            "told_by": _("The measure that will tell us"),
            "sharing": WHO,
            "next_review": _("When we look at it again"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Name the change that people will notice, such as: Nobody waits all afternoon for tablets."),
            "pathways": _("Why it matters to people. Fill in what fits; one is enough."),
            "money": _("Only after what it does for people."),
        }
        widgets: ClassVar[dict[str, Any]] = {"next_review": forms.DateInput}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        places = homes(self)
        values = queries.values_to_choose(places[0].organisation)
        offer(self.fields["lives"], values, self.instance.lives_id, _("Choose a value"))
        self.fields["lives"].required = values.exists()
        self.fields["lives"].error_messages["required"] = _("Choose the value that it lives")
        offer(self.fields["told_by"], queries.measures_to_choose(places), self.instance.told_by_id, _("None yet"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not any(given.get(name) for name in BENEFITS) and not set(BENEFITS) & set(self.errors):
            self.add_error("pathways", _("Say why it matters to people: fill in one of the five lines, money aside"))
        return given


class MessageForm(RecordForm):
    class Meta(RecordForm.Meta):
        model = Message
        fields: ClassVar[list[str]] = ["title", "text", "shows", "about", "comments_open", "sharing"]
        labels: ClassVar[dict[str, Any]] = {
            "text": _("Your message"),
            "shows": _("The value that you saw"),
            "about": _("The objective that it is about"),
            "comments_open": _("People may comment on it"),
            "sharing": WHO,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("Say what you saw, who did it and why it matters to people. A few plain lines are enough."),
        }
        error_messages: ClassVar[dict[str, Any]] = {"text": {"required": _("Write your message")}}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        home = homes(self)[0].organisation
        offer(self.fields["shows"], queries.values_to_choose(home), self.instance.shows_id, _("None in particular"))
        objectives = queries.objectives_to_choose(home)
        offer(self.fields["about"], objectives, self.instance.about_id, _("None in particular"))


class AnswerForm(WritingForm):
    """One side's turn in the talk about an objective."""

    WHAT: ClassVar[list[tuple[str, Any]]] = [
        ("agree", _("We agree to these words")),
        ("wording", _("We would put it like this")),
        ("offer", _("We can offer this")),
        ("help", _("We need help with this")),
        ("disagree", _("We cannot agree to this")),
    ]
    key = forms.UUIDField(required=False, initial=uuid7)
    worded = forms.IntegerField()
    what = forms.ChoiceField(
        choices=WHAT,
        error_messages={"required": _("Choose what you say"), "invalid_choice": _("Choose what you say")},
    )
    words = forms.CharField(
        required=False, max_length=2_000, error_messages={"max_length": _("Make it 2,000 letters or fewer")}
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        what, words = given.get("what"), given.get("words")
        if what in ("wording", "offer", "help", "disagree") and not words and "words" not in self.errors:
            self.add_error("words", _("Write it in the box: the other side needs your words"))
        if what == "wording" and words and len(words) > 200:
            self.add_error("words", _("Make the wording 200 letters or fewer"))
        return given


class StopForm(WritingForm):
    """Why an objective stops and the hours that frees; beside another that is to start, which one stops."""

    SENT = ("version", "reason", "hours")
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it stops"),
        max_length=300,
        error_messages={"required": _("Say why it stops"), "max_length": _("Make it 300 letters or fewer")},
    )
    hours = forms.IntegerField(
        label=_("Hours a week that this frees"),
        help_text=_("Leave it empty if nobody knows."),
        required=False,
        min_value=0,
        max_value=10_000,
        error_messages={
            "invalid": _("Type whole hours, such as 6"),
            "min_value": _("Type 0 or more hours"),
            "max_value": _("Type fewer hours: 10,000 is the most"),
        },
    )

    def __init__(self, *arguments: Any, stopping: Iterable[Objective] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if stopping is not None:
            self.fields["stop"] = forms.ChoiceField(
                label=_("Which one stops?"),
                choices=[("", _("Choose one")), *((str(each.pk), each.title) for each in stopping)],
                error_messages={"required": _("Choose which one stops"), "invalid_choice": _("Choose one of these")},
            )
            self.order_fields(["stop"])
