"""Every write to the roles that people hold in the tree, one at a time."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.reach import not_over
from trustwide.rooms.places.tree import PlaceRefused, check_open, check_opened, end_held, must_hold

OWN_KEY = gettext_lazy("You cannot end your own role as an administrator. Ask another administrator to.")


@transaction.atomic
def give_role(
    *, by: Person | None, person: Person, role: str, place: Place, starts: date | None = None, ends: date | None = None
) -> RoleHeld:
    """Let a person hold a role at a place, from a day to a day. The same role again is the one that runs already."""
    must_hold(by, May.PEOPLE, place)
    if role not in ROLES:
        raise PlaceRefused(_("There is no such role. Choose one from the list."), "role")
    check_open(place, "place")
    check_opened(place, starts, "starts")
    starts = starts or today()
    if ends and ends < starts:
        raise PlaceRefused(_("The last day is before the first. Choose a later last day."), "ends")
    _check_days_free(RoleHeld(person=person, place=place, role=role, starts=starts, ends=ends))
    held, is_new = RoleHeld.objects.get_or_create(
        person=person, place=place, role=role, ends=ends, defaults={"starts": starts}
    )
    if is_new:
        record_act(
            by=by, verb="gave-role", thing=held, organisation=place.organisation_id, fields=[role], related=person.pk
        )
    return held


def _check_days_free(new: RoleHeld) -> None:
    """Nobody holds the same role at the same place twice over; just the same days are no second time."""
    same = RoleHeld.objects.filter(person=new.person, place=new.place, role=new.role).exclude(ends=new.ends)
    same = same.filter(not_over(new.starts))
    if (same.filter(starts__lte=new.ends) if new.ends else same).exists():
        raise PlaceRefused(_("They hold this role there on some of these days already. End that first."))


@transaction.atomic
def end_role(*, by: Person | None, held: RoleHeld, on: date | None = None) -> None:
    """End a role: after the last day that is named, or now, so that the next page is refused already."""
    must_hold(by, May.PEOPLE, held.place)
    if by is not None and is_own_key(by, held):
        raise PlaceRefused(OWN_KEY)
    end_held(by, held, on or today() - timedelta(days=1))


def is_own_key(by: Person, held: RoleHeld) -> bool:
    """Whether it is the role that lets them look after people: their own they keep, so that somebody always can."""
    return held.person_id == by.pk and May.PEOPLE in ROLES[held.role].may
