"""Whether anything changed that a team's board shows: answered from memory, so that hundreds may ask each second.

Every act of Trustwide leaves an audit row in its own transaction, whatever room it is of. Its thing, or what that is
related to, stands at a place; it may show on the boards of all teams there and below. So the newest such row of a
board is its number, and no room need say that a board changed.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from trustwide.rooms.devices.queries import newest_acts, paths_of_places, running_team
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.places.models import Place

LOOK_EVERY = 0.25  # seconds between two looks into the database, however many ask
#: On PostgreSQL an act with a lower number may be committed after one with a higher: so many are looked at again.
OVERLAP = 200
KEPT = timedelta(seconds=60)  # then what a board shows is made anew: days begin, numbers grow old
MOST_KEYS = 10_000
KEY = re.compile(r"([0-9a-f]{32})([0-9]{8})([0-9a-f]{40})")

#: Each room's own: the ids of things, and the paths of the places where they stand.
PATHS_OF: list[Callable[[set[UUID]], list[str]]] = [paths_of_places]


class Pulse:
    """The number of each board: that of the newest act which it may show."""

    def __init__(self) -> None:
        self.looking, self.making = threading.Lock(), threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As when the server begins: whatever happened before is one number for all boards."""
        self.looked_at, self.newest, self.base, self.latest = float("-inf"), 0, 0, 0
        self.seen: set[int] = set()
        self.moved: dict[str, int] = {}
        self.paths: dict[UUID, str | None] = {}
        self.keys: dict[str, tuple[str, float]] = {}
        self.shown: dict[tuple[UUID, bool], tuple[int, datetime, str]] = {}

    def number_of(self, path: str, *, fresh: bool = False) -> int:
        """The number of the boards at a path; `fresh` looks now, so that people see what they just wrote."""
        if fresh or self.is_to_look():
            self._look(wait=fresh)
        ends = [at + 1 for at, letter in enumerate(path) if letter == "/"]
        return max(self.base, *(self.moved.get(path[:end], 0) for end in ends))

    def is_to_look(self) -> bool:
        return time.monotonic() - self.looked_at > LOOK_EVERY

    def _look(self, *, wait: bool) -> None:
        """One looks for all; who comes meanwhile is told what was known before, unless it is to be fresh."""
        if not self.looking.acquire(blocking=wait):
            return
        try:
            acts = newest_acts(OVERLAP)
            newest, oldest = (acts[0][0], acts[-1][0]) if acts else (0, 0)
            if newest < self.newest:  # another database
                self.forget()
            if oldest > self.newest + 1 and self.base:  # more acts than are looked at: any board may have changed
                self.moved, self.paths, self.keys, self.base = {}, {}, {}, max(newest, self.latest + 1)
            else:
                self._note([act for act in acts if act[0] not in self.seen])
            self.newest, self.seen = newest, {act[0] for act in acts}
            self.latest = max([self.base, *self.moved.values()])
            self.looked_at = time.monotonic()
        finally:
            self.looking.release()

    def _note(self, acts: list[tuple[int, str, str, str]]) -> None:
        """Give a new number to the boards at and below where each act was done; the first time, one to all."""
        if not self.base:
            self.base = max((number for number, *_rest in acts), default=0)
            return
        wanted = {each for _number, thing, related, _kind in acts for each in _ids(thing, related)}
        if any(kind == Place._meta.label_lower for *_rest, kind in acts):
            self.paths, self.keys = {}, {}
        given = max([self.latest + 1, *(number for number, *_rest in acts)])
        for find in PATHS_OF if wanted else []:
            self.moved |= dict.fromkeys(find(wanted), given)

    def path_of(self, team: UUID) -> str | None:
        """Where a team that goes on stands in the tree; None for another."""
        if team not in self.paths:
            found = running_team(team)
            self.paths[team] = found.path if found else None
        return self.paths[team]

    def remember(self, key: str, path: str) -> None:
        """A key that is good, for a minute."""
        if len(self.keys) >= MOST_KEYS:
            self.keys = {}
        self.keys[key] = (path, time.monotonic() + KEPT.total_seconds())

    def remembered(self, key: str) -> str | None:
        path, until = self.keys.get(key, ("", 0.0))
        return path if time.monotonic() < until else None

    def kept(self, team: Place, make: Callable[[], str], *, links: bool = False) -> tuple[int, str]:
        """The number of a team's board and what it shows: made once for each number, and once a minute. With `links`
        it is what people who are signed in see, who have pages to open; a screen on the wall has none.
        """
        number, key = self.number_of(team.path, fresh=True), (team.pk, links)
        if not self._is_good(key, number):
            with self.making:  # whoever waits here finds it made
                if not self._is_good(key, number):
                    self.shown[key] = (number, now(), make())
        return number, self.shown[key][2]

    def _is_good(self, key: tuple[UUID, bool], number: int) -> bool:
        found = self.shown.get(key)
        return found is not None and found[0] >= number and timedelta(0) <= now() - found[1] < KEPT


def _ids(*words: str) -> set[UUID]:
    found = set()
    for word in words:
        try:
            found.add(UUID(word))
        except ValueError:
            continue
    return found


PULSE = Pulse()


def key_of(team: Place) -> str:
    """What stands in the address that tells a board's number. It is good for a day, and tells nothing but that."""
    day = f"{today():%Y%m%d}"
    return f"{team.pk.hex}{day}{_mark(team.pk, day)}"


def _mark(team: UUID, day: str) -> str:
    return salted_hmac("trustwide.devices.live", f"{team.hex} {day}").hexdigest()[:40]


def number_for(key: str) -> int | None:
    """The number of the board that a key of today or yesterday is for; None for another."""
    read = KEY.fullmatch(key)
    if read is None or not constant_time_compare(read[3], _mark(UUID(read[1]), read[2])):
        return None
    if read[2] not in {f"{today() - timedelta(days=ago):%Y%m%d}" for ago in (0, 1)}:
        return None
    path = PULSE.path_of(UUID(read[1]))
    if path is None:
        return None
    PULSE.remember(key, path)
    return PULSE.number_of(path)


def number_at_once(key: str) -> int | None:
    """The same from memory alone; None where the key was not looked at lately, or it is time to look for changes."""
    path = PULSE.remembered(key)
    return PULSE.number_of(path) if path and not PULSE.is_to_look() else None


def is_known(tag: str, number: int) -> bool:
    """Whether a copy that has the number of such a tag has nothing to look for.

    A server that began later counts from a later number, so a copy may have a higher one than ours.
    """
    known = tag.strip('"')
    return known.isascii() and known.isdecimal() and len(known) < 20 and int(known) >= number
