"""Documents read into plain text and its sentences, with their places.

>>> read("advert.txt", b"You will be kind. You will listen.").quotes()
['You will be kind.', 'You will listen.']
"""

from trustwide.engines.documents.problem import (
    BrokenError,
    DocumentError,
    LockedError,
    ScannedError,
    TooLongError,
    UnknownKindError,
)
from trustwide.engines.documents.reading import MOST_BYTES, MOST_PAGES, Document, document_of, read
from trustwide.engines.documents.sentences import Place, sentences
from trustwide.engines.documents.written import MOST_CHARACTERS

__all__ = [
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "MOST_PAGES",
    "BrokenError",
    "Document",
    "DocumentError",
    "LockedError",
    "Place",
    "ScannedError",
    "TooLongError",
    "UnknownKindError",
    "document_of",
    "read",
    "sentences",
]
