"""What every change of the tree of places asks before it is made, and what it keeps."""

from __future__ import annotations

from datetime import date
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import GROUP, KINDS_OF, LEVELS, ORGANISATION, Place, PlaceChange, RoleHeld
from trustwide.rooms.places.reach import reach_of

#: Words that begin an address of the house, and so may not name an organisation.
RESERVED = {
    "accounts", "boards", "demo", "files", "forgotten-password", "healthz", "help", "me", "metrics", "national",
    "notices", "organisations", "people", "places", "reading-charts", "readyz", "reports", "roles", "search",
    "shared-device", "sign-in", "sign-out", "static", "welcome",
}  # fmt: skip


#: Words that begin an address below /ORGANISATION/places/, and so may not name a place.
RESERVED_BELOW = {"new", "export", "import"}


NAME_TAKEN = gettext_lazy("There is a place of this name here already. Choose another name.")


class PlaceRefused(ValidationError):
    """What is wrong with a change of the tree, and the cure, in words for whoever asked; and which field it is of."""

    def __init__(self, message: Any, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def must_hold(by: Person | None, what: May, place: Place | None) -> None:
    """`by` None is the system itself: the installation's first organisation, and the demo."""
    if by is not None and (place is None or not reach_of(by).may(what, place)):
        raise NotAllowed


def check_level(level: str, parent: Place | None) -> None:
    if parent is None and level not in (GROUP, ORGANISATION):
        raise PlaceRefused(_("Say which place it stands under."))
    if parent is not None and LEVELS.index(level) <= LEVELS.index(parent.level):
        words = _("It cannot stand under a place of its own level or a lower one. Choose a higher place.")
        raise PlaceRefused(words, "parent")
    if parent is not None:
        check_open(parent, "parent")


def check_open(place: Place, field: str) -> None:
    if place.closed_on:
        raise PlaceRefused(_("%(name)s is closed. Choose a place that is open.") % {"name": place.name}, field)


def check_kind(level: str, kind: str) -> None:
    if kind and kind not in KINDS_OF.get(level, ()):
        raise PlaceRefused(_("That kind does not fit the level. Choose another kind, or none."), "kind")


def check_day(place: Place, on: date | None) -> None:
    if on and not place.opened_on <= on <= today():
        raise PlaceRefused(_("Choose a day between the day it opened and today."), "on")


def check_opened(place: Place, on: date | None, field: str) -> None:
    if on and on < place.opened_on:
        said = {"name": place.name, "day": date_format(place.opened_on, "j F Y")}
        raise PlaceRefused(_("%(name)s opened on %(day)s. Choose that day or one after it.") % said, field)


def is_taken(name: str, parent: Place, but: Place | None = None) -> bool:
    """Whether another open place under the same one has the name, whatever its capitals and spaces."""
    beside = Place.objects.open().filter(parent=parent).exclude(pk=but and but.pk).values_list("name", flat=True)
    return _plain(name) in map(_plain, beside)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def take_tree(*places: Place) -> None:
    """One change of an organisation's tree at a time: its row is ours until the transaction ends, and where the places
    stand is read anew, for somebody may have moved what is above them since."""
    list(Place.objects.select_for_update().filter(pk__in={each.organisation_id for each in places}).order_by("pk"))
    now = Place.objects.in_bulk([each.pk for each in places])
    for each in places:
        each.path, each.closed_on = now[each.pk].path, now[each.pk].closed_on


def claim(place: Place, seen: int | None) -> None:
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


def put_under(place: Place, parent: Place) -> None:
    """With all below it."""
    old_path = place.path
    place.parent, place.path = parent, f"{parent.path}{place.pk.hex}/"
    save_place(place, "parent")
    below = Place.objects.filter(path__startswith=old_path)
    below.update(path=Concat(Value(place.path), Substr(F("path"), len(old_path) + 1)))


def save_place(place: Place, *fields: str) -> None:
    """Save, whatever the path; `path` is written for the whole branch where it changes."""
    place.version += 1
    place.save(update_fields=[*fields, "version"])


def keep_change(
    by: Person | None, change: str, place: Place, *, on: date | None = None, level: str = "", **old: Any
) -> None:
    PlaceChange.objects.create(place=place, change=change, on=on or place.opened_on if level else on or today(), **old)
    record_act(by=by, verb=change, thing=place, organisation=place.organisation_id, fields=old)


def end_held(by: Person | None, held: RoleHeld, on: date) -> None:
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
