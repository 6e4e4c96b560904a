"""The demo's chapter of what was kept: pandemic gains and results of tests, talked about again and again."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.together import catch_up
from trustwide.rooms.gains import actions
from trustwide.rooms.gains.models import Gain
from trustwide.rooms.gains.rounds import day_of
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import PERSONAS, TRUSTS
from trustwide.rooms.places.models import Place, RoleHeld

TOLD = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
FIRST = next(iter(TRUSTS))
WORDS = ("title", "what", "turn", "since", "origin", "why", "evidence", "unequal")


def tell(story: Story) -> None:
    for told in TOLD["gain"]:
        team = story.places[f"{FIRST} › {told['team']}"]
        by = story.cast[told["by"]] if told["by"] in PERSONAS else story.cast[f"leader of {team.pk}"]
        number = _keep(story, by, team, told)
        for each in told.get("verdict", ()):
            _decide(story, by, number, told, each)
        _answer(story, team, number, told)
        if "signal" in told:
            _signal(story, number, told)


def _keep(story: Story, by: Person, team: Place, told: dict[str, Any]) -> Any:
    fields = {name: told[name] for name in WORDS}
    if fields["since"] > story.ago(days=told["kept"]):
        fields["since"] = story.ago(days=told["kept"])
    if "watch" in told:
        fields["watch"] = Measure.objects.filter(place=team, title__startswith=told["watch"]).first()
    with story.on(story.ago(days=told["kept"])):
        return add_record(by=by, kind=KINDS[Gain._meta.label_lower], place=team, fields=fields)


def _decide(story: Story, by: Person, number: Any, told: dict[str, Any], said: dict[str, Any]) -> None:
    gain = _again(number)
    words = {name: said[name] for name in ("fits", "unequal", "decided_by", "verdict", "reason") if name in said}
    with story.on(story.ago(days=told["kept"]) + timedelta(days=said["after"]), 13):
        actions.give_verdict(by=by, gain=gain, version=gain.version, **words)


def _answer(story: Story, team: Place, number: Any, told: dict[str, Any]) -> None:
    """Some of the team, each alone, in the latest round that has come."""
    held = RoleHeld.objects.filter(place=team).select_related("person").order_by("pk")
    gain = _again(number)
    due = [day for months in (3, 6, 12) if (day := day_of(gain, months)) < story.today]
    for each, given in zip(held, told.get("answers", ()), strict=False):
        with story.on(min(due[-1] + timedelta(days=4), story.today), 15):
            actions.answer_ten(by=each.person, gain=gain, given=[reply if reply >= 0 else None for reply in given])


def _signal(story: Story, number: Any, told: dict[str, Any]) -> None:
    """What the morning's look found a few days ago, if the chart shows it: its owner knows, the others not yet."""
    catch_up()
    gain = _again(number)
    if gain.watch and gain.watch.variation.startswith("concern") and gain.watch.changed_since:
        with story.on(story.ago(days=told["signal"]), 7):
            actions.tell_of_signal(by=None, gain=gain, began=gain.watch.changed_since)


def _again(number: Any) -> Gain:
    return Gain.objects.select_related("place__organisation", "organisation", "owner", "watch").get(pk=number)
