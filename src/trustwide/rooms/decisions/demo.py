"""The demo's chapter of decisions: who may decide what, two years of questions, some that wait, and drop-ins."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import get_current_timezone

from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.decisions.actions import ask_decision, join_asking
from trustwide.rooms.decisions.actions_drop_ins import book_slot, offer_slots
from trustwide.rooms.decisions.actions_past import Past, enter_past
from trustwide.rooms.decisions.actions_scheme import name_at_top, set_line
from trustwide.rooms.decisions.counted import KEYS
from trustwide.rooms.decisions.drop_ins import coming
from trustwide.rooms.decisions.models import BOARD, ESTATES, FALLBACK, MONEY, POLICY, SERVICE, TIME, Decision
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.measures.actions import add_computed_measure
from trustwide.rooms.measures.computed import COMPUTED
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.working_time import working_day_after
from trustwide.rooms.places.demo import TRUSTS
from trustwide.rooms.places.models import TEAM, Place, RoleHeld

TOLD = tomllib.loads((Path(__file__).parent / "demo-decisions.toml").read_text(encoding="utf-8"))
FIRST = next(iter(TRUSTS))
DROP_INS_BEGAN = 44  # weeks before today: from then on, decisions took fewer days
#: Working days that a decision took before, by the level that it began at, and what share of them after.
TOOK = {"team": (3, 0.9), "service": (7, 0.7), "directorate": (12, 0.5), "organisation": (20, 0.5)}
#: Who may decide what: level, role, limit, only what can be undone.
SCHEME: dict[str, tuple[tuple[str, str, int | None, bool], ...]] = {
    MONEY: (("team", "team-leader", 100, True), ("service", "manager", 500, True),
            ("directorate", "manager", 5_000, False), ("directorate", "executive", 25_000, False),
            ("organisation", "executive", None, False)),
    TIME: (("team", "team-leader", 0, True), ("service", "manager", 500, True),
           ("directorate", "manager", 5_000, True), ("organisation", "executive", None, False)),
    SERVICE: (("team", "team-leader", 0, True), ("service", "manager", 500, True),
              ("directorate", "manager", 5_000, False), ("organisation", "executive", None, False)),
    POLICY: (("team", "team-leader", 0, True), ("directorate", "executive", None, True),
             ("organisation", "executive", None, False)),
    ESTATES: (("service", "manager", 250, True), ("directorate", "manager", 5_000, True),
              ("organisation", "executive", None, False)),
}  # fmt: skip
COMMITTEE = {
    "committee": "Policy group",
    "why_committee": "What binds every site needs staff side and the medical director in one room.",
}  # fmt: skip
PLAIN = {"committee": "", "why_committee": ""}
ELDERLY = ("Ward 7", "Ward 8", "Frailty team")


def tell(story: Story) -> None:
    for trust in TRUSTS:
        home, chief = story.places[trust], _chief(story, trust)
        _set_scheme(story, chief, home)
        teams = [each for name, each in story.places.items() if each.level == TEAM and name.startswith(f"{trust} ›")]
        _decided(story, chief, home, [each for each in teams if each.kind in ("clinical", "corporate")])
        if trust == FIRST:
            _let_teams_decide_more(story, chief, home)
    _wait(story)
    _drop_ins(story)
    home, chief = story.places[FIRST], story.cast["chief-executive"]
    with story.on(story.ago(days=1)):
        for key in KEYS.values():
            add_computed_measure(by=chief, computed=COMPUTED[key], place=home)


def _chief(story: Story, trust: str) -> Person:
    return story.cast["chief-executive" if trust == FIRST else f"chief of {trust}"]


def _set_scheme(story: Story, chief: Person, home: Place) -> None:
    """Since two years ago."""
    with story.on(story.start):
        chair = {BOARD: story.cast["chair"]} if home.name == FIRST else {}
        name_at_top(by=chief, organisation=home, named={FALLBACK: chief, **chair})
        for sort, lines in SCHEME.items():
            for level, role, limit, undo_only in lines:
                binding = sort == POLICY and level == "organisation"
                line = {"sort": sort, "level": level, "role": role, "limit": limit, "undo_only": undo_only}
                set_line(by=chief, organisation=home, line={**line, **(COMMITTEE if binding else PLAIN)})


def _let_teams_decide_more(story: Story, chief: Person, home: Place) -> None:
    line = {"sort": MONEY, "level": "team", "role": "team-leader", "limit": 250, "undo_only": True, **PLAIN}
    with story.on(story.ago(weeks=2)):
        set_line(by=chief, organisation=home, line=line)


def _staff(teams: list[Place]) -> dict[Any, list[Person]]:
    held = RoleHeld.objects.filter(place__in=teams, role="staff").select_related("person").order_by("pk")
    staff: dict[Any, list[Person]] = defaultdict(list)
    for each in held:
        staff[each.place_id].append(each.person)
    return staff


def _decided(story: Story, by: Person, home: Place, teams: list[Place]) -> None:
    """Questions of the past two years, about one a week at each level of the first trust, entered from minutes."""
    is_first = home == story.places[FIRST]
    staff, weeks = _staff(teams), 102 if is_first else 36
    elderly = [each for each in teams if each.name in ELDERLY]
    past: list[Past] = []
    for week in range(weeks, 1, -1 if is_first else -4):
        for size in ("small", "middle", "wide")[: 1 + (week % 2) + (week % 4 == 1)]:
            number = len(past)
            told = TOLD[size][number % len(TOLD[size])]
            among = elderly if is_first and number % 3 == 0 else teams
            team = among[number * 7 % len(among)]
            asked_on = working_day_after(story.ago(days=7 * week - number % 5), 0)
            past.append(_past(story, told, team, staff[team.pk][number % len(staff[team.pk])], asked_on))
    with story.on(story.ago(days=1)):
        enter_past(by=by, organisation=home, past=[each for each in past if each.decided_on < story.today])


def _fields(told: dict[str, Any], team: Place) -> dict[str, Any]:
    return {
        "title": told["title"].replace("{team}", team.name), "why": told["why"], "options": told["options"],
        "recommendation": told["recommend"], "sort": told["sort"], "money": told.get("money"),
        "reversible": not told.get("fixed"),
    }  # fmt: skip


def _past(story: Story, told: dict[str, Any], team: Place, by: Person, asked_on: date) -> Past:
    """Decided some days after it was asked; one in twelve had no word in time and went up."""
    usual, less = TOOK[_guess(told, team)]
    later = asked_on > story.ago(weeks=DROP_INS_BEGAN)
    days = max(1, round(story.dice.gauss(usual * (less if later else 1), usual * 0.16)))
    went_up = story.dice.random() < 0.08
    needed_by = working_day_after(asked_on, days + 1)
    decided_on = working_day_after(needed_by, 3) if went_up else working_day_after(asked_on, days)
    what = story.dice.choices(("yes", "test", "no"), (66, 18, 16))[0]
    what = "yes" if what == "test" and decided_on < story.ago(weeks=3) else what
    fields = {**_fields(told, team), "next_review": decided_on + timedelta(weeks=4) if what == "test" else needed_by}
    return Past(team, by, fields, asked_on, decided_on, what, went_up)


def _guess(told: dict[str, Any], team: Place) -> str:
    """At about which level it is decided: by its cost, and by whether anybody manages the team's service."""
    money, service = told.get("money", 0), "service" if team.name in ELDERLY else "directorate"
    return "team" if money <= 100 else service if money <= 500 else "directorate" if money <= 5_000 else "organisation"


def _ask(story: Story, told: dict[str, Any], team: Place, by: Person, needed_by: date) -> Decision:
    fields = _fields(told, team)
    question, options = fields.pop("title"), fields.pop("options").split("\n")
    number = ask_decision(by=by, place=team, question=question, options=options, needed_by=needed_by, **fields)
    return decision_numbered(number)


def _wait(story: Story) -> None:
    """Questions that wait for the personas, each asked a few days ago."""
    for told in TOLD["open"]:
        team = story.places[f"{FIRST} › {told['at']}"]
        by = story.cast["nurse"] if told["by"] == "nurse" else story.cast[f"leader of {team.pk}"]
        with story.on(working_day_after(story.ago(days=6), 0)):
            decision = _ask(story, told, team, by, working_day_after(story.today, told["days"]))
            if decision.owner != story.cast[told["who"]]:  # several share that role: they agreed who takes it
                change_record(
                    by=by, record=decision, version=decision.version, fields={"owner": story.cast[told["who"]]}
                )
        with story.on(story.ago(days=2)):
            for each in _staff([team])[team.pk][:2]:
                if each != by:
                    join_asking(by=each, decision=decision_numbered(decision.pk))


def _drop_ins(story: Story) -> None:
    """Mornings of the coming week; one is booked."""
    home = story.places[FIRST]
    for number, who in enumerate(("director", "chief-executive", "manager", "ward-leader")):
        day = working_day_after(story.today + timedelta(days=1), number % 3)
        first = datetime.combine(day, time(8 + number, 30), get_current_timezone())
        where = (
            "Room 4, by the board room",
            "The bench outside Ward 7",
            "Office on level 2",
            "Ring me: extension 4117",
        )
        with story.on(story.today, 7):
            starts = [first + timedelta(minutes=15 * each) for each in range(4)]
            offer_slots(by=story.cast[who], organisation=home, starts=starts, where=where[number])
    with story.on(story.today, 8):
        slot = next(each for each in coming(home, [story.cast["director"]]))
        slot.organisation = home
        book_slot(by=story.cast["nurse"], slot=slot, about="Chairs for people who stay with us at night")
