"""How one address is expected to answer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """How one address answers: its parts, a GET, an empty POST (None: any of ANSWERED), and parts that nothing has."""

    name: str
    parts: dict[str, str] = field(default_factory=dict)
    get: int = 200
    post: int | None = 405
    unknown: dict[str, object] = field(default_factory=dict)
    signed_in: bool = True  # asked for by somebody who is signed in
    kind: str = "measures"  # of the record that its address names

    def __str__(self) -> str:
        return "-".join([self.name, *(value for key, value in self.parts.items() if key == "kind")])
