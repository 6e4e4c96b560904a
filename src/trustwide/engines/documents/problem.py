"""Why a document could not be read, and what to do. Each reason has its own name, so that pages can tell them apart."""

from __future__ import annotations


class DocumentError(Exception):
    """The document cannot be read: `message` says what is wrong, `cure` what to do."""

    def __init__(self, message: str, cure: str) -> None:
        self.message, self.cure = message, cure
        super().__init__(f"{message} {cure}")


class ScannedError(DocumentError):
    """Pictures of pages: there is no text in it."""


class BrokenError(DocumentError):
    """Damaged, cut short, or made to do harm."""


class LockedError(DocumentError):
    """Under a password."""


class TooLongError(DocumentError):
    """More bytes, pages or words than are read."""


class UnknownKindError(DocumentError):
    """None of the kinds that are read."""
