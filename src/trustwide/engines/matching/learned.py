"""How sure a sentence's vector makes us of each meaning, as `tests/training.py` learned from `lexicon/examples.txt`."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from trustwide.engines.matching.signs import LEXICON
from trustwide.engines.meaning import Vectors

NOTHING_CARRIED = "nothing"
EXAMPLE = re.compile(r"(.*?[.?!])\s*\+\s*([a-z ]+)")


class Example(NamedTuple):
    text: str
    meanings: frozenset[str]


class Learned(NamedTuple):
    meanings: tuple[str, ...]
    weights: Vectors
    constants: Vectors


def examples() -> list[Example]:
    found, group = [], ""
    for line in (LEXICON / "examples.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line and not line.startswith("#"):
            marked = EXAMPLE.fullmatch(line)
            text, others = (marked[1], marked[2].split()) if marked else (line, [])
            found.append(Example(text, frozenset((group, *others))))
    return found


@lru_cache(maxsize=1)
def learned() -> Learned:
    told = json.loads((LEXICON / "learned.json").read_text(encoding="utf-8"))
    table = np.load(LEXICON / "learned.npy").astype(np.float32)
    return Learned(tuple(told), table[:, :-1], table[:, -1])


def sureness(made: Vectors) -> Vectors:
    """For each text and meaning: above nought is likelier than not, beside an equal number without."""
    known = learned()
    return made @ known.weights.T + known.constants
