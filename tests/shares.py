"""What either database answers for is asked on one of them; a full run leaves no case out."""

from __future__ import annotations

import os
from zlib import crc32

WHOLE = bool(os.environ.get("TRUSTWIDE_FULL"))
SAID = os.environ.get("TRUSTWIDE_SHARE", "1/1")


def parts_of(said: str) -> tuple[range, int]:
    """Which parts are ours, counted from 0, and of how many; without the variable all of it.

    >>> parts_of("1-2/3"), parts_of("3/3")
    ((range(0, 2), 3), (range(2, 3), 3))
    """
    ours, _, parts = said.partition("/")
    first, _, last = ours.partition("-")
    return range(int(first) - 1, int(last or first)), int(parts)


OURS, PARTS = parts_of(SAID)


def in_share(case: str, one_in: int = 1) -> bool:
    """Whether a case is asked in this run: one in so many of them, in a full run all, divided between the databases.

    >>> WHOLE or sum(in_share(f"case {number}", one_in=10) for number in range(1000)) < 150
    True
    """
    return crc32(case.encode()) % ((1 if WHOLE else one_in) * PARTS) in OURS


def sampled(case: str, one_in: int) -> bool:
    """Whether a short run asks a case that only one database is asked: one in so many, the same ones each day.

    >>> WHOLE or 50 < sum(sampled(f"case {number}", one_in=10) for number in range(1000)) < 150
    True
    """
    return WHOLE or crc32(case.encode()) % one_in == 0
