"""What a team's board shows of this room, and what is written there: the plan, a huddle, a thank-you."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.engines.spc.model import Series
from trustwide.rooms.boards import access, actions, queries
from trustwide.rooms.boards.forms import HuddleForm, PlanForm, ThanksForm
from trustwide.rooms.boards.models import MOST_CARDS, Board
from trustwide.rooms.boards.sheet_form import SheetForm
from trustwide.rooms.devices.parts import (
    COLUMNS,
    TODAY,
    Addition,
    BoardLink,
    BoardPart,
    register_addition,
    register_link,
    register_part,
)
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.measures.on_board import is_late, newest_day, wall_words
from trustwide.rooms.measures.queries import charts_of, measures_on_wall
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective

THANKS_SHOWN, AIMS_SHOWN = 3, 3


@dataclass(frozen=True)
class Shown:
    """One measure as its board shows it."""

    measure: Measure
    series: Series | None
    sentence: str
    helps: Objective | None
    until: Any  # the day of its newest number


@dataclass(frozen=True)
class Column:
    name: Any  # "" where the team has not set up its board
    cards: list[Shown]


def columns_part(team: Place, person: Person | None) -> dict[str, Any]:
    """At most five measures in their columns, each with its objective, its chart and what it says."""
    board = queries.board_of(team)
    cards = queries.cards_of(team, person)
    found = [card.measure for card in cards] if board.version else list(measures_on_wall(team, person))
    shown = _shown(found[:MOST_CARDS], team, person)
    if board.version:
        columns = [
            Column(name, [shown[place] for place, card in enumerate(cards) if card.column == number])
            for number, name in enumerate(board.columns)
        ]
    else:
        columns = [Column("", [each]) for each in shown]
    told = {"columns": columns, "filled": [each for each in columns if each.cards], "count": len(shown), "team": team}
    told |= {"more": max(0, len(found) - MOST_CARDS), "stale": old_numbers(shown)}
    return told | {"may_arrange": person is not None and access.can_arrange(person, team)}


def _shown(measures: list[Measure], team: Place, person: Person | None) -> list[Shown]:
    charts, helped = charts_of(measures), queries.helped_by(measures, team, person)
    return [
        Shown(
            each,
            series := charts.get(each.pk),
            wall_words(each),
            helped.get(each.pk),
            newest_day(series) if series else None,
        )
        for each in measures
    ]


def old_numbers(shown: list[Shown]) -> str:
    """What to say at the top where the numbers of all measures are old; "" where those of one are not."""
    counted = [each for each in shown if each.series]
    late = [each.until for each in counted if each.series and is_late(each.measure, each.series)]
    if not late or len(late) < len(counted):
        return ""
    return _("These numbers are old: the newest is of %(day)s.") % {"day": f"{max(late):%-d %B %Y}"}


def today_part(team: Place, person: Person | None) -> dict[str, Any]:
    """Today's plan, and how long ago anything on the board was written."""
    board, plan = queries.board_of(team), queries.plan_of(team, today())
    cards = [card.measure_id for card in queries.cards_of(team, person)] if board.version else []
    last = queries.last_change(team, cards)
    return {"plan": plan, "day": today(), "huddle_at": board.huddle_at, "stale": old_board(board, last), "last": last}


def old_board(board: Board, last: datetime | None) -> str:
    """What to say at the top where nothing was written for longer than the team itself allows."""
    if last is None or now() - last < timedelta(hours=board.stale_after):
        return ""
    return _("This board may be out of date: it was last written on %(day)s.") % {
        "day": f"{localtime(last):%A %-d %B at %H:%M}"
    }


def aims_part(team: Place, person: Person | None) -> dict[str, Any]:
    """What the team is getting better at now: the improvement in hand."""
    found = queries.aims_of(team, person)
    return {"aims": found[:AIMS_SHOWN], "more": max(0, len(found) - AIMS_SHOWN)}


def thanks_part(team: Place, person: Person | None) -> dict[str, Any]:
    found = list(queries.thanks_of(team)[: THANKS_SHOWN + 1])
    return {"thanks": found[:THANKS_SHOWN], "more": len(found) > THANKS_SHOWN, "team": team}


def save_plan(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    try:
        version = said["version"] or 0
        return actions.write_plan(by=person, team=team, day=form.day, version=version, lines=form.lines())
    except actions.PlanChanged as changed:
        form.data = {**form.data.dict(), "version": changed.plan.version if changed.plan else 0}
        told = {"name": changed.plan.by.name if changed.plan else "", "lines": _in_words(changed.plan)}
        form.add_error("name0", _("%(name)s changed the plan meanwhile. It now says: %(lines)s.") % told)
        form.add_error("name0", _("Below is what you typed. It is not saved: save again to put it in its place."))
        return None


def _in_words(plan: Any) -> str:
    return "; ".join(f"{line.name}: {line.planned or 0}, {line.done or 0}" for line in plan.lines.all()) if plan else ""


def save_huddle(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    told = {"told": form.told(), "happened_at": said["happened_at"], "key": said["key"]}
    actions.record_huddle(by=person, team=team, **told)
    return team


def save_sheet(person: Person, team: Place, form: Any) -> Any:
    actions.enter_sheet(by=person, team=team, told=form.told, key=form.cleaned_data["key"])
    return team


def save_thanks(person: Person, team: Place, form: Any) -> Any:
    said = form.cleaned_data
    told = {name: said[name] for name in ("to", "why", "happened_at", "key")}
    actions.thank(by=person, team=team, **told)
    return team


register_part(BoardPart("today", 5, "boards/board-today.jinja", today_part, area=TODAY))
register_part(BoardPart("measures", 10, "boards/board-columns.jinja", columns_part, area=COLUMNS))
register_part(BoardPart("aims", 14, "boards/board-aims.jinja", aims_part))
register_part(BoardPart("thanks", 16, "boards/board-thanks.jinja", thanks_part))
register_addition(
    Addition(
        "plan",
        gettext_lazy("Write today’s plan"),
        access.can_write,
        PlanForm,
        save_plan,
        fields="boards/plan-fields.jinja",
        order=20,
    )
)
register_addition(
    Addition(
        "huddle", gettext_lazy("Tell of our huddle"), access.can_write, HuddleForm, save_huddle, offline=True, order=10
    )
)
register_addition(
    Addition(
        "thanks", gettext_lazy("Thank somebody"), access.can_thank, ThanksForm, save_thanks, offline=True, order=30
    )
)
register_addition(
    Addition(
        "sheet",
        gettext_lazy("Type in a paper sheet"),
        access.can_write,
        SheetForm,
        save_sheet,
        fields="boards/sheet-fields.jinja",
        order=70,
    )
)
register_link(BoardLink("arrange/", gettext_lazy("Arrange this board"), access.can_arrange))
register_link(BoardLink("huddles/", gettext_lazy("Our huddles"), access.can_write))
register_link(BoardLink("sheet/", gettext_lazy("Paper sheet for the week"), access.can_write))
