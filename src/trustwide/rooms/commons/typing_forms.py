"""What the forms in which people write are made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.writing_form import WritingForm

__all__ = ["WritingForm", "choice_field", "words_field"]


def words_field(label: Any, longest: int, help_text: Any = "", required: Any = "", *, lines: bool = False) -> Any:
    """A box for words, of one line or of several `lines`; `required` is what to do where there are none."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=bool(required),
        widget=forms.Textarea if lines else forms.TextInput,
        error_messages={
            "required": required,
            "max_length": format_lazy(gettext_lazy("Make it {most} letters or fewer"), most=f"{longest:,}"),
        },
    )


def choice_field(label: Any, choices: dict[str, Any], required: Any) -> Any:
    """One of a few, none to begin with."""
    return forms.ChoiceField(
        label=label,
        choices=[("", gettext_lazy("Choose one")), *choices.items()],
        error_messages={"required": required, "invalid_choice": gettext_lazy("Choose one of these")},
    )
