"""The demo's chapter of problems and ideas: what is framed, what the board asks, two years of ideas of every end."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record, comment_on, move_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import added, records_together
from trustwide.rooms.ideas import actions
from trustwide.rooms.ideas import actions_ideas as ideas
from trustwide.rooms.ideas.actions_past import PastIdea, bring_in_ideas
from trustwide.rooms.ideas.models import (
    ALREADY,
    CHANGED,
    FRAMING,
    GO_AHEAD,
    KEPT,
    NOT_NOW,
    STOPPED,
    TALKING,
    TRYING,
    Idea,
    Problem,
)  # fmt: skip
from trustwide.rooms.measures.actions import add_computed_measure
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import is_working_day
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import Place, RoleHeld

HERE = Path(__file__).parent
TOLD = tomllib.loads((HERE / "demo-ideas.toml").read_text(encoding="utf-8"))
PROBLEMS = tomllib.loads((HERE / "demo-problems.toml").read_text(encoding="utf-8"))
FIRST = next(iter(TRUSTS))
MEASURES = ("ideas-tried", "idea-reply-days")
#: What becomes of ideas: the reply, then what came of it; the last ones are young.
ENDS = (
    (GO_AHEAD, KEPT), (GO_AHEAD, TRYING), (TALKING, CHANGED), (NOT_NOW, ""), (GO_AHEAD, STOPPED), (TALKING, ""),
    (GO_AHEAD, KEPT), (ALREADY, ""), (GO_AHEAD, ""), (TALKING, KEPT), (NOT_NOW, ""), (GO_AHEAD, ""),
)  # fmt: skip
#: What persona has said, so that no other does: the porter's.
OF_THE_CAST = ("Paint the parking places of the chairs on the floor",)
LATER = "Tape the parking places of the chairs, one for each lift. Tape is up in a minute; paint waits for the works."
#: What waits for the manager's reply: one is due, one is late.
OWED = (
    ("Ward 8", "Swap one ward round a week for sitting with two people and asking how it is here", 13),
    ("Frailty team", "Let our team and the council's visit the same person on the same day", 17),
)
#: Days until a reply: a year ago, and of late.
WAITED_ONCE, WAITED = (2, 5, 1, 8, 12, 3, 9, 6, 17, 4), (1, 4, 2, 7, 3, 11, 5, 1, 8, 2)
FOR_PROBLEMS = {title for titles in PROBLEMS["ideas"].values() for title in titles}
TAKES_IN = {each["into"] for each in TOLD["same"]}  # still open, so that another can become part of it
WHOLE = ("place__organisation", "organisation", "owner", "created_by")
FRAME = ("happens", "touches", "since", "known_by", "patients_say", "staff_say")


class Words:
    """The texts of each sort, in turn, so that no two that stand together are alike."""

    def __init__(self) -> None:
        told = {**TOLD["replies"], **TOLD["outcomes"], "more": TOLD["more"]["texts"], "said": TOLD["comments"]["texts"]}
        self.turns: dict[str, Iterator[str]] = {name: cycle(texts) for name, texts in told.items()}

    def next(self, name: str) -> str:
        return next(self.turns[name])


def tell(story: Story) -> None:
    staff = _staff()
    words = Words()
    with records_together():
        for number, trust in enumerate(TRUSTS):
            _problems(story, trust, staff)
            _ideas(story, trust, number, staff, words)
        _join_those_that_are_one(story, staff)
        _those_of_the_cast(story)
    for trust in TRUSTS:
        chief = _chief(story, trust)
        with story.on(story.ago(days=1)):
            for key in MEASURES:
                add_computed_measure(by=chief, computed=COMPUTED[key], place=story.places[trust])


def _staff() -> dict[Any, list[Person]]:
    """The people of each team, whoever leads it first."""
    held = RoleHeld.objects.filter(place__level="team").select_related("person").order_by("place", "pk")
    found: dict[Any, list[Person]] = {}
    for each in held:
        found.setdefault(each.place_id, []).append(each.person)
    return found


def _add(model: Any, by: Person, place: Place, stage: str | None = None, **fields: Any) -> Any:
    number = add_record(by=by, kind=KINDS[model._meta.label_lower], place=place, fields=fields, stage=stage)
    return added(model, number, *WHOLE)


def _again(model: Any, number: Any) -> Any:
    return model.objects.select_related(*WHOLE).get(pk=getattr(number, "pk", number))


def _problems(story: Story, trust: str, staff: dict[Any, list[Person]]) -> None:
    """Each told by somebody of its team, and then from several sides, until it stands where it stands."""
    late = 9 * list(TRUSTS).index(trust)
    for number, told in enumerate(PROBLEMS["problem"]):
        team, ago = story.places[f"{trust} › {told['team']}"], 410 - 28 * number - late
        people = staff[team.pk]
        with story.on(story.ago(days=ago)):
            problem = _add(Problem, people[1], team, title=told["title"], **{each: told[each] for each in FRAME})
        for each, (role, said) in enumerate(told["angles"] if trust == FIRST else told["angles"][:2], 2):
            with story.on(story.ago(days=ago - each)):
                actions.add_angle(by=people[each % len(people)], problem=problem, role=role, said=said)
        if told["stage"] != FRAMING:
            with story.on(story.ago(days=ago - 9)):
                problem = _again(Problem, problem)
                move_record(by=people[1], record=problem, version=problem.version, stage=told["stage"])


def _ideas(story: Story, trust: str, number: int, staff: dict[Any, list[Person]], words: Words) -> None:
    """What each team would try, over two years; more of it as time went by."""
    home = story.places[trust]
    teams = [(story.places[f"{trust} › {team}"], team) for team in TOLD["ideas"]]
    readers = [each for place, _team in teams for each in staff[place.pk]]
    leaders = {place.pk: story.cast.get(f"leader of {place.pk}") or _chief(story, trust) for place, _team in teams}
    titles = [(place, title) for place, team in teams for title in TOLD["ideas"][team] if title not in OF_THE_CAST]
    story.dice.shuffle(titles)
    problems = {each.place_id: each for each in Problem.objects.filter(organisation=home.pk)}
    told = []
    for each, (place, title) in enumerate(titles):
        people = [one for one in staff[place.pk] if one != leaders[place.pk]]
        ago, owner = int(700 * (1 - each / len(titles)) ** 1.4) + 1 + number, leaders[place.pk]
        idea = PastIdea(people[each % len(people)], place, title, _at(story, ago, 7 + each % 13), owner=owner)
        idea.more = words.next("more") if each % 3 == 0 else ""
        if title in FOR_PROBLEMS:
            idea.for_problem = problems[place.pk]
        _back(story, idea, readers, ago, each)
        for late in range((1, 0, 0, 2, 0, 1, 0)[each % 7]):
            one = people[(each + late) % len(people)]
            idea.said.append((one, words.next("said"), _at(story, max(1, ago - 2 - late), 15)))
        _end(story, idea, ago, each, words)
        told.append(idea)
    with story.on(story.ago(days=1)):
        bring_in_ideas(by=_chief(story, trust), organisation=home, told=told)


def _chief(story: Story, trust: str) -> Person:
    return story.cast["chief-executive" if trust == FIRST else f"chief of {trust}"]


def _at(story: Story, ago: int, hour: int) -> datetime:
    return datetime.combine(story.ago(days=ago), time(hour, story.dice.randrange(60)), UTC)


def _back(story: Story, idea: PastIdea, readers: list[Person], ago: int, number: int) -> None:
    backers: dict[Any, tuple[Person, datetime]] = {}
    for each in range((0, 1, 3, 0, 2, 6, 1, 0, 4, 2)[number % 10]):
        by = readers[(number * 7 + each * 11) % len(readers)]
        if by != idea.by:
            backers[by.pk] = (by, _at(story, max(1, ago - 1 - each), 13))
    idea.backers = list(backers.values())


def _end(story: Story, idea: PastIdea, ago: int, number: int, words: Words) -> None:
    """The reply, most often within ten working days and sooner of late, and what came of it."""
    what, came = ENDS[number % len(ENDS)]
    day = _working(story.ago(days=ago - (WAITED_ONCE if ago > 240 else WAITED)[number % 10]))
    if day >= story.today or idea.owner is None or idea.title in TAKES_IN:
        return
    answered = datetime.combine(day, time(11, 20), UTC)
    idea.answers.append((idea.owner, what, words.next(what), answered))
    later = answered + timedelta(days=6 + number * 5 % 40)
    if came and later.date() < story.today:
        idea.answers.append((idea.by, came, words.next(came), later))


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _join_those_that_are_one(story: Story, staff: dict[Any, list[Person]]) -> None:
    """In the first trust: told again by another team, and joined to what was there."""
    for number, told in enumerate(TOLD["same"]):
        team = story.places[f"{FIRST} › {told['team']}"]
        into = Idea.objects.filter(title=told["into"], organisation=team.organisation_id, closed_at=None).first()
        people = staff[team.pk]
        with story.on(story.ago(days=9 - number)):
            idea = _add(Idea, people[2], team, title=told["title"])
            for by in people[3:6]:
                ideas.support_idea(by=by, idea=idea)
            comment_on(by=people[4], record=idea, text=told["said"])
        if into is not None:
            leader = story.cast[f"leader of {team.pk}"]
            with story.on(story.ago(days=5 - number)):
                ideas.merge_ideas(by=leader, idea=_again(Idea, idea), into=_again(Idea, into))


def _those_of_the_cast(story: Story) -> None:
    """A porter who may go ahead, a manager who owes two replies, a director who waits, and what the chair asks all."""
    home, cast = f"{FIRST} › ", story.cast
    porters, board = story.places[f"{home}Porters"], story.places[f"{home}Trust board"]
    with story.on(story.ago(days=11), 21):
        chairs = _add(Idea, cast["porter"], porters, title=OF_THE_CAST[0], more="I can bring the tape.")
    for each, (who, day) in enumerate((("nurse", 10), ("ward-leader", 9), ("governor", 8))):
        with story.on(story.ago(days=day), 12 + each):
            ideas.support_idea(by=cast[who], idea=chairs)
    with story.on(story.ago(days=6), 8):
        said = "Do it this week. If anybody asks, say that I said so, and tell us at the huddle how it goes."
        ideas.answer_idea(by=_again(Idea, chairs).owner, idea=chairs, what=GO_AHEAD, said=said)
    with story.on(story.ago(days=2), 20):
        ideas.tell_outcome(by=cast["porter"], idea=chairs, what=TRYING, said="Four places taped. Two chairs came home.")
    with story.on(story.ago(days=1), 20):
        ideas.word_anew(by=cast["porter"], idea=_again(Idea, chairs), text=LATER)
        ideas.support_idea(by=cast["nurse"], idea=_again(Idea, chairs))
    for team, title, days in OWED:
        place = story.places[f"{home}{team}"]
        with story.on(story.ago(days=days), 16):
            _add(Idea, cast[f"leader of {place.pk}"], place, title=title)
    unframed = Problem.objects.filter(organisation=porters.organisation_id, stage=FRAMING).order_by("created_at", "pk")
    with story.on(story.ago(days=4), 18):
        medicine = story.places[f"{home}Medicine"]
        _add(
            Idea,
            cast["director"],
            medicine,
            title="Buy a system that texts people the day before",
            for_problem=unframed[0],
        )
    _ask(story, board)


def _ask(story: Story, board: Place) -> None:
    told, chair = PROBLEMS["question"], story.cast["chair"]
    with story.on(story.ago(days=10), 17):
        fields = {each: told[each] for each in FRAME if each in told}
        question = _add(Problem, chair, board, title=told["title"], **fields)
        until = story.today + timedelta(days=18)
        actions.ask_everyone(by=chair, problem=question, version=question.version, until=until)
    question = _again(Problem, question)
    held = RoleHeld.objects.filter(place__organisation=board.organisation_id, role="staff").select_related("person")
    people = [each.person for each in held.order_by("person__email")]
    for number, text in enumerate(told["replies"]):
        with story.on(story.ago(days=9 - number % 9), 12):
            actions.reply(by=people[number * 5 % len(people)], problem=question, text=text)
