"""What the house rules need to know of this room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED
from trustwide.rooms.decisions import actions
from trustwide.rooms.decisions.models import SERVICE, Decision
from trustwide.rooms.decisions.queries import decision_numbered

KEY = Decision._meta.label_lower
ASKED = {
    "question": TYPED, "why": TYPED, "options": [TYPED], "recommendation": TYPED, "sort": SERVICE, "money": 20,
}  # fmt: skip


def the_one(scene: Any) -> Decision:
    """The question of the scene: no line says who decides it, so an executive does."""
    return decision_numbered(scene.trust.records[KEY].pk)


def ask(scene: Any) -> None:
    actions.ask_decision(by=scene.person("staff"), place=scene.place(scene.trust.ward), **ASKED)


def press_ask(form: Any, key: UUID | None) -> Any:
    return actions.ask_decision(by=form.nurse(), place=form.trust.ward, key=key, **ASKED)


ACTS: dict[str, Any] = {
    "decisions.ask_decision": (ask, ("added",)),
    "decisions.join_asking": (
        lambda scene: actions.join_asking(by=scene.person("staff"), decision=the_one(scene)), ("joined-asking",),
    ),
    "decisions.decide": (
        lambda scene: actions.decide(
            by=scene.person("executive"), decision=the_one(scene), what="yes", reason=TYPED
        ),
        ("commented", "decided"),
    ),
}  # fmt: skip
KEYED: dict[str, Any] = {"decisions.ask_decision": (press_ask, lambda kind: Decision)}
