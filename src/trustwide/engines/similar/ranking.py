"""Which of many texts are most like a question: by meaning, and by the words and ideas that both hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.meaning import LENGTH, Vectors, is_installed, vectors
from trustwide.engines.similar.fingerprints import MOST_LETTERS, Fingerprint, as_marks
from trustwide.engines.similar.words import ideas, mark, roots, spelt_out

Floats = NDArray[np.float32]
Chosen = NDArray[np.bool_]
Rows = NDArray[np.int32]
#: Tuned on `tests/labelled`, without its half kept aside and its second look: how much words count beside meaning, and
#: an idea that is said in other words beside the same word.
WORDS, OTHER_WORDS = 0.35, 0.9
#: Less than this is no likeness to speak of; so much of meaning alone is worth saying.
LEAST, MEANT = 0.2, 0.3
MOST_ASKED = 24
#: So many more records without the word are thought of: where there are few, one that has it is none too common.
IMAGINED = 200
#: Rows whose meaning is compared in one go: what numpy makes of them for it stays in the processor's own memory.
TOGETHER = 256
LOW = np.uint32(0xFFFF)


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a question: its mark (None where it says nothing itself), and those of the ideas it may stand for."""

    word: str
    mark: int | None
    ideas: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is looked for; `meaning` is float32 of shape (384,), None without the model or without a word."""

    words: tuple[Asked, ...]
    meaning: Vectors | None

    @classmethod
    def of(cls, text: str) -> Question:
        """Any text at all; what is beyond MOST_LETTERS is not read.

        >>> [each.word for each in Question.of("The ttos are LATE again").words if each.mark]
        ['ttos', 'late', 'again', 'medicines', 'home']
        """
        long = spelt_out(" ".join(text[:MOST_LETTERS].split()))
        if not long:
            return cls((), None)
        return cls(_asked(long), vectors([long])[0] if is_installed() else None)


def _asked(text: str) -> tuple[Asked, ...]:
    said, meant = roots(text), ideas(text)
    held: dict[str, list[int]] = {}
    for idea, parts in meant.items():
        for part in parts:
            held.setdefault(part, []).append(mark(idea))
    every = dict.fromkeys((*said, *held))
    found = [
        Asked(said.get(each, each), mark(each) if each in said else None, tuple(held.get(each, ()))) for each in every
    ]
    return tuple(found[:MOST_ASKED])


@dataclass(frozen=True, slots=True)
class Match:
    """`row` is its place on the shelf, `score` from 0 to about 1; `words` of the question that it has, in some form."""

    row: int
    score: float
    words: tuple[str, ...]
    by_meaning: bool


@dataclass(slots=True, eq=False)
class Shelf:
    """Fingerprints in one piece, to be asked again and again: some 0.4 kB and 4 bytes a word for each.

    `meanings` is int8 of shape (rows, 384); `lengths` float32 (rows,), 0 where there is no meaning; `marks` is uint32
    and `owners` int32, an entry for each word of each row.
    """

    meanings: NDArray[np.int8]
    lengths: Floats
    marks: NDArray[np.uint32]
    owners: NDArray[np.int32]
    _none: Floats = field(init=False)
    _low: NDArray[np.uint16] = field(init=False)

    def __post_init__(self) -> None:
        self._none = np.zeros(len(self.lengths), np.float32)
        self._low = (self.marks & LOW).astype(np.uint16)

    @classmethod
    def of(cls, kept: Sequence[Fingerprint]) -> Shelf:
        """A row for each, in their order."""
        blank = bytes(LENGTH)
        whole = b"".join(each.meaning if len(each.meaning) == LENGTH else blank for each in kept)
        meanings = np.frombuffer(whole, np.int8).reshape(len(kept), LENGTH)
        held = [as_marks(each.words) for each in kept]
        owners = np.repeat(np.arange(len(kept), dtype=np.int32), [len(each) for each in held])
        flat = np.concatenate(held) if held else np.zeros(0, np.uint32)
        return cls(meanings, _lengths(meanings), flat, owners)

    def changed(self, kept: Chosen, new: Sequence[Fingerprint]) -> Shelf:
        """The rows that are kept, of shape (rows,), in their order, and then a row for each new one."""
        added = Shelf.of(new)
        places = (np.cumsum(kept) - 1).astype(np.int32)
        stays = kept[self.owners]
        return Shelf(
            np.concatenate([self.meanings[kept], added.meanings]),
            np.concatenate([self.lengths[kept], added.lengths]),
            np.concatenate([self.marks[stays], added.marks]),
            np.concatenate([places[self.owners[stays]], added.owners + np.int32(kept.sum())]),
        )

    def rank(self, question: Question, allowed: Chosen | None = None, most: int = 5) -> list[Match]:
        """The rows most like a question, the likest first; of equals, the one that stands first.

        `allowed`, of shape (rows,), leaves out the others before anything is counted: how rare a word is, too, is asked
        of those alone, so that the answer is the same as if the others were not there.
        """
        chosen = np.ones(len(self.lengths), bool) if allowed is None else allowed
        if (not question.words and question.meaning is None) or not chosen.any():
            return []
        shares, said = self._shares(question.words, chosen)
        likeness = self._likeness(question.meaning)
        scores = np.where(chosen, _together(shares, likeness, self.lengths), -1)
        best = np.lexsort((np.arange(len(scores)), -np.round(scores, 6)))[:most]
        return [self._match(int(row), scores, said, likeness) for row in best if scores[row] >= LEAST]

    def _match(self, row: int, scores: Floats, said: list[tuple[str, Floats]], likeness: Floats | None) -> Match:
        words = tuple(dict.fromkeys(word for word, evidence in said if evidence[row] > 0))
        meant = likeness is not None and float(likeness[row]) >= MEANT
        return Match(row, round(float(scores[row]), 4), words, meant or not words)

    def _likeness(self, meaning: Vectors | None) -> Floats | None:
        """The cosine with each row's meaning, 0 where it has none."""
        if meaning is None:
            return None
        made = np.empty(len(self.lengths), np.float32)
        for start in range(0, len(made), TOGETHER):
            made[start : start + TOGETHER] = self.meanings[start : start + TOGETHER].astype(np.float32) @ meaning
        return np.divide(made, self.lengths, out=self._none.copy(), where=self.lengths > 0)

    def _shares(self, asked: Sequence[Asked], chosen: Chosen) -> tuple[Floats, list[tuple[str, Floats]]]:
        """How much of what is asked each row says, from 0 to 1, rarer words counting more; and each word's part."""
        total, found, said = 0.0, self._none.copy(), []
        rows = self._rows({wanted for each in asked for wanted in (each.mark, *each.ideas) if wanted is not None})
        for each in asked:
            worth, evidence = self._evidence(each, rows, chosen)
            total += worth
            found += evidence
            if each.mark is not None:
                said.append((each.word, evidence))
        return (found / np.float32(total) if total else found), said

    def _evidence(self, asked: Asked, rows: dict[int, Rows], chosen: Chosen) -> tuple[float, Floats]:
        """What a word is worth, and what of it each row has: all for the word, less for another word of its idea."""
        worths = [_worth(rows[each], chosen) for each in asked.ideas]
        worth = _worth(rows[asked.mark], chosen) if asked.mark is not None else max(worths, default=0.0)
        evidence = self._none.copy()
        for each, idea_worth in zip(asked.ideas, worths, strict=True):
            evidence[rows[each]] = np.maximum(evidence[rows[each]], OTHER_WORDS * min(worth, idea_worth))
        if asked.mark is not None:
            evidence[rows[asked.mark]] = worth
        return worth, evidence

    def _rows(self, wanted: set[int]) -> dict[int, Rows]:
        """The rows that have each mark. One look at half of each mark's bits leaves few to look at closely."""
        table = np.zeros(int(LOW) + 1, bool)
        table[[each & int(LOW) for each in wanted]] = True
        near = np.flatnonzero(table[self._low])
        marks, owners = self.marks[near], self.owners[near]
        return {each: owners[marks == np.uint32(each)] for each in wanted}


def _lengths(meanings: NDArray[np.int8]) -> Floats:
    found = np.empty(len(meanings), np.float32)
    for start in range(0, len(found), TOGETHER):
        found[start : start + TOGETHER] = np.linalg.norm(meanings[start : start + TOGETHER].astype(np.float32), axis=1)
    return found


def _worth(rows: Rows, chosen: Chosen) -> float:
    """How telling a word is that these rows have, as BM25 weighs it: the rarer among the chosen, the more."""
    every, having = IMAGINED + int(chosen.sum()), int(chosen[rows].sum())
    return float(np.log(1 + (every - having + 0.5) / (having + 0.5)))


def _together(shares: Floats, likeness: Floats | None, lengths: Floats) -> Floats:
    """Words alone where nothing is known of the meaning of the question; half of theirs where it is not of a row."""
    if likeness is None:
        return shares
    meant = np.where(lengths > 0, np.maximum(likeness, 0), shares / 2)
    scores: Floats = ((1 - WORDS) * meant + WORDS * shares).astype(np.float32)
    return scores
