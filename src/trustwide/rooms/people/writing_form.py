"""Forms in which people write: they warn of what could tell who a patient is, and help with plain words."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines import words

MOST_NAMED = 6


class WritingForm(forms.Form):
    """What could tell who a patient is must be taken out, or be said to be nobody's, before anything is saved.

    The tick holds a mark of exactly what was found, so that a tick for one thing never lets another through.
    What stood in a record before is not asked about again.
    """

    no_patient = forms.CharField(required=False, max_length=64)
    tick_words = gettext_lazy("I have looked: this is about no patient")
    #: The boxes that ask what to do, as an idea does: that their words are a way to fix it is no fault in them.
    says_what_to_do: tuple[str, ...] = ()
    #: The boxes that hold no words, such as a link: nothing is looked for there.
    no_words: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        found = {name: self.asked_about(text) for name, text in self._written() if name in self.changed_data}
        found = {name: findings for name, findings in found.items() if findings}
        texts = sorted(each.text for findings in found.values() for each in findings)
        self.tick = sha256("\n".join(texts).encode()).hexdigest() if texts else ""
        if texts and said.get("no_patient") != self.tick:
            for name, findings in found.items():
                self.add_error(name, self.warning(findings))
        return said

    def asked_about(self, text: str) -> list[words.Finding]:
        """What of a text must be taken out or be ticked; a form that asks about more adds it."""
        return words.identifiers(text)

    def warning(self, findings: list[words.Finding]) -> str:
        """What is said beside a text in which something was found."""
        return _warning(findings)

    def asks_for_tick(self) -> bool:
        """Whether the page must offer the tick; asked of a form that was refused."""
        return bool(getattr(self, "tick", ""))

    def advice(self) -> list[words.Finding]:
        """What to say in plainer words; help, never a gate."""
        return [
            each
            for name, text in self._written()
            for each in words.check(text)
            if each.kind != "identifier" and not (each.kind == "solution" and name in self.says_what_to_do)
        ]

    def _written(self) -> list[tuple[str, str]]:
        """What stands in each text box, by the name of its field."""
        boxes = [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField)
            and name not in ("no_patient", *self.no_words)
            and not field.widget.is_hidden
        ]
        return [(name, str(self.data.get(self.add_prefix(name), ""))) for name in boxes]


def _warning(findings: list[words.Finding]) -> str:
    """What was found, what to write instead, and what to do where it is nobody's."""
    named = list(dict.fromkeys(f"“{each.text}”" for each in findings))[:MOST_NAMED]
    told = _("%(texts)s could tell who a patient is.") % {"texts": get_text_list(named, _("and"))}
    cures = list(dict.fromkeys(each.say_instead for each in findings))
    cure = cures[0] if len(cures) == 1 else _("Leave them out. Say “a patient”, “in their seventies”, or the town.")
    return " ".join([told, cure, _("If it is nobody’s, tick the box by the button. Nothing was saved.")])
