"""What a team's wall board shows: read once for all its parts, since a screen asks for all of them at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.engines.spc.model import Series
from trustwide.rooms.boards import queries
from trustwide.rooms.boards.models import MOST_CARDS, Board, Card, Plan, Thanks
from trustwide.rooms.commons.board_records import ask_for_boards, records_on_board
from trustwide.rooms.devices.access import reads_wall
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.measures.on_board import is_late, newest_day, wall_words
from trustwide.rooms.measures.queries import charts_of, measures_on_wall, rules_at
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose.models import Objective

THANKS_SHOWN, AIMS_SHOWN = 2, 3
MOST_AIMS = 60  # of a team and of the places above it: each has a few live ones


@dataclass(frozen=True)
class Shown:
    """One measure as its board shows it."""

    measure: Measure
    series: Series | None
    sentence: str
    helps: Objective | None
    until: date | None  # the day of its newest number


@dataclass(frozen=True)
class Column:
    name: Any  # "" where the team has not set up its board
    cards: list[Shown]


class Wall:
    """One team's board as one person sees it; None: whoever passes."""

    def __init__(self, team: Place, person: Person | None) -> None:
        self.team, self.person = team, person

    @classmethod
    def of(cls, team: Place, person: Person | None) -> Wall:
        """The same one for all parts of a page."""
        found: Wall | None = getattr(team, "_wall", None)
        if found is None or found.person != person:
            found = team._wall = cls(team, person)  # type: ignore[attr-defined]
        return found

    @cached_property
    def cards(self) -> list[Card]:
        return queries.cards_of(self.team, self.person)

    @cached_property
    def board(self) -> Board:
        return self.cards[0].board if self.cards else queries.board_of(self.team)

    @cached_property
    def measures(self) -> list[Measure]:
        """Those of its cards; where the team has not set up its board, all it keeps."""
        if self.board.version:
            return [card.measure for card in self.cards]
        near = {"joined_to": queries.joined_to("pk"), "rules": rules_at("organisation")}
        return list(measures_on_wall(self.team, self.person).annotate(**near))

    @property
    def aims(self) -> list[Objective]:
        """The live objectives of the team and of the places above it, the nearest first."""
        return records_on_board(self.team, self.person, "aims")

    @cached_property
    def plan(self) -> Plan | None:
        return queries.newest_plan(self.team)

    @cached_property
    def thanks(self) -> list[Thanks]:
        return list(queries.thanks_of(self.team)[: THANKS_SHOWN + 1])

    @cached_property
    def shown(self) -> list[Shown]:
        measures = self.measures[:MOST_CARDS]
        read: list[Any] = self.cards if self.board.version else measures
        rules = {each.organisation_id: more.rules or "nhs" for each, more in zip(measures, read, strict=True)}
        joined = {each.pk: more.joined_to for each, more in zip(measures, read, strict=True)}
        charts, helped = charts_of(measures, rules), queries.helped(joined, self.aims)
        found = []
        for each in measures:
            series = charts.get(each.pk)
            until = newest_day(series) if series else None
            found.append(Shown(each, series, wall_words(each), helped.get(each.pk), until))
        return found

    @property
    def columns(self) -> list[Column]:
        """Those in which anything stands."""
        if not self.board.version:
            return [Column("", self.shown)] if self.shown else []
        numbers = [card.column for card in self.cards]
        found = [
            Column(name, [each for each, column in zip(self.shown, numbers, strict=False) if column == number])
            for number, name in enumerate(self.board.columns)
        ]
        return [each for each in found if each.cards]

    @property
    def last_change(self) -> datetime | None:
        """When anything that stands here was last written; huddles aside, which are the team's own."""
        moments = [self.plan.at if self.plan else None, self.thanks[0].at if self.thanks else None]
        moments += [card.last_number for card in self.cards]  # type: ignore[attr-defined]
        return max((each for each in moments if each), default=None)

    def old_numbers(self) -> str:
        """What to say at the top where the numbers of all measures are old; "" where those of one are not."""
        counted = [each for each in self.shown if each.series and each.until]
        late = [each.until for each in counted if each.series and each.until and is_late(each.measure, each.series)]
        if not late or len(late) < len(counted):
            return ""
        return _("These numbers are old: the newest is of %(day)s.") % {"day": f"{max(late):%-d %B %Y}"}

    def old_board(self) -> str:
        """What to say at the top where nothing was written for longer than the team itself allows."""
        last = self.last_change
        if last is None or now() - last < timedelta(hours=self.board.stale_after):
            return ""
        day = f"{localtime(last):%A %-d %B, %H:%M}"
        return _("This board may be out of date. Last updated: %(day)s.") % {"day": day}


def columns_part(team: Place, person: Person | None) -> dict[str, Any]:
    """At most five measures in their columns, each with its objective, its chart and what it says."""
    wall = Wall.of(team, person)
    more = max(0, len(wall.measures) - MOST_CARDS)
    told = {"columns": wall.columns, "count": len(wall.shown), "more": more, "stale": wall.old_numbers()}
    return told | {"set_up": wall.board.version > 0}


def today_part(team: Place, person: Person | None) -> dict[str, Any]:
    """Today's plan, and a word at the top where nothing was written for long: the team's own, and no partner's."""
    if not reads_wall(person, team):
        return {"is_theirs": False}
    wall = Wall.of(team, person)
    plan = wall.plan if wall.plan and wall.plan.day == today() else None
    return {"is_theirs": True, "plan": plan, "huddle_at": wall.board.huddle_at, "stale": wall.old_board()}


def aims_part(team: Place, person: Person | None) -> dict[str, Any]:
    """What the team is getting better at now."""
    found = [each for each in Wall.of(team, person).aims if each.place_id == team.pk]
    return {"aims": found[:AIMS_SHOWN], "more": max(0, len(found) - AIMS_SHOWN)}


def thanks_part(team: Place, person: Person | None) -> dict[str, Any]:
    """Who was thanked lately, and for what: the team's own too."""
    if not reads_wall(person, team):
        return {"is_theirs": False}
    found = Wall.of(team, person).thanks
    return {"is_theirs": True, "thanks": found[:THANKS_SHOWN], "more": len(found) > THANKS_SHOWN}


ask_for_boards("aims", MOST_AIMS, queries.aims_near)
