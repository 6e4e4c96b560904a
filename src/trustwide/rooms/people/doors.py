"""allauth's own views, each behind a gate of ours: said who may open it, which methods it has, and in one transaction.

Only those that the house needs are here; the rest of allauth has no address.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

from trustwide.rooms.people import queries
from trustwide.rooms.people.gates import View, public, signed_in

TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


def door(view: View, *, whole: bool = False) -> View:
    """The view with the three methods that pages have; with `whole`, a POST is one transaction."""

    @wraps(view)
    def opened(request: HttpRequest, *arguments: Any, **parts: Any) -> HttpResponse:
        method = request.method
        request.method = "GET" if method == "HEAD" else method  # allauth would count a HEAD as an attempt
        try:
            with transaction.atomic() if whole and method == "POST" else nullcontext():
                return told_to_wait(view(request, *arguments, **parts))
        finally:
            request.method = method

    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(opened))


def told_to_wait(answer: HttpResponse) -> HttpResponse:
    """allauth tells some who tried too often by an error of the form alone; programs are told by the status."""
    shown = (getattr(answer, "context_data", None) or {}).values()
    errors = [each for form in shown if isinstance(form, Form) for each in form.errors.as_data().values()]
    if {error.code for told in errors for error in told} & TOO_OFTEN:
        answer.status_code = 429
        answer["Retry-After"] = "300"
    return answer


class SignIn(account.LoginView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(organisations=queries.identity_providers(), **more)


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """allauth tells a refusal by a message that we do not show; ours is told on the sign-in page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return redirect("/sign-in/?said=passkey")


class PasskeyAgain(passkeys.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


def unless_organisation(view: View) -> View:
    """Who comes in through their organisation gets no way round it: it must be able to shut them out."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **parts: Any) -> HttpResponse:
        person = request.user
        if person.is_authenticated and not person.has_usable_password() and queries.provider_for(person.email):
            return redirect("/me/?said=organisation")
        return view(request, *arguments, **parts)

    return asked


def if_it_answers(view: View) -> View:
    """A provider that cannot be reached, or that answers nonsense, is told on the sign-in page."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **parts: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **parts)
        except (RequestException, KeyError, TypeError, ValueError):
            return redirect("/sign-in/?said=away")

    return asked


sign_in = public(door(SignIn.as_view()))
sign_in_code = public(door(mfa.authenticate))
sign_in_passkey = public(door(PasskeySignIn.as_view()))
forgotten = public(door(account.password_reset))
forgotten_sent = public(door(account.password_reset_done))
new_password = public(door(account.password_reset_from_key, whole=True))
new_password_done = public(door(account.password_reset_from_key_done))
change_password = signed_in(door(account.password_change, whole=True))
first_password = signed_in(door(unless_organisation(reauthentication_required(account.password_set)), whole=True))
again = signed_in(door(account.reauthenticate))
again_code = signed_in(door(mfa.reauthenticate))
again_passkey = signed_in(door(PasskeyAgain.as_view()))
add_app = signed_in(door(app.activate_totp, whole=True))
remove_app = signed_in(door(app.deactivate_totp, whole=True))
recovery_codes = signed_in(door(codes.view_recovery_codes))
new_recovery_codes = signed_in(door(codes.generate_recovery_codes, whole=True))
add_passkey = signed_in(door(unless_organisation(passkeys.add_webauthn), whole=True))
remove_passkey = signed_in(door(passkeys.remove_webauthn, whole=True))
through_organisation = public(door(if_it_answers(oidc.login)))
back_from_organisation = public(door(if_it_answers(oidc.callback)))
