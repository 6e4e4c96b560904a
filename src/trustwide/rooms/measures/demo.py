"""The demo's chapter of measures: what teams count, and how each adds to what its trust counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from trustwide.rooms.commons.actions import add_record, link_records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added
from trustwide.rooms.measures import actions
from trustwide.rooms.measures.computed import Number
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import TEAM, Place

WEEKS = 104


@dataclass(frozen=True)
class Counted:
    """One thing that is counted: its usual height and spread, and which way is better."""

    title: str
    why: str
    definition: str
    usual: float
    spread: float
    better: str
    unit: str = ""
    target: float | None = None
    most: float | None = None  # no number can be higher, such as 100 %


HOME = Counted(
    "Home before noon", "People who are well go home in daylight, and the next person gets a bed sooner.",
    "Of those who went home that week, the share who had left by noon.", 31, 4, "increase", "%", 40, 100,
)  # fmt: skip
TRUST_MEASURES = (
    HOME,
    Counted("Falls", "A fall can cost an older person their home.",
            "Falls of patients on wards, of any harm, each 1,000 bed days.", 6.2, 0.7, "decrease"),
    Counted("Waits over 12 hours in the emergency department", "Long waits are frightening, and they do harm.",
            "People who waited 12 hours or more from arrival until they left, each week.", 92, 14, "decrease", "", 40),
    Counted("Complaints answered on time", "People who complain deserve an answer when we said they would have it.",
            "Of the complaints due that week, the share answered by then.", 78, 6, "increase", "%", 85, 100),
    Counted("Sickness of staff", "Tired and hurt colleagues cannot care well.",
            "Share of working days lost to sickness.", 5.4, 0.4, "decrease", "%"),
    Counted("Staff who would recommend us as a place to work", "People who like their work give better care.",
            "Of those who answered the weekly question, the share who agreed.", 61, 4, "increase", "%", 70, 100),
)  # fmt: skip
TEAM_MEASURES = (
    (HOME, "Home before noon"),
    (Counted("Falls on our ward", "Every fall we prevent is somebody who goes home as they came.",
             "Falls of our patients that week, of any harm.", 4, 1.6, "decrease"), "Falls"),
    (Counted("Medicines to take home, ready by 11", "Nobody should wait all afternoon for a bag of tablets.",
             "Of ten bags looked at that week, how many were ready by 11.", 5, 1.2, "increase", "", 8, 10),
     "Home before noon"),
    (Counted("Breaks taken in full", "A rested colleague is a safer one.",
             "Of the shifts that week, the share with whole breaks for all.", 68, 7, "increase", "%", None, 100),
     "Sickness of staff"),
)  # fmt: skip
#: What happened to a measure: from which week before today the numbers moved, and by how many spreads.
TURNS = ((0, 0.0), (30, 1.7), (0, 0.0), (9, 1.8), (55, -1.5), (0, 0.0), (22, 2.2))


def tell(story: Story) -> None:
    for trust in TRUSTS:
        analyst = story.cast["analyst"] if trust.startswith("St Bride") else story.cast[f"chief of {trust}"]
        add_up = {}
        for number, counted in enumerate(TRUST_MEASURES):
            add_up[counted.title] = _measure(story, analyst, story.places[trust], counted, TURNS[number % len(TURNS)])
        teams = [place for name, place in story.places.items() if place.level == TEAM and name.startswith(f"{trust} ›")]
        _tell_of_teams(story, [each for each in teams if each.kind in ("clinical", "corporate")], add_up)


def _tell_of_teams(story: Story, teams: list[Place], add_up: dict[str, Measure]) -> None:
    for number, team in enumerate(teams):
        leader = story.cast[f"leader of {team.pk}"]
        choice = [2, 1] if team.name == "Ward 7" else [number % 3, 3] if team.kind == "clinical" else [3]
        for place_in_team, each in enumerate(choice):
            counted, helps = TEAM_MEASURES[each]
            turn = TURNS[(number + 3 * place_in_team + 1) % len(TURNS)] if team.name != "Ward 7" else (9, 1.8)
            made = _measure(story, leader, team, counted, turn)
            with story.on(story.start):
                link_records(by=leader, start=made, meaning="contributes-to", end=add_up[helps])


def _measure(story: Story, by: Person, place: Place, counted: Counted, turn: tuple[int, float]) -> Measure:
    fields: dict[str, Any] = {
        "title": counted.title,
        "why": counted.why,
        "definition": counted.definition,
        "improvement": counted.better,
        "unit": counted.unit,
        "target": counted.target,
        "every": "week",
        "floor_zero": True,
    }
    kind = KINDS[Measure._meta.label_lower]
    with story.on(story.start):
        number = add_record(by=by, kind=kind, place=place, fields=fields)
        measure: Measure = added(Measure, number, "place", "owner")
    with story.on(story.ago(days=1)):
        actions.record_numbers(by=by, measure=measure, numbers=_numbers(story, counted, turn))
    return measure


def _numbers(story: Story, counted: Counted, turn: tuple[int, float]) -> list[Number]:
    """A number a week up to last week; from the turn on they stand higher or lower, the way that is better or not."""
    weeks_ago, spreads = turn
    monday = story.today - timedelta(days=story.today.weekday())
    good = 1 if counted.better == "increase" else -1
    found = []
    for week in range(WEEKS, 0, -1):
        moved = good * spreads * counted.spread if week <= weeks_ago else 0
        value = max(0.0, counted.usual + moved + story.dice.gauss(0, counted.spread * 0.8))
        value = min(value, counted.most) if counted.most else value
        digits = 0 if counted.unit == "" and counted.usual >= 4 and counted.usual != 6.2 else 1
        found.append(Number(monday - timedelta(weeks=week), round(value, digits)))
    return found
