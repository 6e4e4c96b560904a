"""What this room tells the house rules of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.house_rules.act import TYPED
from tests.house_rules.purpose_screens import Way
from tests.sign_in_walk import session_of
from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.experiments import actions
from trustwide.rooms.experiments.models import DESKS, TICKS, Experiment
from trustwide.rooms.experiments.tests.made import LIMITS

KIND = "experiments.experiment"
FITS = {"reversible": "yes", "risk": "no", **dict.fromkeys(TICKS, "no")}


def set_up(trust: Any, word: str) -> None:
    contacts = dict.fromkeys(DESKS, f"extension 4410 {word}".strip())
    actions.set_limits(by=trust.everyone, organisation=trust.place, number=0, limits=LIMITS, contacts=contacts)


def set_scene(trust: Any) -> None:
    chief = trust.people["executive"]
    told = {"limits": LIMITS, "contacts": dict.fromkeys(DESKS, TYPED)}
    actions.set_limits(by=chief, organisation=trust.organisation, number=0, **told)
    record = whole(trust.records[KIND].pk)
    change_record(by=chief, record=record, version=record.version, fields=FITS)


def whole(number: Any) -> Experiment:
    return Experiment.objects.select_related("place__organisation", "owner").get(pk=number)


def limit(scene: Any) -> None:
    told = {"limits": {**LIMITS, "cost": 7}, "contacts": dict.fromkeys(DESKS, TYPED)}
    actions.set_limits(by=scene.person("executive"), organisation=scene.home, number=1, **told)


def begin(scene: Any) -> None:
    record = whole(scene.trust.records[KIND].pk)
    actions.begin_experiment(by=scene.person("manager"), experiment=record, version=record.version)


def end(scene: Any) -> None:
    record = whole(scene.trust.records[KIND].pk)
    told = {"version": record.version, "happened": f"{TYPED} 2", "stage": "stopped"}
    actions.end_experiment(by=scene.person("manager"), experiment=record, **told)


def ask(scene: Any) -> None:
    """It asks about something that costs more than the limits let it."""
    record = whole(scene.trust.records[KIND].pk)
    record.cost = 9_000
    actions.ask_for_decision(by=scene.person("manager"), experiment=record, version=record.version)


ACTS: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "experiments.set_limits": (limit, ("set-limits",)),
    "experiments.ask_for_decision": (ask, ("added", "linked", "changed")),
    "experiments.begin_experiment": (begin, ("moved",)),
    "experiments.end_experiment": (end, ("changed", "moved")),
}


def within(path: str, press: str = "") -> Way:
    """A page of the world's trust; {it} stands for its experiment."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        page.goto(f"/{trust.place.slug}/{path.format(it=trust.records['experiments'].pk)}")
        if press:
            page.get_by_role("button", name=press).click()

    return way


SCREENS: dict[str, Way] = {
    "safe limits": within("safe-limits/"),
    "set the safe limits": within("safe-limits/set/"),
    "an experiment": within("experiments/{it}/"),
    "plan an experiment, nothing typed": within("experiments/new/", "Save"),
    "end an experiment, nothing typed": within("experiments/{it}/end/", "It is over"),
}
