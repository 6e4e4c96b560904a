"""Asking people in: an administrator invites by e-mail, and the role is given when the link is used."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from trustwide.rooms.people import actions as people
from trustwide.rooms.people import letters
from trustwide.rooms.people.acts import NotAllowed, key_for, once
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Invitation, Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.people.sealing import new_token
from trustwide.rooms.places import actions_people, queries
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import reach_of
from trustwide.rooms.places.tree import PlaceRefused


@dataclass(frozen=True)
class Asked:
    """What an administrator is told: whom, what as, where, and the link where no letter could carry it."""

    email: str
    role: str
    place: Place
    link: str


def places_to_invite_to(person: Person, organisation: Place) -> list[tuple[Place, str]]:
    """The open places of an organisation where a person may look after people, each with the names above it."""
    reach = reach_of(person)
    return [each for each in queries.open_places(organisation) if reach.may(May.PEOPLE, each[0])]


def place_of(invitation: Invitation) -> Place | None:
    """The place of an invitation, while it is open."""
    return Place.objects.open().select_related("organisation").filter(pk=invitation.place).first()


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    role: str,
    place: Place,
    address: str,
    ends: date | None = None,
    key: UUID | None = None,
) -> Asked:
    """Ask somebody in; `address` is that of the page that opens accounts, with a `token` to be put in.

    The same `key` again sends nothing and gives the same link: whoever pressed twice sees one that is good. NotAllowed
    where they do not look after people there, which `let_back_in` asks.
    """
    key = key_for(key, email, role, place.pk, ends)
    token = new_token() if key is None else _token_of(by, key)
    link, words = address.replace("token", token), str(ROLES[role].name)

    def act() -> UUID:
        told = {"email": email, "role": role, "place": place, "ends": ends, "token": token}
        actions_people.let_back_in(by=by, email=email, place=place)
        invitation = people.make_invitation(by=by, **told)[0]
        transaction.on_commit(lambda: letters.send_invitation(invitation, link, place=place.name, role=words))
        return invitation.pk

    once(by=by, key=key, act=act)
    return Asked(email, words, place, "" if settings.SENDS_LETTERS else link)


def _token_of(by: Person, key: UUID) -> str:
    """The key of a link, the same each time, that nobody can make who does not have this installation's own key."""
    mixed = salted_hmac("trustwide.places.invitation", f"{by.pk} {key}", algorithm="sha256").digest()
    return urlsafe_b64encode(mixed).decode().rstrip("=")


@transaction.atomic
def invite_many(*, by: Person, roles: list[RoleHeld], emails: list[str], address: str) -> None:
    """Ask many in, each for a role that is not held yet, as `let_back_in` lets. Whoever is asked in for several gets
    one letter."""
    first: dict[str, tuple[Invitation, str, RoleHeld]] = {}
    waits: dict[str, date] = {}  # each has one link for all, so that it waits for the last
    for held, email in zip(roles, emails, strict=True):
        waits[email] = max(waits.get(email, held.starts), held.starts)
    for held, email in zip(roles, emails, strict=True):
        actions_people.let_back_in(by=by, email=email, place=held.place)
        days = {"starts": held.starts if held.starts > today() else None, "ends": held.ends, "waits": waits[email]}
        made, token = people.make_invitation(by=by, email=email, role=held.role, place=held.place, beside=True, **days)
        first.setdefault(email, (made, address.replace("token", token), held))
    letters_to_send = [
        (made, link, {"place": held.place.name, "role": str(ROLES[held.role].name)})
        for made, link, held in first.values()
    ]
    transaction.on_commit(lambda: letters.send_invitations(letters_to_send), robust=True)


@transaction.atomic
def accept(*, person: Person, token: str) -> Place | None:
    """Take an invitation's role, once. None where it is used, too old, or its sender may not give roles any more."""
    invitation = people.use_invitation(by=person, token=token)
    place = place_of(invitation) if invitation else None
    if invitation is None or place is None or invitation.email.lower() != person.email.lower():
        transaction.set_rollback(True)
        return None
    try:
        _hold(person, invitation, place)
    except NotAllowed:
        transaction.set_rollback(True)
        return None
    for other in people.use_others(by=person, beside=invitation):
        if (there := place_of(other)) and reach_of(other.made_by).may(May.PEOPLE, there):
            _hold(person, other, there)
    return place


def _hold(person: Person, invitation: Invitation, place: Place) -> None:
    """The role of an invitation, from the day it names, or from today."""
    last_day_over = invitation.ends is not None and invitation.ends < today()
    if not last_day_over:
        starts = max(today(), invitation.starts or today())
        days = {"starts": starts, "ends": invitation.ends}
        with suppress(PlaceRefused):  # they hold it already
            give_role(by=invitation.made_by, person=person, role=invitation.role, place=place, **days)


@transaction.atomic
def open_account(*, token: str, email: str, name: str, password: str | None) -> Person | None:
    """A new person from an invitation, or nobody at all where it is no longer good."""
    if people.lock_invitation(token=token) is None:
        return None
    person = people.open_account(by=None, email=email, name=name, password=password)
    if accept(person=person, token=token) is None:
        transaction.set_rollback(True)
        return None
    return person
