"""How the actions of the room of boards are called, at a ward whose board has a card, a plan, a huddle and a thanks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.house_rules.act import TYPED
from tests.house_rules.lookalikes import Trust
from tests.makers import make_measure
from trustwide.rooms.boards import actions as boards
from trustwide.rooms.boards.models import Card, Huddle, Plan, Thanks
from trustwide.rooms.people.ids import uuid7

DAY = date(2025, 3, 3)
HELD: dict[str, Any] = {"day": DAY, "shift": "day", "held": True}
LINE = {"name": TYPED, "planned": 6, "done": 2, "waits_for": TYPED}


def set_up_wall(trust: Trust) -> None:
    """What the acts below need to be there before."""
    leader, ward = trust.people["team-leader"], trust.ward
    boards.add_card(by=leader, team=ward, measure=make_measure(leader, ward, title=TYPED), column=0)
    make_measure(leader, ward, title=f"{TYPED} 2")
    boards.write_plan(by=leader, team=ward, day=DAY, version=0, lines=[LINE])
    boards.record_huddle(by=leader, team=ward, told=HELD)
    boards.thank(by=leader, team=ward, to=TYPED, why=TYPED)


def add_card(scene: Any) -> None:
    ward = scene.place(scene.trust.ward)
    measure = boards.queries.measures_to_show(ward).first()
    boards.add_card(by=scene.person("team-leader"), team=ward, measure=measure, column=1)


def card() -> Card:
    return Card.objects.select_related("board__team").get()


def set_up(scene: Any) -> None:
    fields = {"own_columns": TYPED, "weekends": False}
    boards.set_up_board(by=scene.person("team-leader"), team=scene.place(scene.trust.ward), fields=fields)


def plan(scene: Any) -> None:
    version = Plan.objects.get().version
    told = {"day": DAY, "version": version, "lines": [LINE, LINE]}
    boards.write_plan(by=scene.person("staff"), team=scene.place(scene.trust.ward), **told)


def thank(scene: Any) -> None:
    boards.thank(by=scene.person("staff"), team=scene.place(scene.trust.ward), to=TYPED, why=TYPED, key=uuid7())


def huddle(scene: Any) -> None:
    boards.record_huddle(by=scene.person("staff"), team=scene.place(scene.trust.ward), told=HELD, key=uuid7())


def enter_sheet(scene: Any) -> None:
    boards.enter_sheet(by=scene.person("staff"), team=scene.place(scene.trust.ward), told=[HELD, HELD], key=uuid7())


#: Each action, and the verbs of its audit rows.
BOARDS: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "boards.set_up_board": (set_up, ("set-up-board",)),
    "boards.add_card": (add_card, ("arranged",)),
    "boards.move_card": (
        lambda scene: boards.move_card(by=scene.person("team-leader"), card=card(), up=False), ("arranged",),
    ),
    "boards.take_off": (lambda scene: boards.take_off(by=scene.person("team-leader"), card=card()), ("arranged",)),
    "boards.write_plan": (plan, ("planned",)),
    "boards.thank": (thank, ("thanked",)),
    "boards.take_off_thanks": (
        lambda scene: boards.take_off_thanks(
            by=scene.person("team-leader"), thanks=Thanks.objects.select_related("team").get()
        ),
        ("took-off-thanks",),
    ),
    "boards.record_huddle": (huddle, ("huddled",)),
    "boards.enter_sheet": (enter_sheet, ("entered-sheet",)),
    "boards.remove_huddle": (
        lambda scene: boards.remove_huddle(
            by=scene.person("team-leader"), huddle=Huddle.objects.select_related("team").get()
        ),
        ("removed-huddle",),
    ),
}  # fmt: skip
