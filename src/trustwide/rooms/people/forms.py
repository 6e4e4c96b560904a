"""What people type about their accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.people import letters, queries
from trustwide.rooms.people.models import Person

NO_NAME = _("Type your name, as people at work know you")


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=200, error_messages={"required": NO_NAME, "max_length": _("Make the name 200 letters or fewer")}
    )


class AccountForm(NameForm):
    """The first time: a name, and a password unless a passkey follows."""

    password = forms.CharField(required=False, strip=False, max_length=200)

    def __init__(self, *arguments: Any, email: str, by_passkey: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.email, self.by_passkey = email, by_passkey

    def clean_password(self) -> str | None:
        password = self.cleaned_data["password"]
        if self.by_passkey:
            return None
        if not password:
            raise forms.ValidationError(_("Choose a password of 12 letters or more"))
        validate_password(password, Person(email=self.email, name=self.cleaned_data.get("name", "")))
        return str(password)


class ForgottenForm(ResetPasswordForm):
    """allauth's own, but that it knows that nobody signs up by themselves here."""

    def save(self, request: Any, **options: Any) -> str:
        email = str(self.cleaned_data["email"])
        provider = queries.provider_for(email)
        if provider and any(not each.has_usable_password() for each in self.users):
            letters.send_organisation(email, provider.name)
        elif self.users:
            super().save(request, **options)
        else:
            letters.send_no_account(email)
        return email
