"""allauth's forms of passkeys, made to refuse what no browser would send: its reader fails on some of it."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature
from django.forms import ValidationError

from trustwide.rooms.people.adapters import WRONG_CODE

UNREADABLE = (KeyError, IndexError, TypeError, ValueError, AttributeError, struct.error, InvalidSignature)


class CarefulUse:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE:
            raise ValidationError(WRONG_CODE) from None


class AddPasskeyForm(forms.AddWebAuthnForm):
    def clean(self) -> Any:
        try:
            return super().clean()
        except UNREADABLE:
            raise ValidationError(WRONG_CODE) from None


class SignInForm(CarefulUse, forms.LoginWebAuthnForm):
    pass


class SecondStepForm(CarefulUse, forms.AuthenticateWebAuthnForm):
    pass


class AgainForm(CarefulUse, forms.ReauthenticateWebAuthnForm):
    pass
