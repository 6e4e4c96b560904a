"""The demo's chapter of what people raised: two years of it, and what waits today for the people one can be."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from trustwide.rooms.escalation import actions, actions_door, demo_today
from trustwide.rooms.escalation.actions_past import Past, PastStep, bring_in
from trustwide.rooms.escalation.models import (
    ANSWER,
    HELP,
    KNOW,
    MORE_HELP,
    NOT_YET,
    RAISED,
    ROSE,
    SEEN,
    STOP,
    TELL,
    YES,
)
from trustwide.rooms.escalation.tiers import usual_tiers
from trustwide.rooms.measures.actions import add_computed_measure, reset_limits
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import TEAM, Place, RoleHeld
from trustwide.rooms.purpose.demo_strategy import Aims

TOLD = tomllib.loads((Path(__file__).parent / "demo-items.toml").read_text(encoding="utf-8"))
FIRST, SECOND, _THIRD = TRUSTS
A_TRUST = 720  # items in two years
#: Weeks since the tiers of a trust run by the clock; before that, people were answered when somebody got to it.
TIERS_FOR = {FIRST: 44, SECOND: 14}
USUAL_DAYS, SLOW_DAYS = 2.2, 8.5
later_day = cache(working_day_after)


@dataclass(frozen=True)
class Home:
    """One trust, as this chapter needs it: its teams with their staff, and who answers above each."""

    trust: Place
    chief: Person
    teams: list[Place]
    staff: dict[Any, list[Person]]
    ways: dict[Any, list[tuple[Any, Place, Person]]]
    since: date | None
    aims: Aims


def tell(story: Story) -> None:
    aims = Aims()
    for trust in TRUSTS:
        home = _home_of(story, trust, aims)
        _set_tiers(story, home)
        past = sorted(_past(story, home), key=lambda each: each.steps[-1].at)
        with story.on(story.ago(days=1)):
            bring_in(by=home.chief, organisation=home.trust, past=past)
        _open_doors(story, home)
        if trust == FIRST:
            demo_today.tell(story, home.trust)
        _count(story, home)


def _home_of(story: Story, trust: str, aims: Aims) -> Home:
    home = story.places[trust]
    teams = [each for name, each in story.places.items() if each.level == TEAM and name.startswith(f"{trust} ›")]
    teams = [each for each in teams if each.kind in ("clinical", "corporate")]
    held = list(RoleHeld.objects.filter(place__organisation=home).select_related("person", "place").order_by("pk"))
    staff: dict[Any, list[Person]] = {}
    leads: dict[tuple[Any, str], Person] = {}
    for each in held:
        if each.role == "staff":
            staff.setdefault(each.place_id, []).append(each.person)
        leads.setdefault((each.place_id, each.role), each.person)
    places = {each.pk.hex: each for each in story.places.values() if each.organisation_id == home.pk}
    ways = {team.pk: _way_of(home, team, places, leads) for team in teams}
    weeks = TIERS_FOR.get(trust)
    chief = story.cast["chief-executive"] if trust == FIRST else story.cast[f"chief of {trust}"]
    return Home(home, chief, teams, staff, ways, story.ago(weeks=weeks) if weeks else None, aims)


def _way_of(home: Place, team: Place, places: dict[str, Place], leads: Any) -> list[tuple[Any, Place, Person]]:
    above, found = {places[each].level: places[each] for each in team.line if each in places}, []
    for tier in usual_tiers(home):
        place = above.get(tier.level)
        roles = (tier.role, "manager", "executive")
        who = next((leads[place.pk, role] for role in roles if place and (place.pk, role) in leads), None)
        if place and who:
            found.append((tier, place, who))
    return found


def _set_tiers(story: Story, home: Home) -> None:
    if home.since is None:
        return
    keys = ("name", "level", "role", "help_hours", "know_hours", "stop_hours")
    rows = [{key: getattr(each, key) for key in keys} for each in usual_tiers(home.trust)]
    ring = {0: "2222, and the site manager", 1: "2222, and the site manager"}
    told = [{**row, "ring": ring.get(number, "the director on call, by the switchboard")}
            for number, row in enumerate(rows)]  # fmt: skip
    by = story.cast["administrator"] if home.trust.name == FIRST else story.person()
    if home.trust.name != FIRST:
        RoleHeld.objects.get_or_create(
            person=by, place=home.trust, role="improvement-lead", defaults={"starts": home.since}
        )
    with story.on(home.since):
        actions.set_tiers(by=by, organisation=home.trust, tiers=told)


def _past(story: Story, home: Home) -> list[Past]:
    """All that is over: about as much each month, a little less at first."""
    days = (story.today - story.start).days - 12
    found = []
    for _each in range(A_TRUST):
        on = story.start + timedelta(days=int(days * story.dice.random() ** 0.85))
        found.append(_one(story, home, story.dice.choice(home.teams), on))
    return [each for each in found if each.steps[-1].at.date() < story.today]


def _one(story: Story, home: Home, team: Place, on: date) -> Past:
    told = story.dice.choice(TOLD[team.kind])
    words = {"when": story.dice.choice(TOLD["whens"]), "team": team.name}
    sort = story.dice.choices((HELP, KNOW, STOP), (66, 28, 6))[0]
    by = story.dice.choice(home.staff[team.pk])
    fields = {"title": told["what"].format(**words), "words": told["words"], "sort": sort}
    moment = datetime.combine(on, time(story.dice.randrange(24), story.dice.randrange(60)), UTC)
    walk = Walk(story, home, home.ways[team.pk], by, moment)
    walk.go(sort, told["answer"].format(**words))
    return Past(team, by, fields, walk.steps, home.aims.near(team, told.get("aim", "")))


class Walk:
    """The way of one item up the tiers and back, step by step."""

    def __init__(self, story: Story, home: Home, way: Any, by: Person, moment: datetime) -> None:
        self.dice, self.home, self.way, self.by, self.at = story.dice, home, way, by, moment
        self.steps: list[PastStep] = []
        self.at_tier = 0
        self.kept = moment.date() > story.ago(weeks=40)  # before that nobody wrote the answers down
        self.by_clock = home.since is not None and moment.date() >= home.since

    def go(self, sort: str, answer: str) -> None:
        self._step(RAISED, by=self.by)
        if sort == KNOW:
            self._wait(self._days(1.0))
            self._step(SEEN, by=self.holder)
            return
        self._be_answered(answer)
        if self.dice.random() < 0.1:
            self._later(1)
            self._step(NOT_YET, by=self.by, words=self.dice.choice(TOLD["not_yet"]))
            self._wait(self._days(1.5))
            self._step(ANSWER, by=self.holder, words=answer)
        self._later(1)
        self._step(YES if self.dice.random() < 0.7 else TELL, by=self.by if self.dice.random() < 0.7 else self.holder)

    @property
    def holder(self) -> Person:
        person: Person = self.way[self.at_tier][2]
        return person

    def _be_answered(self, answer: str) -> None:
        while True:
            days = self._days(USUAL_DAYS if self.by_clock else SLOW_DAYS)
            if self.by_clock and days > 1 and self.at_tier < len(self.way) - 1 and self.dice.random() < 0.6:
                self._later(1)
                self._up(ROSE, by=None)
                continue
            self._wait(days)
            if self.at_tier < len(self.way) - 1 and self.dice.random() < 0.16:
                self._up(MORE_HELP, by=self.holder, words=self.dice.choice(TOLD["more_help"]))
                continue
            self._step(ANSWER, by=self.holder, words=answer)
            return

    def _up(self, what: str, by: Person | None, words: str = "") -> None:
        self.at_tier += 1
        self._step(what, by=by, words=words)

    def _days(self, usual: float) -> int:
        return round(self.dice.expovariate(1 / usual))

    def _wait(self, days: int) -> None:
        self._later(days)

    def _later(self, days: int) -> None:
        """So many working days on, at some hour of the day, and never back."""
        day = later_day(self.at.date(), days)
        moment = datetime.combine(day, time(self.dice.randrange(9, 17), self.dice.randrange(60)), UTC)
        self.at = max(moment, self.at + timedelta(minutes=20))

    def _step(self, what: str, *, by: Person | None, words: str = "") -> None:
        tier, place, holder = self.way[self.at_tier]
        words = words if self.kept else ""
        due = datetime.combine(later_day(self.at.date(), 1), time(16), UTC) if self.by_clock else None
        arrives = what in (RAISED, ROSE, MORE_HELP, NOT_YET)
        self.steps.append(
            PastStep(what, self.at, tier.number, tier.name, place, by, holder, due if arrives else None, words)
        )


def _open_doors(story: Story, home: Home) -> None:
    if home.trust.name != FIRST:
        return
    with story.on(story.ago(weeks=30)):
        for team in home.teams:
            leader = story.cast[f"leader of {team.pk}"]
            actions_door.set_door(by=leader, team=team, is_open=True)


def _count(story: Story, home: Home) -> None:
    """What Trustwide counts of it, owned by the trust; its limits begin anew where the tiers began."""
    wanted = ["days-to-answer", "answered-in-time", "days-at-tier-1", "days-at-tier-2"]
    for key in wanted if home.trust.name == FIRST else wanted[:1]:
        with story.on(story.ago(days=1), 11):
            number = add_computed_measure(by=home.chief, computed=COMPUTED[key], place=home.trust)
        if key == wanted[0] and home.since:
            measure = Measure.objects.select_related("place").get(pk=number)
            with story.on(story.ago(days=1), 12):
                reset_limits(by=home.chief, measure=measure, starts=home.since.replace(day=1),
                             reason="From here on what nobody answers in time goes up by itself")  # fmt: skip
