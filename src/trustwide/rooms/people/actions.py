"""Every write of sign-in and accounts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from trustwide.rooms.people.acts import record_act, record_acts
from trustwide.rooms.people.models import IdentityProvider, Invitation, Person, Visit
from trustwide.rooms.people.sealing import new_token, recognise

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def begin_visit(*, person: Person, session_key: str, device: str) -> Visit:
    """Keep that a person signed in; visits that are long over go."""
    Visit.objects.filter(person=person, began_at__lt=timezone.now() - timedelta(hours=settings.SESSION_HOURS)).delete()
    # Who signs in again without having signed out keeps the key of their session.
    started = {"person": person, "device": device[:80], "began_at": timezone.now(), "used_at": timezone.now()}
    visit, _is_new = Visit.objects.update_or_create(session_key=session_key, defaults=started)
    record_act(by=person, verb="signed-in", thing=visit, organisation=None)
    return visit


def note_visit(*, number: int | None) -> None:
    """Keep that a session was used just now. It is a mark of time, not an act: it has no audit row."""
    Visit.objects.filter(pk=number).update(used_at=timezone.now())


@transaction.atomic
def forget_visit(*, number: int | None) -> None:
    """Somebody signed out, or was at a limit."""
    for visit in Visit.objects.filter(pk=number).select_related("person"):
        record_act(by=visit.person, verb="signed-out", thing=visit, organisation=None)
        visit.delete()


@transaction.atomic
def forget_ended_visits() -> None:
    """Sessions that are past their hard limit go, and so do the visits that list them."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Visit.objects.filter(began_at__lt=timezone.now() - timedelta(hours=settings.SESSION_HOURS)).delete()


@transaction.atomic
def end_visit(*, by: Person | None, visit: Visit) -> None:
    """End one of one's own sessions, on whatever device it is."""
    record_act(by=by, verb="ended-session", thing=visit, organisation=None, related=visit.person_id)
    Session.objects.filter(session_key=visit.session_key).delete()
    visit.delete()


@transaction.atomic
def end_other_visits(*, by: Person | None, person: Person, keep: int | None) -> int:
    """End the sessions of a person but the one that is named; how many."""
    others = Visit.objects.filter(person=person).exclude(pk=keep)
    for visit in others:
        end_visit(by=by, visit=visit)
    return len(others)


@transaction.atomic
def carry_on_visit(*, person: Person, number: int | None, session_key: str) -> None:
    """After a new password: this session goes on under its new key, and the others end."""
    Visit.objects.filter(pk=number, person=person).update(session_key=session_key)
    end_other_visits(by=person, person=person, keep=number)


@transaction.atomic
def rename_person(*, by: Person, person: Person, name: str) -> None:
    person.name = name.strip()
    person.save(update_fields=["name"])
    record_act(by=by, verb="changed", thing=person, organisation=None, fields=["name"])


@transaction.atomic
def open_account(*, by: Person | None, email: str, name: str, password: str | None) -> Person:
    """A new person. `by` None: they opened it themselves, from an invitation or through their trust's own sign-in."""
    person = Person.objects.create_user(email, name.strip(), password)
    record_act(by=by or person, verb="opened-account", thing=person, organisation=None, fields=["email", "name"])
    return person


@transaction.atomic
def open_accounts(*, by: Person | None, people: list[Person]) -> None:
    """Many new people in a few statements, none with a password: they set one, or use their organisation's sign-in."""
    for person in people:
        person.email = person.email.strip().lower()
        person.set_unusable_password()
    Person.objects.bulk_create(people, 1_000)
    record_acts(
        by=by, verb="opened-account", things=people, organisation=None, fields=lambda _person: ("email", "name")
    )


@transaction.atomic
def set_password(*, person: Person, password: str) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])
    record_act(by=person, verb="changed", thing=person, organisation=None, fields=["password"])


@transaction.atomic
def disable_person(*, by: Person | None, person: Person, left_at: datetime | None = None) -> None:
    """They are out on their next request, and cannot sign in. They leave now, or left when it is said."""
    person.is_active, person.left_at = False, left_at or timezone.now()
    person.save(update_fields=["is_active", "left_at"])
    record_act(by=by, verb="disabled", thing=person, organisation=None, fields=["is_active", "left_at"])
    for visit in Visit.objects.filter(person=person):
        Session.objects.filter(session_key=visit.session_key).delete()
        visit.delete()


@transaction.atomic
def enable_person(*, by: Person | None, person: Person) -> None:
    """They can sign in again, with what they signed in with before."""
    person.is_active, person.left_at = True, None
    person.save(update_fields=["is_active", "left_at"])
    record_act(by=by, verb="enabled", thing=person, organisation=None, fields=["is_active", "left_at"])


@transaction.atomic
def make_invitation(
    *,
    by: Person,
    email: str,
    role: str,
    place: Any,
    starts: date | None = None,
    ends: date | None = None,
    beside: bool = False,
    waits: date | None = None,
    token: str = "",
) -> tuple[Invitation, str]:
    """An invitation and the key of its link, which is not stored. Earlier ones to the same place stop working;
    with `beside`, only those for the same role: somebody may be asked in for several at once. It is good for
    seven days, and until seven days after the day that it `waits` for.
    With `token`, that is the key of its link.
    """
    earlier = Invitation.objects.filter(email__iexact=email, place=place.pk, used_at=None)
    for each in earlier.filter(role=role) if beside else earlier:
        withdraw_invitation(by=by, invitation=each)
    token = token or new_token()
    made = Invitation.objects.create(
        email=email.strip().lower(), role=role, place=place.pk, organisation=place.organisation_id,
        starts=starts, ends=ends,
        token_hash=recognise(token), made_by=by, ends_at=_last_moment(waits),
    )  # fmt: skip
    record_act(by=by, verb="invited", thing=made, organisation=place.organisation_id, fields=[role], related=place.pk)
    return made, token


def _last_moment(waits: date | None) -> datetime:
    """Of a link: who starts later may have no mailbox before."""
    first = datetime.combine(waits, time.min, timezone.get_current_timezone()) if waits else timezone.now()
    return max(first, timezone.now()) + INVITATION_LASTS


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation) -> None:
    record_act(by=by, verb="withdrew", thing=invitation, organisation=invitation.organisation)
    invitation.delete()


def lock_invitation(*, token: str) -> Invitation | None:
    """A good invitation, which nobody else can use until this transaction ends."""
    good = Invitation.objects.select_for_update().filter(used_at=None, ends_at__gt=timezone.now())
    return good.filter(token_hash=recognise(token)).first()


@transaction.atomic
def use_invitation(*, by: Person, token: str) -> Invitation | None:
    """Take an invitation, once: two at the same moment cannot both have it. None where it is no longer good."""
    found = lock_invitation(token=token)
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=timezone.now()):
        return None
    record_act(by=by, verb="accepted", thing=found, organisation=found.organisation, related=found.place)
    return found


@transaction.atomic
def use_others(*, by: Person, beside: Invitation) -> list[Invitation]:
    """The other good invitations to the same address from the same organisation: who showed one need not show each."""
    good = Invitation.objects.select_for_update().filter(used_at=None, ends_at__gt=timezone.now())
    found = list(good.filter(email__iexact=beside.email, organisation=beside.organisation).exclude(pk=beside.pk))
    for each in found:
        each.used_at = timezone.now()
        each.save(update_fields=["used_at"])
        record_act(by=by, verb="accepted", thing=each, organisation=each.organisation, related=each.place)
    return found


def record_second_step(*, person: Person, verb: str, thing: Any) -> None:
    """An authenticator app, a passkey or recovery codes were added or taken away, in the same transaction."""
    with transaction.atomic():
        record_act(by=person, verb=verb, thing=thing, organisation=None, fields=[str(thing.type)], related=person.pk)


@transaction.atomic
def record_identity(*, person: Person, provider: IdentityProvider) -> None:
    """From now on a person is known by their organisation's own sign-in."""
    record_act(by=person, verb="linked-identity", thing=person, organisation=provider.organisation, related=provider.pk)


@transaction.atomic
def forget_identities(*, by: Person | None, person: Person) -> None:
    """Whoever comes in next through the organisation with the person's address is taken for them. They are out now."""
    SocialAccount.objects.filter(user=person).delete()
    record_act(by=by, verb="forgot-identity", thing=person, organisation=None)
    end_other_visits(by=by, person=person, keep=None)


@transaction.atomic
def leave_own_ways(*, person: Person) -> None:
    """Who comes in through their organisation comes in no other way from then on, so that it can shut them out.

    An authenticator app stays: it is a second step, which opens nothing by itself.
    """
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        record_act(by=person, verb="changed", thing=person, organisation=None, fields=["password"])
    passkeys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    if passkeys:
        passkeys.delete()
        delete_dangling_recovery_codes(person)
