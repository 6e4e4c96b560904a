"""The demo's strategies, and how each trust worked its objectives down: agreed, half agreed, disputed, loose."""

from __future__ import annotations

import tomllib
from itertools import cycle
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record, change_record, link_records, say_local_need
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Link
from trustwide.rooms.commons.together import added
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.demo import CORPORATE, TRUSTS
from trustwide.rooms.places.models import DIRECTORATE, SERVICE, TEAM, Place, RoleHeld
from trustwide.rooms.purpose import actions
from trustwide.rooms.purpose.models import Objective, Strategy, Value

TOLD = tomllib.loads((Path(__file__).parent / "demo-strategy.toml").read_text(encoding="utf-8"))
THEMES, TALK = TOLD["theme"], TOLD["talk"]
WORDS = ("title", "colleagues", "patients", "service_users", "local_people", "method_name", "method", "expect")
#: How the talks went, in turn: what each side said, the lower one first. Some teams have no objective yet.
AGREED = (("agree", "agree"), "live")
COURSES = (
    AGREED, (("agree", "offer", "agree", "agree"), "live"), (("agree",), "live"),
    (("agree", "agree"), "live"), (("help", "offer"), "proposed"), (("agree", "agree"), "live"),
    (("agree", "disagree"), "proposed"), ((), "proposed"),
)  # fmt: skip
WHEN = {DIRECTORATE: 60, SERVICE: 50, TEAM: 40}  # weeks ago
SERVICES_WITHOUT = 5  # each so-many-th service has only one that helps nothing above
WITHOUT, LOOSE = 4, 9  # each so-many-th team has none; each so-many-th has one that helps nothing above

Ties = dict[str, list[dict[str, Any]]]


def tell(story: Story) -> Ties:
    """What a message of each trust can be tied to: the values it shows, the objectives it is about."""
    above = _tell_group(story)
    return {trust: Teller(story, trust).tell(above) for trust in TRUSTS}


def chief_of(story: Story, trust: str) -> Person:
    return story.cast["chief-executive"] if trust.startswith("St Bride") else story.cast[f"chief of {trust}"]


def _tell_group(story: Story) -> Objective:
    group, told = story.places["group"], TOLD["group"]
    with story.on(story.start.replace(day=2)):
        chief = story.person()
        give_role(by=None, person=chief, role="executive", place=group)
        shared = {"sharing": "public"}
        strategy = _add(Strategy, chief, group, {**{name: told[name] for name in WORDS}, **shared}, "live")
        values = [_value(chief, group, each, shared) for each in told["values"]]
        aim = told["objectives"][0]
        fields = {name: aim[name] for name in ("title", "pathways", "waiting")}
        return _add(Objective, chief, group, {**fields, "lives": values[aim["value"]], **shared}, "live", strategy)


def _add(model: Any, by: Person, place: Place, fields: dict[str, Any], stage: str, helps: Any = None) -> Any:
    kind = KINDS[model._meta.label_lower]
    number = add_record(by=by, kind=kind, place=place, fields=fields, stage=stage, helps=helps)
    return added(model, number, "place__organisation", "organisation", "owner")


def _value(by: Person, place: Place, told: list[str], shared: dict[str, str]) -> Value:
    fields = {"title": told[0], "behaviours": told[1], "in_method": told[2], **shared}
    found: Value = _add(Value, by, place, fields, "live")
    return found


class Teller:
    """Tells of one trust."""

    def __init__(self, story: Story, trust: str) -> None:
        self.story, self.trust, self.home = story, trust, story.places[trust]
        self.told, self.chief = TOLD[trust], chief_of(story, trust)
        self.courses, self.words = cycle(COURSES), {name: cycle(TALK[name]) for name in ("offer", "help", "disagree")}
        self.public = {"sharing": "public"}
        helping = Link.objects.filter(start__kind=Measure._meta.label_lower, end__place=self.home)
        helping = helping.values_list("start__place_id", "end__title", "start_id")
        self.told_by = {(place, title): pk for place, title, pk in helping}
        self.measures = {each.title: each for each in Measure.objects.filter(place=self.home)}

    def tell(self, above: Objective) -> list[dict[str, Any]]:
        self._strategy()
        aims = [self._aim(theme, above) for theme in THEMES]
        upper = self._directorates(aims)
        upper = self._services(upper)
        self._teams(upper)
        self._make_room(aims[-1])
        return [{"shows": value, "about": aims[place]} for place, value in enumerate(self.values)]

    def _strategy(self) -> None:
        """Written two years ago with a shorter word on the method; the values were talked about since."""
        fields = {name: self.told[name] for name in WORDS}
        with self.story.on(self.story.start.replace(day=3)):
            first = {**fields, "method": self.told["first_method"], **self.public}
            self.strategy = _add(Strategy, self.chief, self.home, first, "live")
            self.values = [_value(self.chief, self.home, each, self.public) for each in self.told["values"]]
        with self.story.on(self.story.ago(weeks=50)):
            change_record(by=self.chief, record=self.strategy, version=1, fields={"method": fields["method"]})
        for number, value in enumerate(self.values):
            with self.story.on(self.story.ago(weeks=55 if number == 1 else 20 + number)):  # one is overdue
                said = TALK["reviews"][number % len(TALK["reviews"])]
                actions.review_value(by=self.chief, value=value, version=1, said=said)

    def _aim(self, theme: dict[str, Any], above: Objective) -> Objective:
        benefits = {name: theme[name] for name in ("pathways", "waste", "waiting", "productivity", "experience")
                    if name in theme}  # fmt: skip
        place, helps_group = THEMES.index(theme), theme.get("helps_group", False)
        fields = {
            "title": theme["title"],
            **benefits,
            "lives": self.values[place % len(self.values)],
            "told_by": self.measures.get(theme["measure"]),
            "next_review": self.story.today.replace(year=self.story.today.year + 1, month=4, day=1),
            **({"sharing": "group"} if helps_group else {}),
            **self.public,
        }
        with self.story.on(self.story.start.replace(day=4), 8 + place):
            made: Objective = _add(
                Objective, self.chief, self.home, fields, "live" if place < 4 else "proposed",
                above if helps_group else self.strategy,
            )  # fmt: skip
            if helps_group:
                link_records(by=self.chief, start=made, meaning="contributes-to", end=self.strategy)
                self._talk(made, above, ("agree", "agree"), self.chief, above.owner)
            if "too" in theme:
                link_records(by=self.chief, start=self.measures[theme["too"]], meaning="contributes-to", end=made)
        return made

    def _directorates(self, aims: list[Objective]) -> list[list[Objective]]:
        """Each directorate takes two of the trust's: what it made of them."""
        found = []
        places = [each for each in self._places() if each.level == DIRECTORATE]
        for number, place in enumerate(places):
            director = self._who(place, "executive", "manager")
            themes = [(number + each) % len(THEMES) for each in (0, 2)]
            found.append([self._below(director, self.chief, place, theme, aims, 0) for theme in themes])
        return found

    def _services(self, upper: list[list[Objective]]) -> list[list[Objective]]:
        """Most services take one of their directorate's; what teams can help stands nearest first."""
        services = [each for each in self._places() if each.level == SERVICE]
        found = []
        for number, place in enumerate(services):
            directorate = next(aims for aims in upper if aims[0].place.holds(place))
            lead = self._lead(place, directorate[0].owner)
            if number % SERVICES_WITHOUT == SERVICES_WITHOUT - 1:
                self._loose(lead, place, number)
                continue
            aim = directorate[number % len(directorate)]
            theme = self._theme(aim)
            found.append([self._below(lead, aim.owner, place, theme, {theme: aim}, 0)])
        self._stray_directorate(upper)
        return [*found, *upper]

    def _stray_directorate(self, upper: list[list[Objective]]) -> None:
        """One of a directorate helps nothing of the trust's, and nobody has said why yet."""
        aim = upper[-1][0]
        fields = {"title": TALK["stray"], "productivity": "Forms take less of our day", "lives": self.values[-1]}
        with self.story.on(self.story.ago(weeks=20)):
            _add(Objective, aim.owner, aim.place, fields, "live")

    def _lead(self, service: Place, above: Person) -> Person:
        """Who speaks for a service: whoever manages it, else the leader of one of its teams, given that role."""
        held = RoleHeld.objects.filter(place=service, role="manager").select_related("person").first()
        if held:
            return held.person
        team = next(each for each in self._places() if each.level == TEAM and service.holds(each))
        lead = self.story.cast.get(f"leader of {team.pk}", above)
        with self.story.on(self.story.start.replace(day=6)):
            give_role(by=None, person=lead, role="manager", place=service)
        return lead

    def _teams(self, upper: list[list[Objective]]) -> None:
        teams = [each for each in self._places() if each.level == TEAM and each.kind in ("clinical", "corporate")]
        for number, team in enumerate(teams):
            leader = (
                self.story.cast["ward-leader"] if self._is_ward_7(team) else self.story.cast[f"leader of {team.pk}"]
            )
            above = next((aims for aims in upper if aims[0].place.holds(team)), [])
            if number % LOOSE == LOOSE - 1:
                self._loose(leader, team, number)
            elif above and (number % WITHOUT != WITHOUT - 1 or self._is_ward_7(team)):
                aim = above[number % len(above)]
                theme = self._theme(aim)
                course = AGREED if self._is_ward_7(team) else None
                self._below(leader, aim.owner, team, theme, {theme: aim}, 1 + number % 2, course)
                if course:
                    self._second(leader, team, theme, upper)

    def _second(self, leader: Person, team: Place, first: int, upper: list[list[Objective]]) -> None:
        """The other objective of the directorate: the ward that visitors see first helps both."""
        aims = next(aims for aims in upper if aims[0].place.level == DIRECTORATE and aims[0].place.holds(team))
        aim = next(each for each in aims if self._theme(each) != first)
        self._below(leader, aim.owner, team, self._theme(aim), {self._theme(aim): aim}, 1, AGREED)

    def _theme(self, aim: Objective) -> int:
        return next(place for place, each in enumerate(THEMES) if aim.title in _wordings(each, aim.place))

    def _below(
        self, by: Person, other: Person, place: Place, theme: int, aims: Any, wording: int, course: Any = None
    ) -> Objective:
        """An objective of a place under the one of its theme, and how the talk about it went."""
        upper, told = aims[theme], THEMES[theme]
        kind, why = told["benefit"]
        words = told["office"] if "office" in told and self._is_office(place) else told["below"][wording]
        fields = {"title": words % place.name, kind: why, "lives": upper.lives}
        fields["told_by_id"] = self.told_by.get((place.pk, told["measure"]))
        said, stage = course or next(self.courses)
        with self.story.on(self.story.ago(weeks=WHEN[place.level])):
            made = _add(Objective, by, place, fields, stage, upper)
            self._talk(made, upper, said, by, other)
        return made  # type: ignore[no-any-return]

    def _talk(self, made: Objective, upper: Objective, said: tuple[str, ...], by: Person, other: Any) -> None:
        for number, what in enumerate(said):
            speaker = (by, other)[number % 2] if len(said) > 1 else by
            words = next(self.words[what]) if what in self.words else ""
            told = {"what": what, "worded": made.worded, "text": words}
            actions.answer_objective(by=speaker, objective=made, upper=upper, **told)

    def _loose(self, leader: Person, team: Place, number: int) -> None:
        fields = {"title": TALK["loose"][number % 3], "waste": "Time goes where it is needed", "lives": self.values[0]}
        with self.story.on(self.story.ago(weeks=12)):
            _add(Objective, leader, team, fields, "live")
            local = _add(Objective, leader, team, {**fields, "title": TALK["local"]}, "live")
            say_local_need(by=leader, record=local)

    def _make_room(self, aim: Objective) -> None:
        """A fifth objective that helped nobody stops, and the one that was waiting begins."""
        fields = {"title": TALK["stopped"], "experience": "Clean hands keep people well", "lives": self.values[0]}
        with self.story.on(self.story.start.replace(day=5)):
            old = _add(Objective, self.chief, self.home, fields, "live", self.strategy)
        with self.story.on(self.story.ago(weeks=30)):
            why = {"stop": old, "reason": TALK["why"], "hours": 6}
            actions.start_objective(by=self.chief, objective=aim, version=aim.version, **why)

    def _places(self) -> list[Place]:
        return [each for name, each in self.story.places.items() if name.startswith(f"{self.trust} ›")]

    def _who(self, place: Place, *roles: str) -> Person:
        held = {each.role: each.person for each in RoleHeld.objects.filter(place=place).select_related("person")}
        return next(held[role] for role in roles if role in held)

    def _is_office(self, place: Place) -> bool:
        return any(each.name.startswith(tuple(CORPORATE)) and each.holds(place) for each in self._places())

    def _is_ward_7(self, team: Place) -> bool:
        return team.name == "Ward 7" and self.trust.startswith("St Bride")


def _wordings(theme: dict[str, Any], place: Place) -> list[str]:
    return [each % place.name for each in (*theme["below"], theme.get("office", "%s"))]


class Aims:
    """The demo's live objectives by what they are about, for the chapters of what is tried and raised below them."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Objective] = {}
        for each in Objective.objects.filter(stage="live").select_related("place", "organisation"):
            for theme in THEMES:
                if each.title in (theme["title"], *_wordings(theme, each.place)):
                    self.found[each.place_id.hex, theme["title"]] = each

    def near(self, place: Place, words: str) -> Objective | None:
        """The nearest one at a place or above it whose theme begins with those words; None for ""."""
        titles = [theme["title"] for theme in THEMES if words and theme["title"].startswith(words)]
        line = ((above, title) for above in reversed(place.line) for title in titles)
        return next((self.found[each] for each in line if each in self.found), None)
