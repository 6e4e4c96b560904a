"""allauth's own views, each behind a gate of ours: said who may open it, which methods it has, and in one transaction.

Only those that the house needs are here; the rest of allauth has no address.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import utils as saml_utils
from allauth.socialaccount.providers.saml import views as saml
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from requests import RequestException

from trustwide.rooms.people import queries
from trustwide.rooms.people.gates import View, public, signed_in

LONGEST_ANSWER = 200_000  # letters of a SAML answer: they are 5,000 to 20,000
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
    """A provider that cannot be reached, or that answers nonsense or what nobody asked, is told on the sign-in page."""

    @wraps(view)
    def asked(request: HttpRequest, *arguments: Any, **parts: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **parts)
        except (RequestException, PermissionDenied, KeyError, TypeError, ValueError):
            return redirect("/sign-in/?said=away")

    return asked


def to_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To where the organisation's people sign in, by the way that it speaks."""
    provider = queries.identity_provider(provider_id)
    if provider and provider.protocol == provider.SAML:
        return saml.login(request, organization_slug=provider_id)  # type: ignore[no-any-return]
    return oidc.login(request, provider_id)  # type: ignore[no-any-return]


def answer_posted(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """A provider's answer by SAML, kept until the browser comes with its own session: who posts it brings no cookie.

    Anybody may post here, so it must be no larger than answers are, and not too many.
    """
    saml_utils.get_app_or_404(request, organization_slug)
    if len(request.body) > LONGEST_ANSWER:
        return redirect("/sign-in/?said=away")
    if not ratelimit.consume(request, action="answer_posted"):
        return ratelimit.respond_429(request)  # type: ignore[no-any-return]
    answer = saml.acs(request, organization_slug=organization_slug)
    answer.cookies["saml-acs-session"]["httponly"] = True
    return answer  # type: ignore[no-any-return]


def no_way_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Signing out at the provider is not set up: whatever comes here ends no session, and leads to no other site.

    allauth needs an address of that name; its own view would believe a message that nobody signed.
    """
    raise Http404


def described(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What to register with a provider that speaks SAML."""
    app = saml_utils.get_app_or_404(request, organization_slug)
    config = saml_utils.build_saml_config(request, app.settings, organization_slug)
    del config["sp"]["singleLogoutService"]
    told = OneLogin_Saml2_Settings(settings=config, sp_validation_only=True).get_sp_metadata()
    return HttpResponse(told, content_type="text/xml")


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
through_organisation = public(door(if_it_answers(to_organisation)))
back_from_organisation = public(door(if_it_answers(oidc.callback)))
posted_by_organisation = csrf_exempt(public(door(answer_posted)))  # another site's form: its signature is checked
in_from_organisation = public(door(if_it_answers(saml.finish_acs)))
not_out = public(door(no_way_out))
our_metadata = public(door(described))
