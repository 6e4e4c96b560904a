"""The demo's chapter of freedom to try: safe limits that grew once, and what teams tried inside and outside them."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from trustwide.rooms.commons.actions import add_record, change_record, say_local_need
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.decisions.actions import decide
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.experiments import actions, queries
from trustwide.rooms.experiments.models import TICKS, Experiment
from trustwide.rooms.people.demo import Story
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.demo import PERSONAS, TRUSTS
from trustwide.rooms.purpose.demo_strategy import Aims

TOLD = tomllib.loads((Path(__file__).parent / "demo.toml").read_text(encoding="utf-8"))
FIRST = next(iter(TRUSTS))
LIMITS = ({"cost": 200, "people": 20, "weeks": 4}, {"cost": 500, "people": 30, "weeks": 6})
SAFE = {"reversible": "yes", "risk": "no", **dict.fromkeys(TICKS, "no")}
WORDS = ("title", "what", "expect", "scope", "weeks", "people", "cost", "stop_signs", "must_know", *TICKS)
ELSEWHERE = ("porter", "ward-leader", "Recruitment", "Catering")  # what the other trusts tried too


def tell(story: Story) -> None:
    aims = Aims()
    for trust in TRUSTS:
        _set_limits(story, trust)
        for told in TOLD["experiment"]:
            if trust == FIRST or (told["who"] in ELSEWHERE and "began" in told):
                _try(story, trust, told, aims)


def _set_limits(story: Story, trust: str) -> None:
    """Small at first; a year later the board trusted its teams with more."""
    home = story.places[trust]
    chief = story.cast["chair"] if trust == FIRST else story.cast[f"chief of {trust}"]
    for number, limits in enumerate(LIMITS):
        with story.on(story.ago(weeks=(80, 28)[number])):
            actions.set_limits(
                by=chief, organisation=home, number=number, limits=limits, contacts=dict(TOLD["contacts"])
            )


def _try(story: Story, trust: str, told: dict[str, Any], aims: Aims) -> None:
    place = story.places[f"{trust} › {told['team']}"]
    persona = trust == FIRST and told["who"] in PERSONAS
    by = story.cast[told["who"]] if persona else story.cast[f"leader of {place.pk}"]
    fields = {**SAFE, **{name: told[name] for name in WORDS if name in told}}
    began = told.get("began", 0)
    with story.on(story.ago(days=max(began, told.get("asked", 0)) + 3)):
        above, kind = aims.near(place, told.get("aim", "")), KINDS[Experiment._meta.label_lower]
        made = _again(add_record(by=by, kind=kind, place=place, fields=fields, helps=above))
        if above is None:
            say_local_need(by=by, record=made)
            made = _again(made.pk)
    if "asked" in told:
        made = _ask(story, by, made, told)
    if began:
        with story.on(story.ago(days=began), 10):
            actions.begin_experiment(by=by, experiment=made, version=made.version)
    if "since" in told:
        with story.on(story.ago(days=began - 2), 14):
            change_record(by=by, record=made, version=made.version, fields={"expect": told["since"]})
    if "over" in told:
        made = _again(made.pk)
        with story.on(story.ago(days=told["over"]), 15):
            actions.end_experiment(
                by=by, experiment=made, version=made.version, happened=told["happened"], stage=told["stage"]
            )


def _ask(story: Story, by: Person, made: Experiment, told: dict[str, Any]) -> Experiment:
    """It is outside the limits: somebody is asked, and may have said yes."""
    with story.on(story.ago(days=told["asked"]), 11):
        number = actions.ask_for_decision(by=by, experiment=made, version=made.version)
    decision = decision_numbered(number)
    if "says" in told and decision.owner:
        with story.on(story.ago(days=told["asked"]) + timedelta(days=2), 16):
            decide(by=decision.owner, decision=decision, what=told["says"])
    return _again(made.pk)


def _again(number: Any) -> Experiment:
    return queries.as_it_stands(Experiment(pk=number))
