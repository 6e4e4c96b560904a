"""Every write about people that needs to know where they work: their accounts, as far as an administrator reaches."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from trustwide.rooms.people import actions as people
from trustwide.rooms.people import queries
from trustwide.rooms.people.acts import NotAllowed, record_acts
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import people_queries
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import reach_of

#: Between two contracts somebody holds no role for a while: they keep their account for so long.
LEFT_AFTER = timedelta(weeks=8)


def _must_look_after(by: Person | None, person: Person) -> None:
    """Nobody closes their own account: another administrator does, so that somebody is always left."""
    if by is not None and (by.pk == person.pk or not reach_of(by).looks_after(person)):
        raise NotAllowed


@transaction.atomic
def close_account(*, by: Person | None, person: Person) -> None:
    """They are out on their next request. What they wrote stays, and so do their roles, for the day they come back."""
    _must_look_after(by, person)
    if person.is_active:
        people.disable_person(by=by, person=person)


@transaction.atomic
def reopen_account(*, by: Person | None, person: Person) -> None:
    """They can sign in again, and hold the roles that have not ended meanwhile."""
    _must_look_after(by, person)
    if not person.is_active:
        people.enable_person(by=by, person=person)


@transaction.atomic
def close_left() -> int:
    """Close the accounts of those whose last role ended some weeks ago, as leavers of that day; how many."""
    found = list(people_queries.left_before(today() - LEFT_AFTER))
    for person in found:
        last_day = datetime.combine(person.last, time.max, timezone.get_current_timezone())
        people.disable_person(by=None, person=person, left_at=last_day)
    return len(found)


@transaction.atomic
def let_back_in(*, by: Person, email: str, place: Place) -> None:
    """Who once left and is asked in to a place finds their account open. Where a role of before still runs, those who
    look after it closed the account all the same: it stays closed until they open it.
    """
    if not reach_of(by).may(May.PEOPLE, place):
        raise NotAllowed
    person = queries.person_with(email)
    if person and not person.is_active and people_queries.holds_nothing(person):
        people.enable_person(by=by, person=person)


@transaction.atomic
def end_sessions(*, by: Person, person: Person) -> int:
    """They are signed out on every device, say after one was lost; how many sessions there were."""
    _must_look_after(by, person)
    return people.end_other_visits(by=by, person=person, keep=None)


@transaction.atomic
def forget_identities(*, by: Person, person: Person) -> None:
    """Their organisation knows them anew, say after they came back: their next sign-in there is linked afresh."""
    _must_look_after(by, person)
    people.forget_identities(by=by, person=person)


@transaction.atomic
def withdraw_invitations(*, by: Person, organisation: Place, email: str) -> None:
    """All that wait for an address: whoever shows one of them takes the others too."""
    if not reach_of(by).may(May.PEOPLE, organisation):
        raise NotAllowed
    for each in queries.open_invitations(organisation):
        if each.email == email:
            people.withdraw_invitation(by=by, invitation=each)


def _must(by: Person | None, organisation: Place, roles: list[RoleHeld]) -> None:
    """Roles of that organisation alone, and somebody who looks after its people."""
    outside = any(each.place.organisation_id != organisation.pk for each in roles)
    if by is not None and (outside or not reach_of(by).may(May.PEOPLE, organisation)):
        raise NotAllowed


@transaction.atomic
def give_roles(*, by: Person | None, organisation: Place, roles: list[RoleHeld]) -> None:
    """Give many roles in a few statements."""
    _must(by, organisation, roles)
    RoleHeld.objects.bulk_create(roles, 1_000)
    _tell(by, "gave-role", organisation, roles)


@transaction.atomic
def change_roles(*, by: Person | None, organisation: Place, roles: list[RoleHeld]) -> None:
    """Keep the days of many roles as they now say."""
    _must(by, organisation, roles)
    RoleHeld.objects.bulk_update(roles, ["starts", "ends"], 200)
    _tell(by, "changed-role", organisation, roles)


@transaction.atomic
def end_roles(*, by: Person | None, organisation: Place, roles: list[RoleHeld], days: list[date]) -> None:
    """End many roles, each after its last day. One that ends before it began was never held: its row goes."""
    _must(by, organisation, roles)
    _tell(by, "ended-role", organisation, roles)
    for each, last in zip(roles, days, strict=True):
        each.ends = last
    never = [each.pk for each in roles if each.ends < each.starts]
    RoleHeld.objects.bulk_update([each for each in roles if each.ends >= each.starts], ["ends"], 200)
    for first in range(0, len(never), 500):
        RoleHeld.objects.filter(pk__in=never[first : first + 500]).delete()


def _tell(by: Person | None, verb: str, organisation: Place, roles: list[RoleHeld]) -> None:
    record_acts(
        by=by,
        verb=verb,
        things=roles,
        organisation=organisation.pk,
        fields=lambda held: [held.role],
        related=lambda held: held.person_id,
    )
