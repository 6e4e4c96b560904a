"""What a place holds on the day it closes or is merged, told in words before it happens."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.people.models import Person
from trustwide.rooms.places import queries
from trustwide.rooms.places.models import Place

#: How many people are named; the others are counted.
MOST_NAMES = 10
#: Later rooms put here what counts the open work at a place itself, of what the person may read.
WORK_AT: list[Callable[[Person, Place], int]] = []


def told_before(by: Person, place: Place, change: str) -> list[str]:
    """A sentence or two each for the people, the places below and the work: how many, and what becomes of them."""
    people, below = queries.people_who_stay_on(place), queries.count_open_below(place)
    work = sum(count(by, place) for count in WORK_AT)
    merges = change == "merge"
    return [_of_people(people, merges), _of_places(below, merges), _of_work(work, merges)]


def _of_people(people: list[Person], merges: bool) -> str:
    if not people:
        return _("Nobody holds a role here.")
    told = ngettext(
        "%(num)s person holds a role here: %(names)s.", "%(num)s people hold a role here: %(names)s.", len(people)
    ) % {"num": len(people), "names": _names(people)}
    becomes = (
        _("Their roles go on at the place that carries on.")
        if merges
        else _("Their roles here end on the day of the change.")
    )
    return f"{told} {becomes}"


def told_until_closed(people: list[Person]) -> str:
    """Who held a role at a place until it closed."""
    return ngettext(
        "Let the %(num)s person who held a role here until it closed go on with it: %(names)s",
        "Let the %(num)s people who held a role here until it closed go on with it: %(names)s",
        len(people),
    ) % {"num": len(people), "names": _names(people)}


def _names(people: list[Person]) -> str:
    names = ", ".join(each.name for each in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    return _("%(names)s and %(more)s more") % {"names": names, "more": more} if more > 0 else names


def _of_places(below: int, merges: bool) -> str:
    if not below:
        return _("No open place stands below it.")
    told = ngettext("%(num)s open place stands below it.", "%(num)s open places stand below it.", below)
    becomes = _("What is below moves to the place that carries on.") if merges else _("Close or move these first.")
    return f"{told % {'num': below}} {becomes}"


def _of_work(work: int, merges: bool) -> str:
    if not work:
        return _("No open work stands here.")
    told = ngettext("%(num)s open piece of work stands here.", "%(num)s open pieces of work stand here.", work)
    becomes = (
        _("It stays, and those at the place that carries on can go on with it.")
        if merges
        else _("It stays, and only those with a role above this place can go on with it.")
    )
    return f"{told % {'num': work}} {becomes}"
