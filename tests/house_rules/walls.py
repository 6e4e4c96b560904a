"""A ward's board with something of everything on it, every text of it marked with a word."""

from __future__ import annotations

from typing import Any

from trustwide.rooms.boards import actions
from trustwide.rooms.people.clock import today


def set_up_wall(trust: Any, word: str) -> None:
    """One card, today's plan, a huddle and a thank-you, by somebody with every role."""
    by, ward = trust.everyone, trust.ward
    actions.set_up_board(by=by, team=ward, fields={"own_columns": f"Safety{word}\nQuality"})
    actions.add_card(by=by, team=ward, measure=trust.records["measures"], column=0)
    line = {"name": f"Home by noon{word}", "planned": 6, "done": 2, "waits_for": f"tablets{word}"}
    actions.write_plan(by=by, team=ward, day=today(), version=0, lines=[line])
    actions.record_huddle(by=by, team=ward, told={"day": today(), "shift": "day", "held": True, "minutes": 8})
    actions.thank(by=by, team=ward, to=f"Ade{word}", why=f"Sunday{word}")
