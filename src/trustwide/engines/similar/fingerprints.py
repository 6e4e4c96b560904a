"""What is kept of a text so that others can be held against it: its meaning in 384 bytes, and its words as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.meaning import LENGTH, PACKAGE, Vectors, is_installed, vectors
from trustwide.engines.similar.words import Marks, marks, spelt_out, state_of_lists

Meanings = NDArray[np.int8]
#: A text is about what its first parts of words say; twice as many take twice as long.
MOST_PIECES = 64
MOST_LETTERS = 1_000
#: Names what fingerprints are made with: those of another model, of longer texts or of other lists of words differ.
MADE_WITH = f"{PACKAGE} {LENGTH} {MOST_PIECES} {state_of_lists()}"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`meaning` is int8 × 384, or empty where it was not worked out; `words` is uint32, little-endian."""

    meaning: bytes
    words: bytes


def words_of(text: str) -> bytes:
    """The words of a text as they are kept: quick, and without the model."""
    return marks(text[:MOST_LETTERS]).astype("<u4").tobytes()


def meanings_of(texts: list[str]) -> list[bytes]:
    """The meaning of each text as it is kept, in its order. Raises ModelMissingError.

    One that is alone or in company comes out alike but for a unit in the last place.
    """
    made = vectors([spelt_out(text[:MOST_LETTERS]) for text in texts], MOST_PIECES)
    return [row.tobytes() for row in as_bytes(made)]


def fingerprints(texts: list[str]) -> list[Fingerprint]:
    """All of both; without the model, the words alone."""
    meanings = meanings_of(texts) if is_installed() else [b""] * len(texts)
    return [Fingerprint(meaning, words_of(text)) for meaning, text in zip(meanings, texts, strict=True)]


def as_bytes(made: Vectors) -> Meanings:
    """Vectors as whole numbers from -127 to 127, the largest part of each being 127: their direction is what counts.

    >>> as_bytes(np.array([[0.5, -1.0, 0.0]], np.float32)).tolist()
    [[64, -127, 0]]
    """
    largest = np.abs(made).max(axis=1, keepdims=True, initial=1e-9)
    whole: Meanings = np.rint(made / largest * 127).astype(np.int8)
    return whole


def as_marks(words: bytes) -> Marks:
    return np.frombuffer(words, "<u4").astype(np.uint32)
