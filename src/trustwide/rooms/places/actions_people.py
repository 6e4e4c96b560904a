"""Every write about people that needs to know where they work: their accounts, as far as an administrator reaches."""

from __future__ import annotations

from django.db import transaction

from trustwide.rooms.people import actions as people
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import reach_of


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
def end_sessions(*, by: Person, person: Person) -> int:
    """They are signed out on every device, say after one was lost; how many sessions there were."""
    _must_look_after(by, person)
    return people.end_other_visits(by=by, person=person, keep=None)
