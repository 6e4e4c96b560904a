"""Text to the numbers that the language model knows: words in small letters, and rarer ones as their parts.

`vocabulary.txt` is the list that the model was trained with: Google's BERT, uncased, Apache-2.0.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).parent / "vocabulary.txt"
MARKS = r"!-/:-@\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3011"
#: One mark by itself, or what stands between marks and spaces.
PIECE = re.compile(rf"[{MARKS}]|[^\s{MARKS}]+")
LONGEST_WORD = 100
#: More pieces than these of one text are left out: what a sentence is about, it has said by then.
MOST_PIECES = 126


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, int]:
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def numbers(text: str, most: int = MOST_PIECES) -> list[int]:
    """The numbers of a text, at most so many, between those that mark its beginning and its end."""
    vocabulary = _vocabulary()
    found: list[int] = []
    for word in PIECE.findall(_plain(text)):
        found += _parts(word)
        if len(found) >= most:
            break
    return [vocabulary["[CLS]"], *found[:most], vocabulary["[SEP]"]]


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(
        letter for letter in apart if unicodedata.category(letter) not in ("Mn", "Cc", "Cf") or letter.isspace()
    )


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[int, ...]:
    """The longest known beginning, then the longest of what is left, and so on; unknown as a whole where that fails."""
    vocabulary = _vocabulary()
    unknown = (vocabulary["[UNK]"],)
    if len(word) > LONGEST_WORD:
        return unknown
    made, start = [], 0
    while start < len(word):
        ends = range(len(word), start, -1)
        mark = "##" if start else ""
        end = next((end for end in ends if mark + word[start:end] in vocabulary), 0)
        if not end:
            return unknown
        made.append(vocabulary[mark + word[start:end]])
        start = end
    return tuple(made)
