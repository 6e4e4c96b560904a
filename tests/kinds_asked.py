"""What one rule and one view do to every kind of record alike is asked of a few kinds in a short run, of all in --full.

The few: the kind with the most pages of its own, the smallest kind, and one in eight of the others by a hash of their
names, so that they are the same ones each day and another few for another rule.
"""

from __future__ import annotations

from tests.shares import sampled
from trustwide.rooms.commons.kinds import KINDS, Kind

#: By the address of their kind: on these everything is asked.
MODELS = {"measures", "messages"}


def some_kinds(rule: str) -> list[Kind]:
    """The kinds on which a rule is tried."""
    return [kind for kind in KINDS.values() if kind.address in MODELS or sampled(f"{rule} {kind.key}", one_in=8)]
