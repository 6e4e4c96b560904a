"""Signing in through an organisation's own identity provider, which speaks for its own e-mail domains alone."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from trustwide.rooms.people import actions, queries, saml
from trustwide.rooms.people.models import IdentityProvider
from trustwide.rooms.people.sealing import unseal


class Identities(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Our own table in allauth's form: there the secret would lie open."""
        found = [as_app(each) for each in queries.identity_providers()]
        by_name = [each for each in found if provider in (None, each.provider, each.provider_id)]
        return [each for each in by_name if client_id in (None, each.client_id)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the person behind an address that the provider may speak for; else nobody comes in."""
        provider = queries.identity_provider(sociallogin.account.provider)
        told = sociallogin.account.get_provider_account().get_user_data() or {}
        if provider and provider.protocol == IdentityProvider.SAML:
            told = saml.claims(told)
        forget_claims(sociallogin)
        address = checked_address(told, provider) if provider else ""
        if not address or (sociallogin.is_existing and not provider.speaks_for(sociallogin.user.email)):
            raise ImmediateHttpResponse(redirect("/sign-in/?said=unknown"))
        sociallogin.state["process"] = "login"  # never "connect": no one adds another's identity to their account
        if not sociallogin.is_existing:
            link(request, sociallogin, provider, address, str(told.get("name") or address))
        actions.leave_own_ways(person=sociallogin.user)

    def on_authentication_error(self, request: HttpRequest, *_told: Any, **_more: Any) -> HttpResponse:
        raise ImmediateHttpResponse(redirect("/sign-in/?said=away"))

    def send_notification_mail(self, *_told: Any, **_more: Any) -> None:
        """No letters of allauth's own."""


def as_app(provider: IdentityProvider) -> SocialApp:
    if provider.protocol == IdentityProvider.SAML:
        return saml.as_app(provider)
    return SocialApp(
        provider="openid_connect", provider_id=provider.slug, name=provider.name, client_id=provider.client_id,
        secret=unseal(provider.sealed_secret) if provider.sealed_secret else "",
        settings={"server_url": provider.server_url, "oauth_pkce_enabled": True},
    )  # fmt: skip


def checked_address(told: dict[str, Any], provider: IdentityProvider) -> str:
    """The address that the provider gives, if it is one of its own and checked; else ''."""
    email, checked = told.get("email"), told.get("email_verified")
    said = checked is True or (checked is None and provider.checks_all_addresses)
    return email if isinstance(email, str) and said and provider.speaks_for(email) else ""


def forget_claims(sociallogin: SocialLogin) -> None:
    """What the provider tells of a person is used and not kept; allauth has saved it where it knew the person."""
    sociallogin.account.extra_data, sociallogin.email_addresses = {}, []
    if sociallogin.account.pk:
        sociallogin.account.save(update_fields=["extra_data"])


@transaction.atomic
def link(request: HttpRequest, sociallogin: SocialLogin, provider: IdentityProvider, address: str, name: str) -> None:
    """From now on the identity is this person's: of the account with that address, or of a new one.

    An organisation may give the address of somebody who left to somebody new, who must not come in as the first.
    """
    person = queries.person_with(address)
    if person is None:
        person = actions.open_account(by=None, email=address, name=name[:200], password=None)
    elif not queries.may_be_linked(person, provider):
        raise ImmediateHttpResponse(redirect("/sign-in/?said=another"))
    actions.record_identity(person=person, provider=provider)
    sociallogin.connect(request, person)
