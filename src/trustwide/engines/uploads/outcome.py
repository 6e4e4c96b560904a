"""The two answers to an upload."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to keep: never the bytes or the name as they came."""

    safe_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong and what to do."""

    message: str
    cure: str

    def __str__(self) -> str:
        return f"{self.message} {self.cure}"


class RefusedError(Exception):
    """Ends the checking of a file at the first thing that is wrong."""

    def __init__(self, message: str, cure: str) -> None:
        self.refused = Refused(message, cure)
        super().__init__(str(self.refused))
