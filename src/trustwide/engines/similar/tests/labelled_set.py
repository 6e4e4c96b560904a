"""The labelled set: records of improvement work, the queries that each answers, and records that answer none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "labelled"
TIMES_TOLD = 5


@dataclass(frozen=True)
class Work:
    title: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A query, and the place in `records()` of the record that answers it."""

    query: str
    place: int

    @property
    def kept_aside(self) -> bool:
        """Never tuned on: half of the pairs, by a hash of the query."""
        return sha256(self.query.encode()).digest()[0] % 2 == 0


@cache
def _told(name: str) -> tuple[list[Work], list[Pair]]:
    works: list[Work] = []
    pairs: list[Pair] = []
    title = ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            title = line[2:]
        elif line.startswith("? "):
            pairs.append(Pair(line[2:], len(works) - 1))
        elif title and line and not line.startswith("#"):
            works.append(Work(title, line))
    return works, pairs


@cache
def others() -> list[Work]:
    """Each piece of other work, told of several places with several ends."""
    parts: dict[str, list[str]] = {}
    for line in (FOLDER / "others.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = parts.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            here.append(line)
    made = []
    for number, line in enumerate(parts["work"]):
        title, text = line.split(" | ")
        for time in range(TIMES_TOLD):
            place = parts["places"][(3 * number + time * 2) % len(parts["places"])]
            end = parts["ends"][(number + time) % len(parts["ends"])]
            made.append(Work(title.replace("{place}", place), f"{text} {end}"))
    return made


#: In the order in which they were written, and in which their records stand.
FILES = ("work.txt", "fresh.txt", "second_look.txt")


def records() -> list[Work]:
    return [*(each for name in FILES for each in _told(name)[0]), *others()]


def pairs(name: str = "work.txt", *, kept_aside: bool | None = None) -> list[Pair]:
    """The pairs of one file, all of them or one half."""
    before = sum(len(_told(each)[0]) for each in FILES[: FILES.index(name)])
    every = [Pair(each.query, before + each.place) for each in _told(name)[1]]
    return [each for each in every if kept_aside is None or each.kept_aside == kept_aside]
