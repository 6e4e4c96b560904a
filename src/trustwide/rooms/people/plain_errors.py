"""Plain words for what is wrong in a form, wherever it has none of its own: the web framework's are for programmers."""

from __future__ import annotations

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


def say_plainly() -> None:
    """Put them in the place of the framework's. Called once, before any form is made: each copies them then."""
    forms.Field.default_error_messages["required"] = _("Fill this in")
    for choice in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
        choice.default_error_messages["invalid_choice"] = _("Choose from the list")
    forms.DateField.default_error_messages["invalid"] = _("Write a day such as 3/4/2026")
    forms.IntegerField.default_error_messages["invalid"] = _("Type a whole number, such as 6")
    for number in (forms.FloatField, forms.DecimalField):
        number.default_error_messages["invalid"] = _("Type a number, such as 2.5")
    forms.UUIDField.default_error_messages["invalid"] = _("Open this page again, then send it")
    letters = "Make it %(limit_value)d letter or fewer", "Make it %(limit_value)d letters or fewer"
    validators.MaxLengthValidator.message = ngettext_lazy(*letters, "limit_value")
    validators.MinValueValidator.message = _("Type %(limit_value)s or more")
    validators.MaxValueValidator.message = _("Type %(limit_value)s or less")
