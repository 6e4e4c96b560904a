"""What people type about what they keep, and what they make of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.gains.models import TURNS, VERDICTS, Gain
from trustwide.rooms.gains.ten import REPLIES, SENTENCES
from trustwide.rooms.gains.verdicts import suggested
from trustwide.rooms.people.clock import today
from trustwide.rooms.purpose.forms import homes, offer
from trustwide.rooms.purpose.queries import measures_to_choose

CHOOSE = _("Choose one")
UNKNOWN = "unknown"


class GainForm(RecordForm):
    says_what_to_do = ("title", "what")

    class Meta(RecordForm.Meta):
        model = Gain
        fields: ClassVar[list[str]] = [
            "title", "what", "turn", "since", "origin", "why", "evidence", "unequal", "watch", "owner", "sharing",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {"title": _("The practice, in a few words"), "sharing": _("Who can read it")}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Such as: video visits for families who live far away."),
            "what": _("What do people do now that they did not do before, or no longer do? No patient details."),
            "why": _("Why did you begin it, or stop it?"),
            "evidence": _("What did you see or count? “Nobody knows yet” is an answer."),
            "unequal": _(
                "Who gains less, or loses: people without a phone, night staff, those who need an interpreter?"
            ),
            "watch": _("If its chart gets worse, you are told first."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "what": {"required": _("Write what you do differently")},
            "why": {"required": _("Write why it began or stopped")},
            "evidence": {"required": _("Write how you know, or that nobody knows yet")},
            "unequal": {"required": _("Write who may be affected more or less than others")},
            "turn": {"required": CHOOSE, "invalid_choice": CHOOSE},
            "origin": {"required": CHOOSE, "invalid_choice": CHOOSE},
            "since": {"invalid": _("Write the day like 3/4/2026")},
        }
        widgets: ClassVar[dict[str, Any]] = {"since": forms.DateInput, "turn": forms.RadioSelect}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["turn"].choices = list(TURNS.items())
        offer(self.fields["watch"], measures_to_choose(homes(self)), self.instance.watch_id, _("None yet"))


class VerdictForm(WritingForm):
    """Does it still fit, and what do we do with it? What follows by itself is offered first."""

    SENT = ("version", "fits", "verdict", "reason", "unequal", "decided_by", "again_on")
    version = forms.IntegerField(widget=forms.HiddenInput)
    fits = forms.ChoiceField(
        label=_("Does it still fit how we work, or would we need it again?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer yes or no"), "invalid_choice": _("Answer yes or no")},
    )
    unequal = forms.CharField(
        label=_("Who is affected more or less than others today?"),
        help_text=_("This is asked each time: it changes. “Nobody that we know of, we asked …” is an answer."),
        max_length=300,
        error_messages={
            "required": _("Write who is affected, and how you know"),
            "max_length": _("Make it 300 letters or fewer"),
        },
    )
    verdict = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("", _("What follows by itself")), *VERDICTS.items()],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Needed if you decide something else than what follows by itself."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Make it 300 letters or fewer")},
    )
    decided_by = forms.CharField(
        label=_("Who decided it"),
        help_text=_("A meeting or a role, such as: the ward meeting, with two families."),
        max_length=120,
        error_messages={"required": _("Write who decided it"), "max_length": _("Make it 120 letters or fewer")},
    )
    again_on = forms.DateField(
        label=_("When do we talk about it again?"),
        widget=forms.DateInput,
        required=False,
        error_messages={"invalid": _("Write the day like 3/4/2026")},
    )

    def __init__(self, gain: Gain, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.gain = gain
        told = {each: VERDICTS[suggested(gain.turn, each)] for each in (True, False)}
        self.fields["fits"].help_text = _("If yes, this follows: %(yes)s. If no: %(no)s.") % {
            "yes": told[True],
            "no": told[False],
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        follows = suggested(self.gain.turn, given.get("fits") == "yes")
        if given.get("fits") and given.get("verdict") not in ("", None, follows) and not given.get("reason"):
            self.add_error("reason", _("This is not what follows by itself. Say why"))
        if given.get("again_on") and given["again_on"] <= today():
            self.add_error("again_on", _("Choose a day that is still to come"))
        return given

    def sent(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.SENT}
        return {**given, "fits": given["fits"] == "yes"}


class TenForm(forms.Form):
    """Ten sentences, each with the same replies."""

    def __init__(self, before: list[int | None], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        replies = [*((str(key), words) for key, words in REPLIES.items()), (UNKNOWN, _("I do not know"))]
        for place, sentence in enumerate(SENTENCES):
            now = before[place] if before else ""
            self.fields[f"says-{place}"] = forms.ChoiceField(
                label=f"{place + 1}. {sentence}",
                choices=replies,
                widget=forms.RadioSelect,
                initial="" if now == "" else UNKNOWN if now is None else str(now),
                error_messages={
                    "required": _("Answer sentence %(n)s; “I do not know” is an answer too") % {"n": place + 1},
                    "invalid_choice": CHOOSE,
                },
            )

    def given(self) -> list[int | None]:
        said = [self.cleaned_data[f"says-{place}"] for place in range(len(SENTENCES))]
        return [None if each == UNKNOWN else int(each) for each in said]
