"""Every read of sign-in and accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from trustwide.rooms.people import clock
from trustwide.rooms.people.models import IdentityProvider, Invitation, Person, Visit
from trustwide.rooms.people.sealing import recognise


def running_visits(person: Person) -> list[Visit]:
    """The sessions that are not at their limits, the one used last first."""
    now = timezone.now()
    running = Visit.objects.filter(
        person=person,
        used_at__gt=now - timedelta(minutes=settings.IDLE_MINUTES),
        began_at__gt=now - timedelta(hours=settings.SESSION_HOURS),
    )
    return list(running.filter(session_key__in=Session.objects.filter(expire_date__gt=now).values("session_key")))


def visit_of(person: Person, number: int) -> Visit | None:
    return Visit.objects.filter(person=person, pk=number).first()


def second_steps(person: Person) -> dict[str, list[Any]]:
    """What a person signs in with beside a password: passkeys, app, recovery codes."""
    found: dict[str, list[Any]] = {kind.value: [] for kind in Authenticator.Type}
    for each in Authenticator.objects.filter(user=person).order_by("pk"):
        found[each.type].append(each.wrap())
    return found


def person_with(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()).first()


def good_invitation(token: str) -> Invitation | None:
    """The invitation of a link that was not used and is not too old."""
    return (
        Invitation.objects.filter(token_hash=recognise(token), used_at=None, ends_at__gt=timezone.now())
        .select_related("made_by")
        .first()
    )


def open_invitations(organisation: Any) -> list[Invitation]:
    """Those of an organisation that wait to be used."""
    return list(Invitation.objects.filter(organisation=organisation.pk, used_at=None, ends_at__gt=timezone.now()))


def roles_today(person: Any) -> list[Any]:
    """The roles that a person holds today, each with its place. Places come after people, so it asks the person."""
    day = clock.today()
    running = Q(starts__lte=day) & (Q(ends=None) | Q(ends__gte=day))
    return list(person.roles.filter(running).select_related("place").order_by("place__name", "role"))


def identity_providers() -> list[IdentityProvider]:
    return list(IdentityProvider.objects.all())


def identity_provider(slug: str) -> IdentityProvider | None:
    return IdentityProvider.objects.filter(slug=slug).first()


def provider_for(email: str) -> IdentityProvider | None:
    """The organisation's own sign-in that speaks for an address, if one does."""
    return next((each for each in identity_providers() if each.speaks_for(email)), None)


def may_be_linked(person: Any, provider: IdentityProvider) -> bool:
    """Whether an identity that is new to us may be this person's, whose address it has.

    Not where the provider knew somebody else by that address, nor where nobody of its organisation says that the
    person is one of theirs: by a role that is not over, or, where nothing is held anywhere, by asking them in.
    """
    if linked_to(person, provider.slug):
        return False
    held = person.roles.filter(Q(ends=None) | Q(ends__gte=clock.today()), place__closed_on=None)
    if held.exists():
        return bool(held.filter(place__path__contains=f"{provider.organisation.hex}/").exists())
    return Invitation.objects.filter(email__iexact=person.email, used_at=None, ends_at__gt=timezone.now()).exists()


def linked_to(person: Person, slug: str = "") -> bool:
    """Whether a person is known by an organisation's own sign-in; by that one, if it is named."""
    identities = SocialAccount.objects.filter(user=person)
    return (identities.filter(provider=slug) if slug else identities).exists()
