"""The demo's chapter of projects: what teams tried over two years, how it went, and what its charts show since."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record, change_record, link_records, say_local_need
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added
from trustwide.rooms.measures.actions import add_computed_measure, record_numbers, reset_limits
from trustwide.rooms.measures.computed import COMPUTED, Number
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.projects import actions, actions_failures
from trustwide.rooms.projects.models import FabulousFailure, Project, TestOfChange
from trustwide.rooms.projects.queries import first_of_month
from trustwide.rooms.projects.standing_kept import standings_together
from trustwide.rooms.purpose.demo_strategy import Aims

TOLD = tomllib.loads((Path(__file__).parent / "demo-projects.toml").read_text(encoding="utf-8"))
HOME, *ELSEWHERE = TRUSTS
#: What each helps, by its title: the words that the theme of an objective begins with.
HELPS = {title: theme for theme, titles in TOLD["helps"].items() for title in titles}
WEEKS = 104
COACHED = 5
AT_HOME = 10  # so many of the projects, the first, are the first trust's
SMALL = ("at", "part", "title", "trying", "think", "happened", "learned", "right", "act")
FAILED = ("at", "title", "what_tried", "predicted", "happened", "why", "cost", "differently", "again_if", "tell")
STEP = {"informing": "consultation", "consultation": "co-design", "engagement": "co-production"}


def tell(story: Story) -> None:
    with standings_together():
        teller = Teller(story)
        teller.just_do_it()
        teller.small_tests()
        teller.projects()
        teller.tablets_by_eleven()
        teller.failures()
    for trust in TRUSTS:
        with story.on(story.ago(days=1)):
            chief = teller.chief(trust)
            add_computed_measure(by=chief, computed=COMPUTED["days-to-thank"], place=story.places[trust])


class Teller:
    """Who works where, and what is told of them."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people: dict[Any, list[Person]] = defaultdict(list)
        held = RoleHeld.objects.filter(role__in=("staff", "team-leader", "peoples-voice", "board-member"))
        for each in held.select_related("person").order_by("role", "starts", "person__email"):
            self.people[each.place_id].append(each.person)
        self.aims = Aims()
        self.coached = count()

    def chief(self, trust: str) -> Person:
        return self.story.cast["chief-executive"] if trust == HOME else self.story.cast[f"chief of {trust}"]

    def place(self, trust: str, team: str) -> Place:
        found: Place = self.story.places[f"{trust} › {team}"]
        return found

    def who(self, place: Place, number: int = 0) -> Person:
        """One of its staff: its leader speaks for a project, the others begin what is small."""
        people = self.people[place.pk]
        return people[number % len(people)]

    def leader(self, place: Place) -> Person:
        if place == self.place(HOME, "Council of governors"):
            return self.story.cast["governor"]
        return self.story.cast.get(f"leader of {place.pk}") or self.who(place)

    def begin(self, by: Person, place: Place, weeks: int, **fields: Any) -> Project:
        above = self.aims.near(place, HELPS.get(fields["title"], ""))
        with self.story.on(self.story.ago(weeks=weeks), 11):
            kind = KINDS[Project._meta.label_lower]
            number = add_record(by=by, kind=kind, place=place, fields=fields, helps=above)
            found: Project = added(Project, number, "place__organisation", "organisation", "owner")
            if above is None:
                say_local_need(by=by, record=found)
                found.refresh_from_db(fields=("version", "local_need"))
        return found

    def just_do_it(self) -> None:
        rows = [(HOME, team, line) for team, lines in TOLD["just"].items() for line in lines]
        there = [(team, line) for team, lines in TOLD["just_there"].items() for line in lines]
        rows += [(ELSEWHERE[number % 2], *each) for number, each in enumerate(there)]
        for number, (trust, team, line) in enumerate(rows):
            place, weeks = self.place(trust, team), 1 + number * 37 % 99
            by = self.who(place, number)
            made = self.begin(by, place, weeks, title=line, size="just-do-it")
            if weeks > 4 or number % 2:
                with self.story.on(self.story.ago(weeks=weeks - 1)):
                    ends = TOLD["just_ends"]["texts"]
                    why = {"how": "done", "reason": ends[number % len(ends)]}
                    why |= {"how": "stopped", "reason": "Nobody used it."} if number % 11 == 10 else {}
                    actions.end_project(by=by, project=made, version=made.version, **why)

    def small_tests(self) -> None:
        rows = [*TOLD["test"], *(dict(zip(SMALL, each, strict=True)) for each in TOLD["small"]["rows"])]
        for number, told in enumerate(rows):
            trust = HOME if number % 2 == 0 or told["at"] == "Council of governors" else ELSEWHERE[number // 2 % 2]
            running = number % 14 == 13
            place, weeks = self.place(trust, told["at"]), 2 + number % 2 if running else 3 + number * 29 % 90
            by, late = self.who(place, number), number % 6 == 5
            fields = {"title": told["title"], "part": told["part"], "size": "test", "trying": told["trying"]}
            made = self.begin(by, place, weeks, **fields, expect="" if late else told["think"])
            test = made.tests.select_related("place", "of_project", "owner").get()
            self.run(by, test, self.story.ago(weeks=weeks - 1), told, late=late, studied=not running)
            if not running:
                with self.story.on(self.story.ago(weeks=weeks - 2, days=-3)):
                    why = self._small_end(told["act"], number)
                    actions.end_project(by=by, project=made, version=made.version, reason=told["learned"], **why)

    def _small_end(self, act: str, number: int) -> dict[str, Any]:
        """What did not help is stopped; what is to be tried in more places, or otherwise, often goes on elsewhere."""
        if act == "abandon":
            return {"how": "stopped", "hours": 1 + number % 3}
        if act == "expand" and number % 2:
            return {
                "how": "handed-over",
                "handed_to": "the team next door",
                "again_if": "One of us shows them for a morning.",
            }
        if act == "adapt" and number % 2:
            return {"how": "paused", "until": self.story.today + timedelta(days=30 + number)}
        return {"how": "done"}

    def run(
        self, by: Person, test: TestOfChange, day: date, told: dict[str, Any], *, late: bool, studied: bool = True
    ) -> None:
        """Begun on a day, looked at a few days later; a late prediction comes with what happened."""
        with self.story.on(day):
            actions.begin_test(by=by, test=test, version=test.version)
        if not studied:
            return
        said = {name: told[name] for name in ("happened", "learned", "right")}
        said |= {"prediction": told["think"]} if late else {}
        with self.story.on(day + timedelta(days=4), 15):
            actions.study_test(by=by, test=test, version=test.version, said=said)
            act = {"act": told["act"], "next_time": told.get("next", "")}
            actions.decide_test(by=by, test=test, version=test.version, **act)

    def projects(self) -> None:
        for number, told in enumerate(TOLD["project"]):
            trust = HOME if number < AT_HOME else ELSEWHERE[number % 2]
            place, weeks = self.place(trust, told["at"]), 34 + number * 17 % 55
            by = self.leader(place)
            made = self.begin(by, place, weeks, **self._charter(told, weeks, number))
            self._team(made, by, place, number, told)
            turned = self._tests(made, by, told, weeks, number)
            if told["measure"]:
                self._measure(made, by, place, told, turned, number)
            self._hours(made, by)
            if told["ends"] != "live":
                self._end(made, by, told, number)

    def _charter(self, told: dict[str, Any], weeks: int, number: int) -> dict[str, Any]:
        """What was asked of it; the day on which it stops is past for one in a while."""
        names = ("title", "part", "aim", "aim_for", "benefit", "why", "lived", "unequal", "money", "ideas")
        fields = {name: told[name] for name in names if told.get(name)}
        stop = self.story.today + timedelta(days=(-6, 40, 75, 120)[number % 4])
        step = list(STEP)[number % 3]
        fields |= {"size": told.get("size", "project"), "stop_rule": told["stop"], "stop_on": stop, "next_review": stop}
        fields |= {"aim_by": stop - timedelta(days=10), "digital_needs": told.get("digital", "")}
        fields |= {"step_now": step, "step_aim": STEP[step]} if told["lived"] else {}
        fields |= {name: told[name] for name in ("promised_by", "covered_by")}
        return {**fields, "promised_hours": told["promised"]}

    def _team(self, made: Project, by: Person, place: Place, number: int, told: dict[str, Any]) -> None:
        rows: list[tuple[str, Any]] = [("lead", by), *(("member", self.who(place, number + each)) for each in (2, 3))]
        home = place.organisation == self.story.places[HOME]
        if home and next(self.coached) < COACHED:
            rows.append(("coach", self.story.cast["improver"]))
        rows.append(("sponsor", self.chief(place.organisation.name)))
        with self.story.on(made.created_at.date() + timedelta(days=2)):
            for does, person in rows:
                actions.add_member(by=by, project=made, does=does, person=person)
            if told["lived"]:
                part = ("a carer", "a former patient", "somebody from the patients’ panel")[number % 3]
                actions.add_member(by=by, project=made, does="lived", name=part)

    def _tests(self, made: Project, by: Person, told: dict[str, Any], weeks: int, number: int) -> int | None:
        """Its series; how many weeks ago the first adopted one began."""
        turned, before = None, None
        for place, (title, trying, think, happened, right, learned, act) in enumerate(told["tests"]):
            ago, late = weeks - 3 - 6 * place, (number + place) % 7 == 3
            day = self.story.ago(weeks=ago)
            fields = {"title": title, "trying": trying, "prediction": "" if late else think}
            fields |= {"how": f"The team of {made.place.name}, as small as it can be.", "stop_if": made.stop_rule}
            with self.story.on(day - timedelta(days=2)):
                new = actions.add_test(by=by, project=made, fields=fields, after=before)
            test = added(TestOfChange, new, "place", "of_project", "owner")
            said = {"think": think, "happened": happened, "right": right, "learned": learned, "act": act}
            self.run(by, test, day, said, late=late)
            before = test if act in ("adapt", "expand") else None
            turned = ago if act == "adopt" and turned is None else turned
        return turned

    def _measure(
        self, made: Project, by: Person, place: Place, told: dict[str, Any], turned: int | None, number: int
    ) -> None:
        """Numbers that move where the change was adopted; for some the limits were reset then, for that reason."""
        better = told.get("better", "increase")
        fields = {"title": told["measure"], "improvement": better, "every": "week", "floor_zero": True}
        with self.story.on(max(self.story.start, made.created_at.date() - timedelta(days=200))):
            pk = add_record(by=by, kind=KINDS[Measure._meta.label_lower], place=place, fields=fields)
        measure: Measure = added(Measure, pk, "place__organisation", "organisation", "owner")
        with self.story.on(self.story.ago(days=1)):
            record_numbers(by=by, measure=measure, numbers=self._numbers(told["usual"], better, turned))
            actions.choose_measures(by=by, project=made, measures=[measure])
            link_records(by=by, start=measure, meaning="contributes-to", end=made)
            if turned and turned > 12 and number % 2:
                monday = self._monday() - timedelta(weeks=turned)
                reset_limits(by=by, measure=measure, starts=monday, reason="We adopted what we had tried")

    def _monday(self) -> date:
        return self.story.today - timedelta(days=self.story.today.weekday())

    def _numbers(self, usual: float, better: str, turned: int | None) -> list[Number]:
        spread = usual * 0.09
        moved = usual * (0.45 if better == "increase" else -0.42)
        found = []
        for week in range(WEEKS, 0, -1):
            value = usual + (moved if turned and week < turned else 0) + self.story.dice.gauss(0, spread)
            found.append(Number(self._monday() - timedelta(weeks=week), round(max(0.0, value), 1)))
        return found

    def _hours(self, made: Project, by: Person) -> None:
        for back in (1, 2, 3):
            month, share = first_of_month(self.story.today, back), self.story.dice.choice((0.25, 0.5, 0.75, 1.0))
            with self.story.on(min(self.story.ago(days=1), month + timedelta(days=33))):
                actions.note_hours(by=by, project=made, month=month, hours=round((made.promised_hours or 0) * share))

    def _end(self, made: Project, by: Person, told: dict[str, Any], number: int) -> None:
        until = self.story.today + timedelta(days=90) if told["ends"] == "paused" else None
        why = {"reason": told["reason"], "kept": told.get("kept", ""), "hours": told.get("hours"), "until": until}
        with self.story.on(self.story.ago(weeks=2 + number % 9)):
            whom = told.get("to", "")
            actions.end_project(by=by, project=made, version=made.version, how=told["ends"], handed_to=whom, **why)

    def tablets_by_eleven(self) -> None:
        """The ward leader's own, on the ward's measure: the second test was adopted, the third runs."""
        place, by = self.place(HOME, "Ward 7"), self.story.cast["ward-leader"]
        stop = self.story.today + timedelta(days=50)
        fields = {**TOLD["tablets"]["charter"], "stop_on": stop, "next_review": stop, "aim_by": stop}
        made = self.begin(by, place, 15, **fields)
        with self.story.on(self.story.ago(weeks=15, days=-1)):
            team = (("lead", by), ("member", self.story.cast["nurse"]), ("lived", self.story.cast["service-user"]))
            for does, person in (
                *team,
                ("coach", self.story.cast["improver"]),
                ("sponsor", self.story.cast["director"]),
            ):
                actions.add_member(by=by, project=made, does=does, person=person)
        self._tablet_tests(made, by)
        measure = (
            Measure.objects.select_related("place").filter(place=place, title__startswith="Medicines to take").first()
        )
        with self.story.on(self.story.ago(days=1)):
            if measure:
                actions.choose_measures(by=by, project=made, measures=[measure])
        self._hours(made, by)

    def _tablet_tests(self, made: Project, by: Person) -> None:
        for title, trying, think, happened, right, learned, act, weeks in TOLD["tablets"]["tests"]:
            day = self.story.ago(weeks=weeks) if weeks else self.story.ago(days=4)
            fields = {
                "title": title,
                "trying": trying,
                "prediction": think,
                "collect": "A tick on the board for each bag",
            }
            with self.story.on(day - timedelta(days=1)):
                new = actions.add_test(by=by, project=made, fields=fields)
            test = added(TestOfChange, new, "place", "of_project", "owner")
            said = {"think": think, "happened": happened, "right": right, "learned": learned, "act": act}
            self.run(by, test, day, said, late=False, studied=bool(weeks))
        with self.story.on(self.story.ago(days=2)):  # the last one runs, and somebody thinks again
            test.refresh_from_db()
            change_record(by=by, record=test, version=test.version, fields={"prediction": TOLD["tablets"]["rethought"]})

    def failures(self) -> None:
        for number, row in enumerate(TOLD["failures"]["rows"]):
            told = dict(zip(FAILED, row, strict=True))
            trust = ELSEWHERE[number % 2] if number % 3 == 2 and row[0] != "Council of governors" else HOME
            place, days = self.place(trust, str(told.pop("at"))), 3 + number * 31
            by = self.who(place, number + 1)
            with self.story.on(self.story.ago(days=days), 16):
                kind = KINDS[FabulousFailure._meta.label_lower]
                pk = add_record(by=by, kind=kind, place=place, fields=told)
                new = added(FabulousFailure, pk, "place__organisation", "owner")
                actions_failures.publish_failure(by=by, failure=new, version=new.version)
            if number:
                with self.story.on(self.story.ago(days=days - 1 - number * 5 % 9)):
                    text = THANKS[number % len(THANKS)]
                    actions_failures.thank_for_failure(by=self.chief(trust), failure=new, text=text)


THANKS = (
    "Thank you. This saved three other teams the same month of work.",
    "Thank you for counting, and for stopping when the count said so.",
    "I had asked for this myself, and you were kind enough to try it. Thank you.",
    "Thank you: I read this out at the board, and nobody spoke for a while.",
)
