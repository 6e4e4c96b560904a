"""What to do with a practice: suggested from whether it began or stopped, and whether it still fits."""

from __future__ import annotations

from trustwide.rooms.gains.models import AMPLIFY, BEGAN, END, LET_GO, RESTART, STOPPED

MATRIX = {
    (BEGAN, True): AMPLIFY,
    (BEGAN, False): END,
    (STOPPED, True): RESTART,
    (STOPPED, False): LET_GO,
}
OVER = (END, LET_GO)
KEPT, GONE = "kept", "gone"


def suggested(turn: str, fits: bool) -> str:
    """The verdict that follows; people may come to another, and say why.

    >>> suggested("stopped", False), suggested("stopped", True), suggested("began", False), suggested("began", True)
    ('let-go', 'restart', 'end', 'amplify')
    """
    return MATRIX[turn, fits]


def stage_after(verdict: str) -> str:
    return GONE if verdict in OVER else KEPT
