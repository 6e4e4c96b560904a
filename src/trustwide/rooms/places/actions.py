"""Every write to the tree of places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trustwide.rooms.people.acts import record_act, record_acts
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions_people, queries
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import GROUP, ORGANISATION, Place, PlaceChange, RoleHeld
from trustwide.rooms.places.reach import not_over
from trustwide.rooms.places.tree import (
    NAME_TAKEN,
    RESERVED_BELOW,
    PlaceRefused,
    check_day,
    check_kind,
    check_level,
    check_open,
    check_opened,
    claim,
    end_held,
    free_slug,
    is_taken,
    keep_change,
    must_hold,
    put_under,
    save_place,
    take_tree,
)

#: What is called with a place that has a new name, in the same transaction: rooms that keep its name add their own.
RENAMED: list[Callable[[Place], None]] = []


@transaction.atomic
def add_place(*, by: Person | None, level: str, name: str, parent: Place | None = None, **more: Any) -> Place:
    """Add a place under another; groups, and organisations without a group, stand on top."""
    take_tree(*[parent] if parent else [])
    must_hold(by, May.PLACES, parent)
    check_level(level, parent)
    check_kind(level, more.get("kind", ""))
    if more.get("opened_on") and more["opened_on"] > today():
        raise PlaceRefused(_("Choose a day that is not after today."), "opened_on")
    if parent and is_taken(name, parent):
        raise PlaceRefused(NAME_TAKEN, "name")
    place = Place(id=uuid7(), level=level, name=name.strip(), parent=parent, **{"opened_on": today(), **more})
    place.path = f"{parent.path if parent else ''}{place.pk.hex}/"
    place.organisation = place if level in (GROUP, ORGANISATION) else parent.organisation  # type: ignore[union-attr]
    place.slug = free_slug(place, more.get("slug") or name)
    place.save(force_insert=True)
    keep_change(by, "opened", place, level=level)
    return place


@transaction.atomic
def add_places(*, by: Person | None, organisation: Place, places: list[Place]) -> None:
    """Add many places of one organisation in a few statements; each names its parent, and parents come first."""
    now_taken = Place.objects.filter(organisation=organisation).order_by().values_list("slug")
    once_taken = PlaceChange.objects.filter(place__organisation=organisation).order_by().values_list("old_slug")
    take_tree(*{each.parent.pk: each.parent for each in places if each.parent and each.parent.path}.values())
    taken = {slug for (slug,) in now_taken.union(once_taken)} | RESERVED_BELOW
    next_number: dict[str, int] = {}
    for place in places:
        must_hold(by, May.PLACES, place.parent)
        place.organisation, place.path = organisation, f"{place.parent.path}{place.pk.hex}/"  # type: ignore[union-attr]
        stem = place.slug = slugify(place.name)[:50] or "place"
        while place.slug in taken:
            next_number[stem] = next_number.get(stem, 1) + 1
            place.slug = f"{stem}-{next_number[stem]}"
        taken.add(place.slug)
    Place.objects.bulk_create(places, 1_000)
    PlaceChange.objects.bulk_create([PlaceChange(place=each, change="opened", on=each.opened_on) for each in places])
    record_acts(by=by, verb="opened", things=places, organisation=organisation.pk)


@transaction.atomic
def describe_place(*, by: Person | None, place: Place, kind: str, ods_code: str) -> None:
    """Say of what kind a place is, and its ODS code."""
    must_hold(by, May.PLACES, place)
    check_kind(place.level, kind)
    place.kind, place.ods_code = kind, ods_code
    save_place(place, "kind", "ods_code")
    record_act(by=by, verb="changed", thing=place, organisation=place.organisation_id, fields=["kind", "ods_code"])


@transaction.atomic
def rename_place(
    *, by: Person | None, place: Place, name: str, on: date | None = None, seen: int | None = None
) -> None:
    """Give a place a new name; the old one stays readable, and old addresses lead to the new. Its own is no change."""
    must_hold(by, May.PLACES, place)
    if name.strip() == place.name:
        return
    check_day(place, on)
    if place.parent and is_taken(name, place.parent, but=place):
        raise PlaceRefused(NAME_TAKEN, "name")
    claim(place, seen)
    old_name, old_slug = place.name, place.slug
    place.name, place.slug = name.strip(), free_slug(place, name)
    save_place(place, "name", "slug")
    keep_change(by, "renamed", place, on=on, old_name=old_name, old_slug=old_slug)
    for tell in RENAMED:
        tell(place)


@transaction.atomic
def move_place(
    *,
    by: Person | None,
    place: Place,
    parent: Place,
    on: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Put a place, with all below it, under another of the same organisation (an organisation: under a group)."""
    take_tree(place, parent)
    must_hold(by, May.PLACES, place)
    must_hold(by, May.PLACES, parent)
    check_level(place.level, parent)
    if place.level != ORGANISATION and parent.organisation_id != place.organisation_id:
        raise PlaceRefused(_("A place stays in its organisation. Close it here and open a new one there."))
    if place.holds(parent):
        raise PlaceRefused(_("A place cannot stand under itself. Choose another."))
    if is_taken(place.name, parent, but=place):
        raise PlaceRefused(_("There is a place of this name here already. Rename one of them first."), "parent")
    check_day(place, on)
    claim(place, seen)
    old_parent = place.parent
    put_under(place, parent)
    keep_change(by, "moved", place, on=on, old_parent=old_parent, reason=reason)


@transaction.atomic
def merge_places(
    *, by: Person | None, place: Place, into: Place, on: date | None = None, reason: str = "", seen: int | None = None
) -> None:
    """Close a place and say which carries on in its stead; what stands below it moves there, and roles go on there.

    Its records stay where they were made: history is not rewritten. It stands under the one that carries on from then,
    so that whoever holds a role there reaches them, and so do those that were merged into it before.
    """
    take_tree(place, into)
    must_hold(by, May.PLACES, into)
    if place.pk == into.pk or place.holds(into) or place.organisation_id != into.organisation_id:
        raise PlaceRefused(_("Choose another place of the same organisation to carry on."), "into")
    check_open(into, "into")
    check_day(place, on)
    check_opened(into, on, "on")
    claim(place, seen)
    for child in Place.objects.open().filter(parent=place):
        if is_taken(child.name, into, but=child):
            said = {"child": child.name, "into": into.name}
            raise PlaceRefused(
                _("There is a %(child)s under %(into)s already. Rename one of them first.") % said, "into"
            )
        move_place(by=by, place=child, parent=into, on=on, reason=reason)
    for held in RoleHeld.objects.filter(not_over(today()), place=place).select_related("person"):
        _carry_on(by, held, into, on or today())
    for once_merged in Place.objects.filter(parent=place, merged_into=place):
        put_under(once_merged, into)
    place.merged_into = into
    close_place(by=by, place=place, on=on, reason=reason, change="merged")
    put_under(place, into)


def _carry_on(by: Person | None, held: RoleHeld, into: Place, on: date) -> None:
    """The same role at another place, from a day to the same last day; only on days when it is not held there yet."""
    first = max(on, held.starts)
    same = RoleHeld.objects.filter(not_over(first), person=held.person, place=into, role=held.role)
    for there in same.order_by("starts"):
        before = there.starts - timedelta(days=1)
        last = before if held.ends is None else min(before, held.ends)
        if first <= last:
            give_role(by=by, person=held.person, role=held.role, place=into, starts=first, ends=last)
        if there.ends is None:
            return
        first = max(first, there.ends + timedelta(days=1))
    if held.ends is None or first <= held.ends:
        give_role(by=by, person=held.person, role=held.role, place=into, starts=first, ends=held.ends)


@transaction.atomic
def close_place(
    *,
    by: Person | None,
    place: Place,
    on: date | None = None,
    reason: str = "",
    change: str = "closed",
    seen: int | None = None,
) -> None:
    """Close a place that has no open place below it; the roles held there end on the same day."""
    must_hold(by, May.PLACES, place)
    if Place.objects.open().within(place).exclude(pk=place.pk).exists():
        raise PlaceRefused(_("Close or move the places below %(name)s first.") % {"name": place.name})
    if place.closed_on:
        raise PlaceRefused(_("%(name)s is closed already.") % {"name": place.name})
    check_day(place, on or today())
    claim(place, seen)
    place.closed_on = on or today()
    save_place(place, "closed_on", "merged_into")
    for held in RoleHeld.objects.filter(not_over(today()), place=place):
        end_held(by, held, place.closed_on)
    keep_change(by, change, place, on=place.closed_on, reason=reason)


@transaction.atomic
def reopen_place(
    *,
    by: Person | None,
    place: Place,
    on: date | None = None,
    reason: str = "",
    roles: bool = False,
    seen: int | None = None,
) -> None:
    """Open a place again that was closed, not one that was merged into another. Where `roles` is said, whoever held one
    there until it closed goes on with it, as if it had not ended, with no last day."""
    take_tree(place)
    must_hold(by, May.PLACES, place)
    if place.merged_into:
        said = {"name": place.name, "into": place.merged_into.name}
        raise PlaceRefused(_("%(name)s was merged, and %(into)s carries on. Add a new place instead.") % said)
    if not place.closed_on:
        raise PlaceRefused(_("%(name)s is open already.") % {"name": place.name})
    if place.parent and place.parent.closed_on:
        raise PlaceRefused(_("%(name)s is closed. Reopen that first.") % {"name": place.parent.name})
    if place.parent and is_taken(place.name, place.parent):
        words = _("Another open place is called %(name)s here. Give that one another name first.")
        raise PlaceRefused(words % {"name": place.name})
    if on and not place.closed_on <= on <= today():
        raise PlaceRefused(_("Choose a day between the day it closed and today."), "on")
    claim(place, seen)
    held = list(queries.held_until_closed(place)) if roles else []
    place.closed_on = None
    save_place(place, "closed_on")
    if held:
        for each in held:
            each.ends = None
        actions_people.change_roles(by=by, organisation=place.organisation, roles=held)
    keep_change(by, "reopened", place, on=on, reason=reason)
