"""What somebody with no account is told of what they raised: places and roles, and no names."""

from __future__ import annotations

from typing import Any

from trustwide.rooms.escalation import queries
from trustwide.rooms.escalation.models import ANSWERED, TOLD, WAITING, Item
from trustwide.rooms.escalation.story import told_of
from trustwide.rooms.escalation.when import by_when


def told_to_code(item: Item) -> dict[str, Any]:
    steps = queries.steps_of(item)
    now_at = next((each for each in reversed(steps) if each.tier == item.tier), None)
    return {
        "story": told_of(steps, names=False),
        "tier_place": now_at.place if now_at else None,
        "waits": item.stage in WAITING,
        "to_say": item.stage in (ANSWERED, TOLD),
        "due_words": by_when(item.due_at) if item.due_at else "",
    }
