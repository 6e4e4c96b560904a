"""The demo's chapter of resources: pots, what teams drew on their word, and three mini business cases."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record, move_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import PERSONAS, TRUSTS
from trustwide.rooms.places.models import Place
from trustwide.rooms.resources import actions, actions_pots
from trustwide.rooms.resources.dates import months_after
from trustwide.rooms.resources.models import Case, Draw, Pot

TOLD = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
FIRST = next(iter(TRUSTS))
WORDS = ("title", "trouble", "ask", "hours", "people", "money", "kit", "test_weeks", "worse")
NUMBERS = ("sort", "what", "unit", "low", "likely", "high", "measured", "budget_line")


def tell(story: Story) -> None:
    pots = {"trust": _pot(story, FIRST, story.cast["chair"], 60, 3_000)}
    pots["medicine"] = _pot(story, f"{FIRST} › Medicine", story.cast["chief-executive"], 40, 1_200)
    for trust in TRUSTS:
        if trust != FIRST:
            _pot(story, trust, story.cast[f"chief of {trust}"], 30, 1_000)
    for told in TOLD["draw"]:
        _draw(story, pots[told.get("pot", "medicine")], told)
    for told in TOLD["case"]:
        _case(story, told)


def _pot(story: Story, where: str, by: Person, half_days: int, money: int) -> Pot:
    """For half a year back and half a year on."""
    days = {"starts": story.ago(days=170), "ends": months_after(story.today, 6)}
    with story.on(story.ago(days=175)):
        place = story.places[where]
        number = actions_pots.set_pot(by=by, place=place, half_days=half_days, money=money, **days)
    return Pot.objects.select_related("place__organisation").get(pk=number)


def _draw(story: Story, pot: Pot, told: dict[str, Any]) -> None:
    team = story.places[f"{FIRST} › {told['team']}"]
    by = story.cast[f"leader of {team.pk}"]
    taken = {"half_days": told.get("half_days", 0), "money": told.get("money", 0), "what_for": told["what_for"]}
    with story.on(story.ago(days=told["ago"]), 13):
        number = actions_pots.draw(by=by, pot=pot, team=team, **taken)
    if "came" in told:
        made = Draw.objects.select_related("team", "pot").get(pk=number)
        with story.on(story.ago(days=max(1, told["ago"] - 93)), 9):
            actions_pots.say_what_came(by=by, draw=made, came=told["came"])


def _case(story: Story, told: dict[str, Any]) -> None:
    team = story.places[f"{FIRST} › {told['team']}"]
    by = story.cast[told["by"]] if told["by"] in PERSONAS else story.cast[f"leader of {team.pk}"]
    began = story.ago(days=told.get("began", 20))
    with story.on(began, 9):
        number = _written(by, team, told)
        if told.get("agreed"):
            _agree(story, by, number)
        if "began" in told:
            case = _again(number)
            move_record(by=by, record=case, version=case.version, stage="going")
    for look, months in enumerate((6, 12)):
        if any(len(each.get("seen", ())) > look for each in told["benefit"]):
            _look(story, by, number, told, look, months_after(began, months))


def _written(by: Person, team: Place, told: dict[str, Any]) -> Any:
    fields = {name: told[name] for name in WORDS if name in told}
    number = add_record(by=by, kind=KINDS[Case._meta.label_lower], place=team, fields=fields)
    for each in told["benefit"]:
        case = _again(number)
        numbers = {name: each[name] for name in NUMBERS if name in each}
        actions.set_benefit(by=by, case=case, version=case.version, fields=numbers)
    return number


def _agree(story: Story, by: Person, number: Any) -> None:
    """Payroll's leader knows the numbers."""
    payroll = story.places[f"{FIRST} › Payroll"]
    partner = story.cast[f"leader of {payroll.pk}"]
    case = _again(number)
    actions.ask_to_agree(by=by, case=case, version=case.version, partner=partner)
    case = _again(number)
    actions.agree_numbers(by=partner, case=case, version=case.version)


def _look(story: Story, by: Person, number: Any, told: dict[str, Any], look: int, day: date) -> None:
    case = _again(number)
    saw = {each["what"]: (float(each["seen"][look]), each["words"][look]) for each in told["benefit"]}
    with story.on(min(day, story.today), 14):
        seen = {each.pk: saw[each.what] for each in case.benefits.all()}
        actions.look_back(by=by, case=case, version=case.version, seen=seen)


def _again(number: Any) -> Case:
    return Case.objects.select_related("place__organisation", "organisation", "owner", "partner").get(pk=number)
