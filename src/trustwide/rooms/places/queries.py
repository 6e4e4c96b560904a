"""Every read of places that a page or another room needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.models import (
    CHANGES,
    GROUP,
    ORGANISATION,
    KeptSheet,
    PartnershipMember,
    Place,
    PlaceChange,
    RoleHeld,
)
from trustwide.rooms.places.reach import holds_on, not_over

ROOTS = (GROUP, ORGANISATION)
#: Whom to turn to, of those who hold a role at a place; then the same one place higher, and so on.
TURNED_TO = ("team-leader", "manager", "executive", "improvement-lead", "improver")


def organisation_at(slug: str) -> Place | None:
    """The organisation or group of that name in addresses, or of that old name."""
    found = Place.objects.select_related("organisation").filter(slug=slug, level__in=ROOTS).first()
    if found is None:
        old = PlaceChange.objects.filter(old_slug=slug, place__level__in=ROOTS).select_related("place__organisation")
        change = old.order_by("-on", "-pk").first()
        found = change.place if change else None
    return found


def place_at(organisation: Place, slug: str) -> Place | None:
    """The place of that name in an organisation, or of that old name."""
    within = Place.objects.select_related("organisation", "parent").filter(organisation=organisation)
    found = within.filter(slug=slug).first()
    if found is None:
        old = PlaceChange.objects.filter(old_slug=slug, place__organisation=organisation)
        change = old.order_by("-on", "-pk").select_related("place__organisation", "place__parent").first()
        found = change.place if change else None
    return found


@dataclass
class Branch:
    """A place in the tree, how many people hold a role there, and what stands below it."""

    place: Place
    people: int = 0
    below: list[Branch] = field(default_factory=list)


def tree(top: Place, *, closed: bool = False) -> Branch:
    """A place with all below it, nested: one query, whatever its size."""
    runs = Q(roles__starts__lte=today()) & (Q(roles__ends=None) | Q(roles__ends__gte=today()))
    found = Place.objects.within(top).select_related("organisation")
    found = found if closed else found.filter(Q(closed_on=None) | Q(pk=top.pk))
    counted = found.annotate(
        people=Count("roles__person", filter=runs & Q(roles__person__is_active=True), distinct=True)
    )
    branches = {each.pk: Branch(each, each.people) for each in counted}
    for each in branches.values():
        above = branches.get(each.place.parent_id)
        if above and each.place.pk != top.pk:
            above.below.append(each)
    return branches[top.pk]


def above(place: Place) -> list[Place]:
    """The places above one, the highest first."""
    return [each for each in Place.objects.above(place).select_related("organisation") if each.pk != place.pk]


def people_at(place: Place) -> list[RoleHeld]:
    """The roles held at a place today, by name."""
    held = RoleHeld.objects.filter(holds_on(today()), place=place, person__is_active=True)
    return list(held.select_related("person").order_by("person__name", "role"))


def people_who_stay_on(place: Place) -> list[Person]:
    """Who holds a role at a place today, or will later, by name."""
    held = RoleHeld.objects.filter(not_over(today()), place=place)
    return list(Person.objects.filter(is_active=True, roles__in=held).distinct().order_by("name", "pk"))


def held_until_closed(place: Place):  # type: ignore[no-untyped-def]
    """The roles at a place that ended on the day it closed, of those who may still sign in, by name."""
    held = RoleHeld.objects.filter(place=place, ends__isnull=False, ends=place.closed_on, person__is_active=True)
    return held.select_related("person", "place").order_by("person__name", "pk")


def count_open_below(place: Place) -> int:
    found: int = Place.objects.open().within(place).exclude(pk=place.pk).count()
    return found


def whom_to_turn_to(places: Iterable[Place], but: Any = None) -> dict[UUID, Person]:
    """Who leads each place or helps with improvement there today; where nobody does, the next above. One query."""
    wanted = list(places)
    above = {number for place in wanted for number in place.line}
    held = RoleHeld.objects.filter(holds_on(today()), place__in=above, role__in=TURNED_TO, person__is_active=True)
    found = list(held.exclude(person=but).select_related("person", "place").order_by("starts", "pk"))
    found.sort(key=lambda each: (-len(each.place.path), TURNED_TO.index(each.role)))
    first = {place.pk: next((each.person for each in found if each.place.holds(place)), None) for place in wanted}
    return {number: person for number, person in first.items() if person}


def history(place: Place, *, by_whom: bool = False) -> list[str]:
    """What happened to a place, a sentence each, the newest first; and who did it, for those who may see the audit."""
    own = list(place.changes.select_related("old_parent"))
    merged = PlaceChange.objects.filter(change="merged", place__merged_into=place).select_related("place")
    told = [(each, _sentence(each, place)) for each in own]
    told += [(each, _("Carried on from %(name)s on %(day)s.") % _told(each.place.name, each.on)) for each in merged]
    acts = _acts_of([each for each, _words in told]) if by_whom else {}
    told.sort(key=lambda each: (each[0].on, each[0].pk), reverse=True)
    return [f"{words} {_by_whom(acts.get(each.pk))}".strip() for each, words in told]


def _acts_of(changes: list[PlaceChange]) -> dict[int, AuditRow]:
    """The audit row of each change: those of one place and one verb were written in the same order. One query."""
    rows = AuditRow.objects.filter(kind=Place._meta.label_lower, thing__in={str(each.place_id) for each in changes})
    by_act: dict[tuple[str, str], list[AuditRow]] = {}
    for row in rows.filter(verb__in=CHANGES).select_related("by").order_by("-pk"):
        by_act.setdefault((row.thing, row.verb), []).append(row)
    found = {}
    for each in sorted(changes, key=lambda each: -each.pk):
        if acts := by_act.get((str(each.place_id), each.change)):
            found[each.pk] = acts.pop(0)
    return found


def _by_whom(act: AuditRow | None) -> str:
    if act is None or act.by is None:
        return ""
    return _("Done by %(name)s on %(day)s.") % _told(act.by.name, localdate(act.at))


def _sentence(change: PlaceChange, place: Place) -> str:
    carries_on = place.merged_into.name if place.merged_into else ""
    words, name = {
        "opened": (_("Opened on %(day)s."), ""),
        "renamed": (_("Was called %(name)s until %(day)s."), change.old_name),
        "moved": (
            _("Stood under %(name)s until %(day)s."),
            change.old_parent.name if change.old_parent else _("nothing"),
        ),
        "merged": (_("Closed on %(day)s. %(name)s carries on in its stead."), carries_on),
        "closed": (_("Closed on %(day)s."), ""),
        "reopened": (_("Reopened on %(day)s."), ""),
    }[change.change]
    stop = "" if change.reason.endswith((".", "!", "?")) else "."
    reason = " " + _("Why: %(reason)s") % {"reason": change.reason + stop} if change.reason else ""
    return str(words % _told(name, change.on) + reason)


def _told(name: str, on: date) -> dict[str, str]:
    return {"name": name, "day": date_format(on, "j F Y")}


def open_places(organisation: Place) -> list[tuple[Place, str]]:
    """The open places of an organisation, each with its names from below the organisation down, in that order."""
    found = list(Place.objects.open().filter(organisation=organisation).select_related("organisation"))
    names = {each.pk.hex: each.name for each in found}
    told = [(each, " › ".join(names[part] for part in each.line if part in names)) for each in found]
    return sorted(told, key=lambda each: each[1])


def groups_at(places: list[UUID]) -> list[Place]:
    """Those of the places that are open groups."""
    return list(Place.objects.open().filter(pk__in=places, level=GROUP).select_related("organisation"))


def place_numbered(number: str) -> Place:
    return Place.objects.select_related("organisation").get(pk=number)


def all_places(organisation: Place) -> list[Place]:
    """Every place of an organisation, closed ones too, those above before those below."""
    return list(Place.objects.filter(organisation=organisation).select_related("organisation").order_by("path"))


def kept_sheet(organisation: Place, what: str, number: UUID, by: Person) -> KeptSheet | None:
    """A file on its way in, for whoever sent it."""
    kept = KeptSheet.objects.select_related("organisation")
    return kept.filter(pk=number, organisation=organisation, what=what, by=by).first()


def parts_running():  # type: ignore[no-untyped-def]
    """The parts in partnerships that run today, those still asked too."""
    return PartnershipMember.objects.filter(holds_on(today()))


def partnerships_of(organisation: Place, *, asked: bool) -> list[tuple[PartnershipMember, list[PartnershipMember]]]:
    """The organisation's own part in each partnership, with the parts of the others; asks only where `asked`."""
    own = parts_running().filter(organisation=organisation).select_related("partnership").order_by("partnership__name")
    own = list(own if asked else own.exclude(accepted_on=None))
    others = (
        parts_running().filter(partnership__in=[each.partnership_id for each in own]).exclude(organisation=organisation)
    )
    others = others if asked else others.exclude(accepted_on=None)
    by_partnership: dict[object, list[PartnershipMember]] = {}
    for each in others.select_related("organisation").order_by("organisation__name"):
        by_partnership.setdefault(each.partnership_id, []).append(each)
    return [(each, by_partnership.get(each.partnership_id, [])) for each in own]


def part_of(organisation: Place, slug: str) -> PartnershipMember | None:
    """The organisation's own part in the partnership of that name."""
    own = parts_running().filter(organisation=organisation, partnership__slug=slug)
    found: PartnershipMember | None = own.select_related("partnership", "organisation").first()
    return found
