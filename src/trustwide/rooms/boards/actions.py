"""Every write of this room: what stands on a board, the plan of a day, huddles and thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from trustwide.rooms.boards import access, queries
from trustwide.rooms.boards.models import MOST_CARDS, Board, Card, Huddle, Plan, PlanLine, Thanks
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.acts import NotAllowed, once, record_act
from trustwide.rooms.people.clock import believed, now
from trustwide.rooms.people.inserting import insert_all
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.seen import must_be_seen
from trustwide.rooms.places.models import Place

BLANKED = "[removed]"


@dataclass
class PlanChanged(Exception):
    """Somebody wrote the plan since the form was opened. Nothing was saved; `plan` is how it stands now."""

    plan: Plan | None


class BoardFull(ValueError):
    """It shows as many measures as a board may."""


@transaction.atomic
def set_up_board(
    *,
    by: Person,
    team: Place,
    fields: dict[str, Any],
    cards: list[tuple[Measure, int]] | None = None,
    seen: str | None = None,
) -> None:
    """The names of its columns, when the team huddles, and when what stands there is old.

    Where `cards` are given, too: all the measures that stand there, each with its column. BoardFull beyond five.
    ChangedMeanwhile, and nothing saved, where it is not set up as was `seen`.
    """
    board = _board(by, team)
    must_be_seen(seen, *queries.set_up_of(board).values())
    changed = [name for name, value in fields.items() if getattr(board, name) != value]
    for name in changed:
        setattr(board, name, fields[name])
    last = len(board.columns) - 1
    if cards is None:
        board.cards.filter(column__gt=last).update(column=last)
    else:
        _put(board, _chosen(team, cards, last, board))
    _keep(by, board, "set-up-board", changed if cards is None else [*changed, "cards"])


def _chosen(team: Place, cards: list[tuple[Measure, int]], last: int, board: Board) -> list[Card]:
    board.cards.all().delete()
    if len(cards) > MOST_CARDS:
        raise BoardFull
    wanted = {measure.pk for measure, _column in cards}
    if queries.measures_to_show(team).filter(pk__in=wanted).count() != len(cards):
        raise NotAllowed
    ordered = sorted(cards, key=lambda each: each[1])
    return [Card(board=board, measure=measure, column=min(column, last)) for measure, column in ordered]


def _board(by: Person, team: Place) -> Board:
    """The team's board, ours until the transaction ends."""
    if not access.can_arrange(by, team):
        raise NotAllowed
    Board.objects.get_or_create(team=team)
    return Board.objects.select_for_update().get(team=team)


def _keep(by: Person, board: Board, verb: str, fields: Any = ()) -> None:
    board.version += 1
    board.save()
    team = board.team
    record_act(by=by, verb=verb, thing=board, organisation=team.organisation_id, fields=fields, related=team.pk)


@transaction.atomic
def add_card(*, by: Person, team: Place, measure: Measure, column: int) -> Card:
    """Put a measure on the board, last in a column. BoardFull where five stand there."""
    board = _board(by, team)
    if not queries.measures_to_show(team).filter(pk=measure.pk).exists():
        raise NotAllowed
    cards = list(board.cards.all())
    if len(cards) >= MOST_CARDS:
        raise BoardFull
    card = Card(board=board, measure=measure, column=min(column, len(board.columns) - 1))
    before = sum(each.column <= card.column for each in cards)
    _put(board, [*cards[:before], card, *cards[before:]])
    _keep(by, board, "arranged", ["cards"])
    return card


@transaction.atomic
def move_card(*, by: Person, card: Card, up: bool) -> Card:
    """One place up or down; at the end of its column it goes on to the next one. It stays where there is none."""
    board = _board(by, card.board.team)
    cards = list(board.cards.all())
    here = next((place for place, each in enumerate(cards) if each.pk == card.pk), None)
    if here is None:
        raise NotAllowed
    moving, other = cards[here], here + (-1 if up else 1)
    if 0 <= other < len(cards) and cards[other].column == moving.column:
        cards[here], cards[other] = cards[other], cards[here]
    else:
        moving.column = min(max(0, moving.column + (-1 if up else 1)), len(board.columns) - 1)
    _put(board, cards)
    _keep(by, board, "arranged", ["cards"])
    return moving


@transaction.atomic
def take_off(*, by: Person, card: Card) -> None:
    """Take a measure off the board; the measure itself stays as it is."""
    board = _board(by, card.board.team)
    _put(board, [each for each in board.cards.all() if each.pk != card.pk])
    _keep(by, board, "arranged", ["cards"])


def _put(board: Board, cards: list[Card]) -> None:
    """All of them anew, in this order: no two ever hold one position."""
    board.cards.all().delete()
    for position, card in enumerate(cards):
        card.position = position
    Card.objects.bulk_create(cards)


@transaction.atomic
def write_plan(*, by: Person, team: Place, day: date, version: int, lines: list[dict[str, Any]]) -> Plan:
    """The plan of a day as it stands now. PlanChanged, and nothing saved, where it was written since `version`."""
    if not access.can_write(by, team):
        raise NotAllowed
    if version == 0:
        plan = _new_plan(by, team, day)
    else:
        mine = Plan.objects.filter(team=team, day=day, version=version)
        if not mine.update(version=version + 1, by=by, at=now()):
            raise PlanChanged(queries.plan_of(team, day))
        plan = Plan.objects.get(team=team, day=day)
    plan.lines.all().delete()
    PlanLine.objects.bulk_create(PlanLine(plan=plan, position=place, **line) for place, line in enumerate(lines))
    record_act(by=by, verb="planned", thing=plan, organisation=team.organisation_id, fields=["lines"], related=team.pk)
    return plan


def _new_plan(by: Person, team: Place, day: date) -> Plan:
    try:
        with transaction.atomic():
            return Plan.objects.create(team=team, day=day, by=by, at=now())
    except IntegrityError:
        raise PlanChanged(queries.plan_of(team, day)) from None


def thank(
    *, by: Person, team: Place, to: str, why: str, happened_at: datetime | None = None, key: UUID | None = None
) -> UUID:
    """A thank-you on the team's board. The same `key` again adds nothing."""
    if not access.can_thank(by, team):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _thank(by, team, to, why, happened_at)))


def _thank(by: Person, team: Place, to: str, why: str, happened_at: datetime | None) -> UUID:
    made = Thanks.objects.create(team=team, to=to, why=why, by=by, at=now(), happened_at=believed(happened_at) or now())
    _tell(by, "thanked", made, team)
    return made.pk


@transaction.atomic
def take_off_thanks(*, by: Person, thanks: Thanks) -> None:
    """Whoever wrote it, and those who may change what others added, take it off the board."""
    if not (by.pk == thanks.by_id and access.can_thank(by, thanks.team)) and not access.can_arrange(by, thanks.team):
        raise NotAllowed
    Thanks.objects.filter(pk=thanks.pk).update(to=BLANKED, why=BLANKED, taken_off_at=now())
    _tell(by, "took-off-thanks", thanks, thanks.team)


def record_huddle(
    *,
    by: Person,
    team: Place,
    told: dict[str, Any],
    happened_at: datetime | None = None,
    key: UUID | None = None,
) -> UUID:
    """What somebody says of one huddle. Others may have said something of it too: all of it stays."""
    if not access.can_write(by, team):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _huddle(by, team, told, happened_at)))


def _huddle(by: Person, team: Place, told: dict[str, Any], happened_at: datetime | None) -> UUID:
    made = Huddle.objects.create(team=team, by=by, at=now(), happened_at=believed(happened_at) or now(), **told)
    _tell(by, "huddled", made, team)
    return made.pk


def enter_sheet(*, by: Person, team: Place, told: list[dict[str, Any]], key: UUID | None = None) -> UUID:
    """What a paper sheet says of many huddles: the id of the first. A day of which it says nothing stays blank."""
    if not access.can_write(by, team):
        raise NotAllowed
    return UUID(once(by=by, key=key, act=lambda: _sheet(by, team, told)))


def _sheet(by: Person, team: Place, told: list[dict[str, Any]]) -> UUID:
    moment = now()
    rows = [Huddle(team=team, by=by, at=moment, happened_at=moment, **each) for each in told]
    insert_all(rows)
    record_act(
        by=by, verb="entered-sheet", thing=team, organisation=team.organisation_id, fields=["huddles"], related=team.pk
    )
    return rows[0].pk


@transaction.atomic
def remove_huddle(*, by: Person, huddle: Huddle) -> None:
    """Take away what was written of a huddle by mistake: one's own, or what others wrote for who may change it."""
    team = huddle.team
    if not (by.pk == huddle.by_id and access.can_write(by, team)) and not access.can_arrange(by, team):
        raise NotAllowed
    _tell(by, "removed-huddle", huddle, team)
    huddle.delete()


def _tell(by: Person, verb: str, thing: Any, team: Place) -> None:
    record_act(by=by, verb=verb, thing=thing, organisation=team.organisation_id, related=team.pk)
