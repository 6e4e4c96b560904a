"""What allauth asks of the house: the words of its errors, its letters, where it may send people, its secrets."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people import actions, letters
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.sealing import seal, unseal

WRONG_PASSWORD = gettext_lazy("That e-mail address and password do not go together. Check both and try again.")
TOO_OFTEN = gettext_lazy("That was tried too often. Wait five minutes, then try again.")
WRONG_CODE = gettext_lazy("That did not work. If it is a code from your app, wait for the next one and type that.")


class Accounts(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_PASSWORD,
        "invalid_login": WRONG_PASSWORD,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_password": gettext_lazy("That is not your password. Try again."),
        "enter_current_password": gettext_lazy("That is not your password now. Try again."),
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation, or through their trust's own sign-in."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only paths of our own, whatever the host is called."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return redirect("/sign-in/?said=closed")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/me/?said=password"

    def set_password(self, user: Person, password: str) -> None:  # type: ignore[override]
        actions.set_password(person=user, password=password)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """By the account's own address: allauth would look for it in a table of addresses that we do not keep."""
        self.pre_authenticate(context.request, email=user.email, password=password)
        found = authenticate(context.request, email=user.email, password=password)
        if found is not None:
            self._rollback_login_failed_rl_usage()
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What asks least of people first: recovery codes are few."""
        order = ("reauthenticate", "mfa_reauthenticate:webauthn", "mfa_reauthenticate")
        return sorted(super().get_reauthentication_methods(user), key=lambda each: order.index(each["id"]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One letter is allauth's to send, and its words are ours."""
        if template_prefix != "account/email/password_reset_key":
            raise LookupError(template_prefix)
        letters.send_new_password(email, context["password_reset_url"])


class SecondSteps(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": gettext_lazy("Add an authenticator app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Trustwide"

    def _get_site_name(self) -> str:
        return "Trustwide"

    def build_totp_svg(self, url: str) -> str:
        """The picture alone, so that it can stand within a page."""
        return super().build_totp_svg(url).partition("?>")[2].strip()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 (allauth's own name)
        return _("Passkey")
