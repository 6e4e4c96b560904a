"""Every write to the tree of places and to the roles held in it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.acts import NotAllowed, record_act, record_acts
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places.models import GROUP, KINDS_OF, LEVELS, ORGANISATION, Place, PlaceChange, RoleHeld
from trustwide.rooms.places.reach import not_over, reach_of

#: Words that begin an address of the house, and so may not name an organisation.
RESERVED = {
    "accounts", "boards", "demo", "files", "forgotten-password", "healthz", "help", "me", "metrics", "national",
    "notices", "organisations", "people", "places", "reading-charts", "readyz", "reports", "roles", "search",
    "shared-device", "sign-in", "sign-out", "static", "welcome",
}  # fmt: skip


#: Words that begin an address below /ORGANISATION/places/, and so may not name a place.
RESERVED_BELOW = {"new", "export", "import"}


NAME_TAKEN = gettext_lazy("There is a place of this name here already. Choose another name.")
OWN_KEY = gettext_lazy("You cannot end your own role as an administrator. Ask another administrator to.")


class PlaceRefused(ValidationError):
    """What is wrong with a change of the tree, and the cure, in words for whoever asked; and which field it is of."""

    def __init__(self, message: Any, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def _must(by: Person | None, what: May, place: Place | None) -> None:
    """`by` None is the system itself: the installation's first organisation, and the demo."""
    if by is not None and (place is None or not reach_of(by).may(what, place)):
        raise NotAllowed


@transaction.atomic
def add_place(*, by: Person | None, level: str, name: str, parent: Place | None = None, **more: Any) -> Place:
    """Add a place under another; groups, and organisations without a group, stand on top."""
    _take_tree(*[parent] if parent else [])
    _must(by, May.PLACES, parent)
    _check_level(level, parent)
    _check_kind(level, more.get("kind", ""))
    if more.get("opened_on") and more["opened_on"] > today():
        raise PlaceRefused(_("Choose a day that is not after today."), "opened_on")
    if parent and _is_taken(name, parent):
        raise PlaceRefused(NAME_TAKEN, "name")
    place = Place(id=uuid7(), level=level, name=name.strip(), parent=parent, **{"opened_on": today(), **more})
    place.path = f"{parent.path if parent else ''}{place.pk.hex}/"
    place.organisation = place if level in (GROUP, ORGANISATION) else parent.organisation  # type: ignore[union-attr]
    place.slug = free_slug(place, more.get("slug") or name)
    place.save(force_insert=True)
    _keep(by, "opened", place, level=level)
    return place


@transaction.atomic
def add_places(*, by: Person | None, organisation: Place, places: list[Place]) -> None:
    """Add many places of one organisation in a few statements; each names its parent, and parents come first."""
    now_taken = Place.objects.filter(organisation=organisation).order_by().values_list("slug")
    once_taken = PlaceChange.objects.filter(place__organisation=organisation).order_by().values_list("old_slug")
    _take_tree(*{each.parent.pk: each.parent for each in places if each.parent and each.parent.path}.values())
    taken = {slug for (slug,) in now_taken.union(once_taken)} | RESERVED_BELOW
    next_number: dict[str, int] = {}
    for place in places:
        _must(by, May.PLACES, place.parent)
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
    _must(by, May.PLACES, place)
    _check_kind(place.level, kind)
    place.kind, place.ods_code = kind, ods_code
    _save(place, "kind", "ods_code")
    record_act(by=by, verb="changed", thing=place, organisation=place.organisation_id, fields=["kind", "ods_code"])


def _check_level(level: str, parent: Place | None) -> None:
    if parent is None and level not in (GROUP, ORGANISATION):
        raise PlaceRefused(_("Say which place it stands under."))
    if parent is not None and LEVELS.index(level) <= LEVELS.index(parent.level):
        words = _("It cannot stand under a place of its own level or a lower one. Choose a higher place.")
        raise PlaceRefused(words, "parent")
    if parent is not None:
        _check_open(parent, "parent")


def _check_open(place: Place, field: str) -> None:
    if place.closed_on:
        raise PlaceRefused(_("%(name)s is closed. Choose a place that is open.") % {"name": place.name}, field)


def _check_kind(level: str, kind: str) -> None:
    if kind and kind not in KINDS_OF.get(level, ()):
        raise PlaceRefused(_("That kind does not fit the level. Choose another kind, or none."), "kind")


def _check_day(place: Place, on: date | None) -> None:
    if on and not place.opened_on <= on <= today():
        raise PlaceRefused(_("Choose a day between the day it opened and today."), "on")


def _check_opened(place: Place, on: date | None, field: str) -> None:
    if on and on < place.opened_on:
        said = {"name": place.name, "day": date_format(place.opened_on, "j F Y")}
        raise PlaceRefused(_("%(name)s opened on %(day)s. Choose that day or one after it.") % said, field)


def _is_taken(name: str, parent: Place, but: Place | None = None) -> bool:
    """Whether another open place under the same one has the name, whatever its capitals and spaces."""
    beside = Place.objects.open().filter(parent=parent).exclude(pk=but and but.pk).values_list("name", flat=True)
    return _plain(name) in map(_plain, beside)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _take_tree(*places: Place) -> None:
    """One change of an organisation's tree at a time: its row is ours until the transaction ends, and where the places
    stand is read anew, for somebody may have moved what is above them since."""
    list(Place.objects.select_for_update().filter(pk__in={each.organisation_id for each in places}).order_by("pk"))
    now = Place.objects.in_bulk([each.pk for each in places])
    for each in places:
        each.path, each.closed_on = now[each.pk].path, now[each.pk].closed_on


def _claim(place: Place, seen: int | None) -> None:
    """Refuse to write over what somebody changed since the page was opened; one statement, so no two can pass."""
    if seen is None:
        return
    if not Place.objects.filter(pk=place.pk, version=seen).update(version=seen + 1):
        raise PlaceRefused(
            _("Somebody changed %(name)s while you had this page open. Look at it as it is now, then send this again.")
            % {"name": place.name}
        )
    place.version = seen + 1


def free_slug(place: Place, name: str) -> str:
    """A name for addresses that no place of the organisation has, or had."""
    stem = slugify(name)[:50] or "place"
    if place.level in (GROUP, ORGANISATION):
        others, old = Place.objects.filter(level__in=(GROUP, ORGANISATION)), PlaceChange.objects.all()
    else:
        others = Place.objects.filter(organisation=place.organisation_id)
        old = PlaceChange.objects.filter(place__organisation=place.organisation_id)
    taken = set(others.exclude(pk=place.pk).filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(old.exclude(place=place.pk).filter(old_slug__startswith=stem).values_list("old_slug", flat=True))
    taken |= RESERVED | RESERVED_BELOW if place.level in (GROUP, ORGANISATION) else RESERVED_BELOW
    return next(slug for slug in chain([stem], (f"{stem}-{number}" for number in count(2))) if slug not in taken)


@transaction.atomic
def rename_place(
    *, by: Person | None, place: Place, name: str, on: date | None = None, seen: int | None = None
) -> None:
    """Give a place a new name; the old one stays readable, and old addresses lead to the new. Its own is no change."""
    _must(by, May.PLACES, place)
    if name.strip() == place.name:
        return
    _check_day(place, on)
    if place.parent and _is_taken(name, place.parent, but=place):
        raise PlaceRefused(NAME_TAKEN, "name")
    _claim(place, seen)
    old_name, old_slug = place.name, place.slug
    place.name, place.slug = name.strip(), free_slug(place, name)
    _save(place, "name", "slug")
    _keep(by, "renamed", place, on=on, old_name=old_name, old_slug=old_slug)


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
    _take_tree(place, parent)
    _must(by, May.PLACES, place)
    _must(by, May.PLACES, parent)
    _check_level(place.level, parent)
    if place.level != ORGANISATION and parent.organisation_id != place.organisation_id:
        raise PlaceRefused(_("A place stays in its organisation. Close it here and open a new one there."))
    if place.holds(parent):
        raise PlaceRefused(_("A place cannot stand under itself. Choose another."))
    if _is_taken(place.name, parent, but=place):
        raise PlaceRefused(_("There is a place of this name here already. Rename one of them first."), "parent")
    _check_day(place, on)
    _claim(place, seen)
    old_parent = place.parent
    _put_under(place, parent)
    _keep(by, "moved", place, on=on, old_parent=old_parent, reason=reason)


def _put_under(place: Place, parent: Place) -> None:
    """With all below it."""
    old_path = place.path
    place.parent, place.path = parent, f"{parent.path}{place.pk.hex}/"
    _save(place, "parent")
    below = Place.objects.filter(path__startswith=old_path)
    below.update(path=Concat(Value(place.path), Substr(F("path"), len(old_path) + 1)))


@transaction.atomic
def merge_places(
    *, by: Person | None, place: Place, into: Place, on: date | None = None, reason: str = "", seen: int | None = None
) -> None:
    """Close a place and say which carries on in its stead; what stands below it moves there, and roles go on there.

    Its records stay where they were made: history is not rewritten. It stands under the one that carries on from then,
    so that whoever holds a role there reaches them, and so do those that were merged into it before.
    """
    _take_tree(place, into)
    _must(by, May.PLACES, into)
    if place.pk == into.pk or place.holds(into) or place.organisation_id != into.organisation_id:
        raise PlaceRefused(_("Choose another place of the same organisation to carry on."), "into")
    _check_open(into, "into")
    _check_day(place, on)
    _check_opened(into, on, "on")
    _claim(place, seen)
    for child in Place.objects.open().filter(parent=place):
        if _is_taken(child.name, into, but=child):
            said = {"child": child.name, "into": into.name}
            raise PlaceRefused(
                _("There is a %(child)s under %(into)s already. Rename one of them first.") % said, "into"
            )
        move_place(by=by, place=child, parent=into, on=on, reason=reason)
    for held in RoleHeld.objects.filter(not_over(today()), place=place).select_related("person"):
        _carry_on(by, held, into, on or today())
    for once_merged in Place.objects.filter(parent=place, merged_into=place):
        _put_under(once_merged, into)
    place.merged_into = into
    close_place(by=by, place=place, on=on, reason=reason, change="merged")
    _put_under(place, into)


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
    _must(by, May.PLACES, place)
    if Place.objects.open().within(place).exclude(pk=place.pk).exists():
        raise PlaceRefused(_("Close or move the places below %(name)s first.") % {"name": place.name})
    if place.closed_on:
        raise PlaceRefused(_("%(name)s is closed already.") % {"name": place.name})
    _check_day(place, on or today())
    _claim(place, seen)
    place.closed_on = on or today()
    _save(place, "closed_on", "merged_into")
    for held in RoleHeld.objects.filter(not_over(today()), place=place):
        _end(by, held, place.closed_on)
    _keep(by, change, place, on=place.closed_on, reason=reason)


def _save(place: Place, *fields: str) -> None:
    """Save, whatever the path; `path` is written for the whole branch where it changes."""
    place.version += 1
    place.save(update_fields=[*fields, "version"])


def _keep(by: Person | None, change: str, place: Place, *, on: date | None = None, level: str = "", **old: Any) -> None:
    PlaceChange.objects.create(place=place, change=change, on=on or place.opened_on if level else on or today(), **old)
    record_act(by=by, verb=change, thing=place, organisation=place.organisation_id, fields=old)


@transaction.atomic
def give_role(
    *, by: Person | None, person: Person, role: str, place: Place, starts: date | None = None, ends: date | None = None
) -> RoleHeld:
    """Let a person hold a role at a place, from a day to a day. The same role again is the one that runs already."""
    _must(by, May.PEOPLE, place)
    if role not in ROLES:
        raise PlaceRefused(_("There is no such role. Choose one from the list."), "role")
    _check_open(place, "place")
    _check_opened(place, starts, "starts")
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
    _must(by, May.PEOPLE, held.place)
    if by is not None and is_own_key(by, held):
        raise PlaceRefused(OWN_KEY)
    _end(by, held, on or today() - timedelta(days=1))


def is_own_key(by: Person, held: RoleHeld) -> bool:
    """Whether it is the role that lets them look after people: their own they keep, so that somebody always can."""
    return held.person_id == by.pk and May.PEOPLE in ROLES[held.role].may


def _end(by: Person | None, held: RoleHeld, on: date) -> None:
    """A role that ends before it began was never held: its row goes, its audit row stays."""
    record_act(
        by=by, verb="ended-role", thing=held, organisation=held.place.organisation_id, fields=[held.role],
        related=held.person_id,
    )  # fmt: skip
    held.ends = on
    if on < held.starts:
        held.delete()
    else:
        held.save(update_fields=["ends"])
