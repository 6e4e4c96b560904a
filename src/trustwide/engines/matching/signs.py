"""Signs: wordings to look for, read from the lexicon, and found in a text in one pass over its words.

Each sign is one or more runs of slots; a run's slots follow one another, save where `..` lets up to five words between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"
#: Apostrophes stay inside a word, hyphens part words: "person-centred" is two.
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MOST_BETWEEN = 5
SHORTEST_STEM = 2
MOST_KNOWN = 50_000

Word = tuple[str, int, int]


def words_of(text: str) -> list[Word]:
    """Each word in small letters, with its place."""
    return [(each.group().lower().replace("’", "'"), each.start(), each.end()) for each in WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a sign: any of these, or one that begins so; `loose` lets other words stand before it."""

    exact: frozenset[str]
    stems: tuple[str, ...]
    loose: bool

    def fits(self, word: str) -> bool:
        return word in self.exact or word.startswith(self.stems)


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """`grade` is "strong", "weak" or "name"; every run must be found."""

    meaning: str
    grade: str
    runs: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign, with the first and one past the last word of its first run."""

    sign: Sign
    start: int
    end: int


def read_signs(name: str) -> tuple[list[Sign], dict[str, tuple[str, ...]]]:
    """The signs of a lexicon, and each meaning with those near to it."""
    signs: list[Sign] = []
    near: dict[str, tuple[str, ...]] = {}
    meaning = ""
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            head, _, rest = line[1:].partition("]")
            meaning = head
            near[meaning] = tuple(word for word in rest.split() if word != "near")
        elif line.strip() and not line.startswith("#"):
            signs.append(_sign(meaning, line))
    return signs, near


def _sign(meaning: str, line: str) -> Sign:
    grade = {"~": "weak", "=": "name"}.get(line[0], "strong")
    body = line if grade == "strong" else line[1:]
    return Sign(meaning, grade, tuple(_run(part.split()) for part in body.split("&")))


def _run(parts: list[str]) -> tuple[Slot, ...]:
    slots, loose = [], False
    for part in parts:
        if part == "..":
            loose = True
            continue
        ways = part.split("|")
        stems = tuple(way[:-1] for way in ways if way.endswith("*"))
        slots.append(Slot(frozenset(way for way in ways if not way.endswith("*")), stems, loose))
        loose = False
    return tuple(slots)


class Finder:
    """Finds signs by their first word, so that the work grows with the text and not with the lexicon."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        self.whole: dict[str, list[tuple[Sign, int]]] = {}
        self.stems: dict[str, list[tuple[Sign, int]]] = {}
        self.known: dict[str, list[tuple[Sign, int]]] = {}
        for sign in signs:
            for place, run in enumerate(sign.runs):
                for word in run[0].exact:
                    self.whole.setdefault(word, []).append((sign, place))
                for stem in run[0].stems:
                    self.stems.setdefault(stem, []).append((sign, place))

    def find(self, words: list[str]) -> list[Seen]:
        """Every sign whose runs all stand among these words; a sign is seen once for each place of its first run."""
        met: dict[Sign, dict[int, list[tuple[int, int]]]] = {}
        for start, word in enumerate(words):
            for sign, place in self._beginning(word):
                end = _run_ends(sign.runs[place], words, start)
                if end:
                    met.setdefault(sign, {}).setdefault(place, []).append((start, end))
        return [
            Seen(sign, start, end)
            for sign, places in met.items()
            if len(places) == len(sign.runs)
            for start, end in places[0]
            if all(_one_apart(places[other], start, end) for other in range(1, len(sign.runs)))
        ]

    def _beginning(self, word: str) -> list[tuple[Sign, int]]:
        """The runs that may begin with a word; worked out once for each word that texts hold."""
        known = self.known.get(word)
        if known is None:
            lengths = range(SHORTEST_STEM, len(word) + 1)
            stems = [run for length in lengths for run in self.stems.get(word[:length], ())]
            known = [*self.whole.get(word, ()), *stems]
            if len(self.known) < MOST_KNOWN:
                self.known[word] = known
        return known


def _one_apart(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans shares no word with `start` to `end`: one word cannot stand for two runs."""
    return any(first >= end or last <= start for first, last in spans)


def _run_ends(run: tuple[Slot, ...], words: list[str], start: int) -> int:
    """One past the run's last word when it stands at `start`, else 0. Each slot takes the nearest word that fits."""
    place = start + 1
    for slot in run[1:]:
        last = min(len(words), place + (MOST_BETWEEN if slot.loose else 0) + 1)
        place = next((at + 1 for at in range(place, last) if slot.fits(words[at])), 0)
        if not place:
            return 0
    return place
