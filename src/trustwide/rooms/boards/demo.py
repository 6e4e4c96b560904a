"""The demo's chapter of boards: each team's columns, today's plan, its thanks, and two years of its huddles."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from trustwide.rooms.boards import actions, queries
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import TEAM, Place, RoleHeld

FIRST = next(iter(TRUSTS))
SAFETY, QUALITY, DELIVERY, COST, PEOPLE = range(5)
#: Where a team's measures stand, by how their titles begin; the trust's own fill the columns that would be empty.
COLUMNS = {
    "Falls on our ward": SAFETY, "Medicines to take home": COST, "Breaks taken": PEOPLE, "Home before noon": DELIVERY,
    "Complaints answered": QUALITY, "Staff who would recommend": PEOPLE, "Sickness of staff": PEOPLE,
}  # fmt: skip
OF_THE_TRUST = ("Complaints answered on time", "Home before noon", "Staff who would recommend us as a place to work")
#: What a ward plans, and what an office plans: name, how many, what the rest waits for. Each is something that gets
#: done, so that "10 planned, 10 done" reads right after it.
PLANS = {
    "clinical": (
        ("Home by noon", 6, "tablets"),
        ("Transport booked", 2, ""),
        ("Shifts filled", 10, "one from the bank"),
    ),
    "corporate": (("Calls answered by noon", 40, ""), ("Jobs begun by ten", 12, "a part"), ("Shifts filled", 8, "")),
}
THANKS = (
    ("the porters", "the chair at nine on Sunday, before we had asked"),
    ("Ade", "coming in when two of us were ill"),
    ("the night team", "leaving the store tidy"),
    ("the dispensary", "ringing us before the tablets ran late"),
    ("Priya", "showing the new starters how we huddle"),
    ("our volunteers", "the tea round on Tuesday"),
    ("the site team", "an answer within the hour"),
)
WHY_NOT = ("busy", "busy", "busy", "few", "few", "lead", "else")


def tell(story: Story) -> None:
    for trust in TRUSTS:
        home = story.places[trust]
        shared = {each.title: each for each in Measure.objects.filter(place=home).select_related("place")}
        teams = [place for name, place in story.places.items() if place.level == TEAM and name.startswith(f"{trust} ›")]
        for number, team in enumerate(each for each in teams if each.kind in PLANS):
            leader = story.cast[f"leader of {team.pk}"]
            held = RoleHeld.objects.filter(place=team).select_related("person").order_by("pk")
            _set_up(story, leader, team, number, shared)
            _huddles(story, leader, team, number)
            _write(story, [each.person for each in held], team, number)


def _set_up(story: Story, leader: Person, team: Place, number: int, shared: dict[str, Measure]) -> None:
    own = list(Measure.objects.filter(place=team, closed_at=None).select_related("place").order_by("title"))
    wanted = 5 if team.name == "Ward 7" else 3 + number % 3
    chosen = [*own, *(shared[title] for title in OF_THE_TRUST if title in shared)][:wanted]
    columns = {
        each: next((at for title, at in COLUMNS.items() if each.title.startswith(title)), QUALITY) for each in chosen
    }
    with story.on(story.ago(weeks=60)):
        early = {"huddle_at": time(8, 15 * (number % 3)), "weekends": team.kind == "clinical"}
        actions.set_up_board(by=leader, team=team, fields=early, cards=list(columns.items()))


def _huddles(story: Story, leader: Person, team: Place, number: int) -> None:
    """Typed in from paper. Most were held, more of them as time went by; some weeks are blank, as paper gets lost.

    St Bride's began two years ago; the others took it up from them this summer.
    """
    began = story.start if team.organisation == story.places[FIRST] else story.ago(weeks=20)
    weekends, days, told = team.kind == "clinical", (story.today - began).days, []
    lost = {story.dice.randrange(days // 7) for _each in range(4 + number % 5)}
    for ago in range(days, 0, -1):
        day = story.today - timedelta(days=ago)
        if (weekends or day.weekday() < 5) and ago // 7 not in lost and story.dice.random() < 0.97:
            told.append(_huddle(story, day, likely=0.62 + 0.3 * (1 - ago / days) - 0.02 * (number % 6)))
    with story.on(story.ago(days=1)):
        actions.enter_sheet(by=leader, team=team, told=told)


def _huddle(story: Story, day: date, likely: float) -> dict[str, Any]:
    if story.dice.random() < likely:
        counts = {"minutes": story.dice.randrange(5, 14), "raised": story.dice.choice((0, 0, 1, 1, 2, 3))}
        return {"day": day, "shift": "day", "held": True, **counts}
    return {"day": day, "shift": "day", "held": False, "why_not": story.dice.choice(WHY_NOT)}


def _write(story: Story, staff: list[Person], team: Place, number: int) -> None:
    """Yesterday's plan and today's, and a few thanks."""
    for ago in (1, 0):
        day, lines = story.ago(days=ago), []
        for name, planned, waits_for in PLANS[team.kind]:
            done = planned if ago else story.dice.randrange(planned + 1)
            lines.append(
                {"name": name, "planned": planned, "done": done, "waits_for": waits_for if done < planned else ""}
            )
        with story.on(day, 8):
            plan = queries.plan_of(team, day)
            version = plan.version if plan else 0
            actions.write_plan(by=staff[0], team=team, day=day, version=version, lines=lines)
    for each in range(2 + number % 2):
        to, why = THANKS[(number + each) % len(THANKS)]
        with story.on(story.ago(days=1 + 3 * each), 14):
            actions.thank(by=staff[(1 + each) % len(staff)], team=team, to=to, why=why)
