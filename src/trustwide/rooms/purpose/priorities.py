"""A few priorities at a time: the limit of live objectives, and the page that holds each level against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.commons.links import MADE_ROOM_FOR
from trustwide.rooms.commons.models import Link
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import LEVEL_WORDS, LEVELS, Place
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.queries import limit_of, live_counts

STOPPED_SHOWN = 50
FULL = _("%(place)s has %(count)s live objectives already, which is the most it may have. One must stop first.")
SAY_WHY = _("Say why it stops, with the button “Stop it”.")


def enter(objective: Objective, stage: str) -> None:
    """NotNow where a place would have too many live ones, or where one would stop without a reason.

    The place is locked until the transaction ends, so that two who start one at the same moment are not both let in.
    """
    if stage == "stopped" and not objective.stop_reason:
        raise NotNow(SAY_WHY)
    if stage == "live":
        list(Place.objects.select_for_update(no_key=True).filter(pk=objective.place_id).values_list("pk"))
        live = Objective.objects.filter(place=objective.place_id, stage="live").exclude(pk=objective.pk).count()
        if live >= limit_of(objective.place):
            raise NotNow(FULL % {"place": objective.place.name, "count": live})


@dataclass
class Level:
    """How the places of one level stand: those that hold objectives, and those that are full."""

    words: Any
    limit: int
    places: int
    rows: list[tuple[Place, int]]

    @property
    def full(self) -> int:
        return sum(count >= self.limit for _place, count in self.rows)


@dataclass(frozen=True)
class Stopped:
    """An objective that stopped, and what it made room for, where the reader may see that."""

    objective: Objective
    instead: Objective | None


@dataclass(frozen=True)
class Priorities:
    levels: list[Level]
    stopped: list[Stopped]
    hours: int
    told: int
    count: int


def priorities_of(person: Person, organisation: Place) -> Priorities:
    """How many are live at each level against the limit, and what stopped. Five queries."""
    counts = live_counts(organisation)
    places = list(
        Place.objects.open().filter(organisation=organisation).select_related("organisation").order_by("path")
    )
    levels = [_level(level, [each for each in places if each.level == level], counts) for level in LEVELS]
    stopped = Objective.objects.visible_to(person).filter(organisation=organisation, stage="stopped")
    freed = stopped.filter(hours_freed__isnull=False)
    return Priorities(
        [each for each in levels if each.places],
        _stopped(person, list(stopped.select_related("place", "organisation").order_by("-closed_at")[:STOPPED_SHOWN])),
        freed.aggregate(hours=Sum("hours_freed"))["hours"] or 0,
        freed.count(),
        stopped.count(),
    )


def _level(level: str, places: list[Place], counts: Any) -> Level:
    rows = [(place, counts[place.pk]) for place in places if counts[place.pk]]
    return Level(LEVEL_WORDS[level], limit_of(places[0]) if places else 0, len(places), rows)


def _stopped(person: Person, stopped: list[Objective]) -> list[Stopped]:
    joins = Link.objects.filter(start__in=[each.pk for each in stopped], meaning=MADE_ROOM_FOR)
    instead = dict(joins.values_list("start_id", "end_id"))
    seen = Objective.objects.visible_to(person).filter(pk__in=instead.values()).select_related("organisation", "place")
    found = {each.pk: each for each in seen}
    return [Stopped(each, found.get(instead.get(each.pk))) for each in stopped]
