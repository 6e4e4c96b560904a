"""Every read of this room, shaped for the page that needs it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, UUIDField

from trustwide.rooms.boards.models import Board, Card, Huddle, Plan, PlanLine, Thanks
from trustwide.rooms.commons.links import CONTRIBUTES_TO
from trustwide.rooms.commons.models import Link
from trustwide.rooms.measures.models import Measure, Observation
from trustwide.rooms.measures.queries import rules_at
from trustwide.rooms.people.clock import now
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective

THANKS_STAY = timedelta(days=14)


def board_of(team: Place) -> Board:
    """How a team set up its board; what holds where it has not."""
    return Board.objects.filter(team=team).first() or Board(team=team, version=0)


def set_up_of(board: Board) -> dict[str, Any]:
    """How it is set up, as its form shows it."""
    at = f"{board.huddle_at:%H:%M}" if board.huddle_at else ""
    return {
        "own_columns": board.own_columns,
        "huddle_at": at,
        "weekends": board.weekends,
        "stale_after": board.stale_after,
    }


def cards_of(team: Place, person: Person | None) -> list[Card]:
    """The cards of a board whose measures go on and may be shown, in their order, each with its `last_number`."""
    shown = Measure.objects.on_wall(team, person).filter(closed_at=None)
    newest = Observation.objects.filter(measure=OuterRef("measure")).order_by("-at").values("at")
    cards = Card.objects.filter(board=team.pk, measure__in=shown)
    near = {"joined_to": joined_to("measure"), "rules": rules_at("measure__organisation")}
    cards = cards.annotate(last_number=Subquery(newest[:1]), **near)
    return list(cards.select_related("measure__place", "board"))


def joined_to(measure: str) -> Subquery:
    """The record that a measure helps, by the oldest of its links upward."""
    links = Link.objects.filter(start=OuterRef(measure), meaning=CONTRIBUTES_TO).order_by("at", "pk")
    return Subquery(links.values("end")[:1], output_field=UUIDField())


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


def aims_near(team: Place) -> QuerySet[Objective]:
    """The live objectives of a team and of the places above it, the nearest first, whoever may read them."""
    live = Objective.objects.filter(stage="live", place__in=team.line)
    return live.order_by("-place__path", "created_at", "pk")


def helped(joined: dict[UUID, UUID | None], aims: list[Objective]) -> dict[UUID, Objective]:
    """The first of some objectives that each measure helps; `joined` tells, by measure, what each is joined to.

    It helps the objective that it tells of, or that it is joined to; or the one of a measure that it adds to.
    """
    found = {
        measure: next((each for each in aims if {each.pk, each.told_by_id} & ({measure, end} - {None})), None)
        for measure, end in joined.items()
    }
    return {measure: each for measure, each in found.items() if each}


def plan_of(team: Place, day: date) -> Plan | None:
    return Plan.objects.filter(team=team, day=day).select_related("by").prefetch_related("lines").first()


def newest_plan(team: Place, before: date | None = None) -> Plan | None:
    """The latest plan that a team wrote, or the latest from before a day, with its `rows`; one query for both."""
    plans = Plan.objects.filter(team=team, **({"day__lt": before} if before else {})).order_by("-day")
    lines = list(PlanLine.objects.filter(plan=Subquery(plans.values("pk")[:1])).select_related("plan"))
    if not lines:
        return None
    lines[0].plan.rows = lines
    return lines[0].plan


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
