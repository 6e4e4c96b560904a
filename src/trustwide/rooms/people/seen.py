"""What a form was opened on comes back with it, so that nobody writes over what they never saw.

For what has no versions of its own: a mark of all that the form shows stands in for a number.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ChangedMeanwhile(Exception):
    """Somebody changed it since the form was opened. Nothing was saved."""


def mark_of(*told: Any) -> str:
    """The same for the same, and another for anything else."""
    return sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()[:20]


def must_be_seen(seen: str | None, *told: Any) -> None:
    """ChangedMeanwhile where what stands now is not what was `seen`; None asks nothing, as where no form was open."""
    if seen is not None and seen != mark_of(*told):
        raise ChangedMeanwhile


def seen_field() -> forms.CharField:
    return forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


def look_again(form: Any, seen: str) -> list[tuple[Any, Any, Any]]:
    """Have a form hold what was typed, on what stands now; each field that differs: its label, yours and theirs."""
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = seen
    shown = [name for name, field in form.fields.items() if not field.widget.is_hidden and name in form.initial]
    both = [(form.fields[name], form[name].value(), form.initial[name]) for name in shown]
    return [
        (field.label, words_of(field, yours), words_of(field, theirs))
        for field, yours, theirs in both
        if words_of(field, yours) != words_of(field, theirs)
    ]


def refused(form: Any, theirs: Any) -> int:
    """The status of a page: 409 where somebody changed it meanwhile, 422 where something was wrong."""
    return 409 if theirs is not None else 422 if form.errors else 200


def words_of(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field, forms.ChoiceField):
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(words) for key, words in field.choices if str(key) in chosen and str(key))
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if value else _("no"))
    return "" if value is None else str(value)
