"""What people type of what failed well: about work, never about people."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines.words import Finding
from trustwide.rooms.commons.forms import RecordForm
from trustwide.rooms.commons.typing_forms import WritingForm
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.projects import queries
from trustwide.rooms.projects.models import FabulousFailure

#: Two or three words that begin with a capital, as names do.
NAMED = gettext_lazy("Say the role instead of the name, or tick the box by the button if they agreed.")
NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}\b")


class FailureForm(RecordForm):
    """Asks a tick where somebody who works here is named."""

    says_what_to_do = ("title", "what_tried", "differently", "again_if")

    class Meta(RecordForm.Meta):
        model = FabulousFailure
        fields: ClassVar[list[str]] = [
            "title", "what_tried", "predicted", "happened", "why", "cost", "differently", "again_if", "tell",
        ]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {"title": gettext_lazy("What we tried, in a line")}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": gettext_lazy("Such as: A text message the day before did not fill our clinic."),
            "what_tried": gettext_lazy("Say roles, not names."),
            "happened": gettext_lazy(
                "Was somebody harmed, or could they have been? That does not belong here: report it by your trust’s"
                " incident route (LFPSE)."
            ),
            "cost": gettext_lazy("Such as: about 12 hours of three people, over four weeks."),
            "again_if": gettext_lazy("What would have to change, such as: if the clinic opened on Saturdays."),
            "tell": gettext_lazy("Teams or roles that may be about to try the same."),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, words in REQUIRED.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    tick_words = gettext_lazy("I have looked: this is about no patient, and whoever is named agreed to it")

    def warning(self, findings: list[Finding]) -> str:
        """Of names it says that they are names."""
        named = [each for each in findings if each.say_instead == NAMED]
        if len(named) < len(findings):
            return super().warning([each for each in findings if each not in named])
        said = ", ".join(f"“{each.text}”" for each in named[:3])
        return _("%(names)s: somebody who works here. %(cure)s Nothing was saved.") % {"names": said, "cure": NAMED}

    def asked_about(self, text: str) -> list[Finding]:
        """What could tell who a patient is, and the names of people who work here."""
        home = next(iter(self.places.values())) if self.places else self.instance.place
        return [*super().asked_about(text), *names_in(text, home.organisation)]


REQUIRED = {
    "what_tried": gettext_lazy("Say what you tried"),
    "happened": gettext_lazy("Say what happened"),
    "differently": gettext_lazy("Say what you would do differently: that is what others look for"),
}


def names_in(text: str, organisation: Any) -> list[Finding]:
    """The names in a text of people who work in an organisation; one query, and none where nothing looks like one."""
    found = {}
    for each in NAME.finditer(text):
        words = each.group().split(" ")
        for start in range(len(words) - 1):
            found.setdefault(" ".join(words[start : start + 2]), each.start())
    known = queries.names_among(organisation, list(found)) if found else set()
    return [
        Finding("identifier", None, name, start, start + len(name), str(NAMED))
        for name, start in found.items() if name in known
    ]  # fmt: skip


class ThanksForm(WritingForm):
    """A leader’s thanks: one tap sends the words that stand there."""

    key = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=1_000,
        initial=gettext_lazy("Thank you for trying this, and for telling us how it went. Others will start from here."),
        error_messages={
            "required": gettext_lazy("Write a word of thanks"),
            "max_length": gettext_lazy("Make it 1,000 letters or fewer"),
        },
    )
