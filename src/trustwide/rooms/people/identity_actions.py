"""Writes about identity providers. Only whoever runs the installation makes one: a domain is a claim on its people."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from trustwide.rooms.people import queries
from trustwide.rooms.people.actions import end_other_visits, forget_identities
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.models import IdentityProvider, Person
from trustwide.rooms.people.sealing import seal

#: What a file need not say, which then is as it is in a new one.
SAID_OR_NOT = ("protocol", "client_id", "entity_id", "certificate", "checks_all_addresses")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@transaction.atomic
def save_identity_provider(
    *, organisation: UUID, slug: str, domains: list[str], server_url: str, secret: str = "", **more: Any
) -> IdentityProvider:
    """Add an organisation's sign-in, or change it to just what is told: trust that is not named again is taken back.
    Another server means other people: known links to it go.
    """
    domains = sorted({each.strip().lower() for each in domains})
    _check(slug, domains, server_url)
    before = IdentityProvider.objects.select_for_update().filter(slug=slug).first()
    if before and (before.server_url, before.organisation, before.entity_id) != (
        server_url, organisation, more.get("entity_id", ""),
    ):  # fmt: skip
        SocialAccount.objects.filter(provider=slug).delete()
    unsaid = {name: IdentityProvider._meta.get_field(name).get_default() for name in SAID_OR_NOT}
    values = {"domains": domains, "server_url": server_url, "organisation": organisation, **unsaid, **more}
    provider, _new = IdentityProvider.objects.update_or_create(
        slug=slug, defaults={**values, "sealed_secret": seal(secret) if secret else ""}
    )
    record_act(by=None, verb="saved", thing=provider, organisation=organisation, fields=[*values, "sealed_secret"])
    return provider


@transaction.atomic
def remove_identity_provider(*, slug: str) -> str | None:
    """Nobody comes in through it any more, and whom it knew is out and not remembered; its name, if there is one."""
    provider = IdentityProvider.objects.select_for_update().filter(slug=slug).first()
    if provider is None:
        return None
    linked = SocialAccount.objects.filter(provider=slug)
    for person in Person.objects.filter(pk__in=linked.values("user")):
        end_other_visits(by=None, person=person, keep=None)
    linked.delete()
    record_act(by=None, verb="removed-sign-in", thing=provider, organisation=provider.organisation)
    provider.delete()
    return provider.name


@transaction.atomic
def change_address(*, before: str, email: str) -> Person:
    """Somebody else has a person's address now: their account gets another, and no sign-in knows it by the one before.

    ValidationError where nobody has the one, or somebody has the other.
    """
    validate_email(email)
    person = queries.person_with(before)
    if person is None:
        raise ValidationError(_("No account has the address %(email)s.") % {"email": before})
    if queries.person_with(email):
        raise ValidationError(_("Another account has the address %(email)s.") % {"email": email})
    person.email = email.strip().lower()
    person.save(update_fields=["email"])
    record_act(by=None, verb="changed", thing=person, organisation=None, fields=["email"])
    forget_identities(by=None, person=person)
    return person


def _check(slug: str, domains: list[str], server_url: str) -> None:
    parts = urlsplit(server_url)
    on_loopback = settings.ON_THIS_MACHINE and parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and on_loopback)):
        raise ValidationError(_("The address of the sign-in must begin with https://"))
    if not domains or not all(DOMAIN.fullmatch(each) for each in domains):
        raise ValidationError(_("Name at least one e-mail domain, such as example.org"))
    for other in IdentityProvider.objects.exclude(slug=slug):
        if shared := set(other.domains) & set(domains):
            raise ValidationError(_("%(name)s speaks for %(domain)s already.") % {"name": other, "domain": min(shared)})
