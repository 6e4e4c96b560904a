"""Ids that sort by the time they were made, and those of one process by their order within a millisecond too."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

LOW_BITS = 62
_lock = threading.Lock()
_last = (0, 0)  # the millisecond, and the number within it


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then a number of 74 bits.

    That is drawn anew each millisecond; within one it goes on by a step that is drawn (RFC 9562, 6.2, method 2), so
    that what is made first sorts first.

    >>> uuid7().version
    7
    >>> made = [uuid7() for _each in range(1_000)]
    >>> made == sorted(made)
    True
    """
    moment, number = _next()
    high, low = number >> LOW_BITS, number & ((1 << LOW_BITS) - 1)
    return UUID(int=moment << 80 | 0x7 << 76 | high << 64 | 0x2 << 62 | low)


def _next() -> tuple[int, int]:
    global _last
    now = time.time_ns() // 1_000_000
    with _lock:
        moment, number = _last
        step = number + 1 + secrets.randbits(32)
        _last = (now, secrets.randbits(73)) if now > moment else (moment, step)  # a bit is free, so no step runs over
        return _last
