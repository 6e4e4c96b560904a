"""Every read of this room, shaped for the page that needs it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from trustwide.rooms.boards.models import Board, Card, Huddle, Plan, Thanks
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link
from trustwide.rooms.measures.models import Measure, Observation
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective

THANKS_STAY = timedelta(days=14)


def board_of(team: Place) -> Board:
    """How a team set up its board; what holds where it has not."""
    return Board.objects.filter(team=team).first() or Board(team=team, version=0)


def cards_of(team: Place, person: Person | None) -> list[Card]:
    """The cards of a board whose measures go on and may be shown, in their order."""
    shown = Measure.objects.on_wall(team, person).filter(closed_at=None)
    return list(Card.objects.filter(board=team.pk, measure__in=shown).select_related("measure__place"))


def cards_to_arrange(team: Place) -> QuerySet[Card]:
    """All cards of a board, those aside whose measures were closed since."""
    return Card.objects.filter(board=team.pk, measure__closed_at=None).select_related("measure")


def card_of(team: Place, number: UUID) -> Card | None:
    return Card.objects.filter(board=team.pk, pk=number).select_related("measure", "board__team").first()


def measures_to_show(team: Place) -> QuerySet[Measure]:
    """The measures that a team may put on its board: its own, and those of the places above it, the nearest first."""
    shown = Measure.objects.on_wall(team, None).filter(place__in=team.line, closed_at=None)
    found = shown.exclude(pk__in=Card.objects.filter(board=team.pk).values("measure"))
    return found.select_related("place").order_by("-place__path", "title", "pk")


def helped_by(measures: Iterable[Measure], team: Place, person: Person | None) -> dict[UUID, Objective]:
    """The live objective that each measure tells of, the nearest to the team where there are several. Two queries.

    It is one that the measure tells, or one that it helps; else one that is told by a measure which it adds to.
    """
    own = [each.pk for each in measures]
    links = Link.objects.filter(start__in=own, meaning=CONTRIBUTES_TO).values_list("start_id", "end_id")
    ends: dict[UUID, set[UUID]] = {}
    for start, end in links:
        ends.setdefault(start, {start}).add(end)
    all_ends = {end for each in ends.values() for end in each} | set(own)
    told = Q(told_by__in=all_ends) | Q(pk__in=all_ends)
    live = Objective.objects.on_wall(team, person).filter(told, stage="live", place__in=team.line)
    nearest_first = list(live.select_related("place").order_by("-place__path", "created_at", "pk"))
    found = {}
    for measure in own:
        around = ends.get(measure, {measure})
        near = [each for each in nearest_first if each.told_by_id in around or each.pk in around]
        if near:
            found[measure] = max(near, key=lambda each: len(each.place.path))
    return found


def aims_of(team: Place, person: Person | None) -> list[Objective]:
    """The team's own live objectives."""
    return list(Objective.objects.on_wall(team, person).filter(place=team, stage="live").order_by("created_at", "pk"))


def plan_of(team: Place, day: date) -> Plan | None:
    return Plan.objects.filter(team=team, day=day).select_related("by").prefetch_related("lines").first()


def plan_before(team: Place, day: date) -> Plan | None:
    """The latest plan before a day: what it was about is offered again."""
    return Plan.objects.filter(team=team, day__lt=day).prefetch_related("lines").order_by("-day").first()


def thanks_of(team: Place) -> QuerySet[Thanks]:
    """What stands on the board now: the newest first, for two weeks."""
    found = Thanks.objects.filter(team=team, taken_off_at=None, happened_at__gt=now() - THANKS_STAY)
    return found.order_by("-happened_at", "-pk")


def thank_you_of(team: Place, number: UUID) -> Thanks | None:
    return Thanks.objects.filter(team=team, pk=number, taken_off_at=None).select_related("team").first()


def huddles_between(team: Place, first: date, last: date) -> list[Huddle]:
    """What was written of the huddles of some days, the earliest first."""
    return list(Huddle.objects.filter(team=team, day__gte=first, day__lte=last).select_related("by"))


def huddle_of(team: Place, number: UUID) -> Huddle | None:
    return Huddle.objects.filter(team=team, pk=number).select_related("team").first()


def last_change(team: Place, measures: Iterable[UUID]) -> datetime | None:
    """When anything that its board shows was last written; huddles aside, which are the team's own."""
    moments = [
        Plan.objects.filter(team=team).aggregate(at=Max("at"))["at"],
        Thanks.objects.filter(team=team).aggregate(at=Max("at"))["at"],
        Observation.objects.filter(measure__in=list(measures)).aggregate(at=Max("at"))["at"],
    ]
    return max((each for each in moments if each), default=None)
