"""Which of many short texts are about the same thing as a question, said in the same words or in others.

>>> kept = fingerprints(["Tablets to take home are late", "A garden for patients", "Printers nobody could find"])
>>> best = Shelf.of(kept).rank(Question.of("ttos not ready"))
>>> best[0].row
0
"""

from trustwide.engines.meaning import is_installed
from trustwide.engines.similar.fingerprints import (
    MADE_WITH,
    MOST_LETTERS,
    Fingerprint,
    fingerprints,
    meanings_of,
    words_of,
)
from trustwide.engines.similar.ranking import LEAST, Match, Question, Shelf

__all__ = [
    "LEAST",
    "MADE_WITH",
    "MOST_LETTERS",
    "Fingerprint",
    "Match",
    "Question",
    "Shelf",
    "fingerprints",
    "is_installed",
    "meanings_of",
    "words_of",
]
