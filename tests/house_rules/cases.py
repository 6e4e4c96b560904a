"""The acts that are tried, each with the kinds of record that it is tried with."""

from __future__ import annotations

from tests.house_rules.act import Act
from tests.house_rules.acts import ACTS
from tests.kinds_asked import some_kinds
from tests.shares import sampled
from trustwide.rooms.commons.kinds import KINDS


def cases(acts: dict[str, Act] = ACTS) -> list[tuple[str, str]]:
    """Each action by name with the kinds it is tried with: just one where the kind makes no difference."""
    first = next(iter(KINDS))
    return [(name, key) for name, act in acts.items() for key in (kinds_tried(name) if act.every_kind else [first])]


def kinds_tried(name: str) -> list[str]:
    """All in the full run. `commons.add_record` writes each kind's own table: tried with one in three."""
    if name == "commons.add_record":
        return [key for key in KINDS if sampled(f"{key} is added", one_in=3)]
    return [kind.key for kind in some_kinds(name)]
