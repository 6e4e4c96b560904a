"""What a drawing holds: a head, and rows beneath one another, each with its level and a few details.

Every tool has the same shape, so that one editor, one text form and one way of keeping versions serve them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

MOST_ROWS, LONGEST = 50, 200  # rows of a drawing; letters of a row or of one of its details


class DiagramError(ValueError):
    """What is wrong with rows, or with their text form, in words for whoever wrote them."""


@dataclass(frozen=True)
class Detail:
    """Something more that a row can say: a text, a whole number, one of some choices, or a tick."""

    key: str  # in the text form: "minutes: 15"
    label: str
    sort: str = "text"  # text, number, choice, tick
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    low: int = 0
    high: int = 10_000
    levels: tuple[int, ...] = ()  # the levels of row that have it; () is all

    def words(self, value: str) -> str:
        """A value as people read it."""
        return dict(self.choices).get(value, value)

    def problem(self, value: str) -> str:
        """What is wrong with a value; "" where nothing is."""
        if self.sort == "number" and not (number_in(value) is not None and self.low <= int(value) <= self.high):
            return f"“{self.key}” must be a whole number from {self.low} to {self.high:,}"
        if self.sort == "choice" and value not in dict(self.choices):
            return f"“{self.key}” must be one of: {', '.join(key for key, _words in self.choices)}"
        if self.sort == "tick" and value != "yes":
            return f"“{self.key}” can only be: yes"
        if len(value) > LONGEST:
            return f"“{self.key}” is longer than {LONGEST} letters"
        return ""


def number_in(value: str) -> int | None:
    """A whole number as people write it; None for anything else.

    >>> number_in("15"), number_in("-1"), number_in("1e9"), number_in("³")
    (15, None, None, None)
    """
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


@dataclass(frozen=True)
class Tool:
    """One way to draw what a team thinks: what its head and its rows are called, and what each row can say."""

    key: str
    name: str
    head: str  # what the head is: "Our aim"
    levels: tuple[str, ...]  # what a row is at each level: "primary driver", "secondary driver" …
    details: tuple[Detail, ...] = ()
    starts_with: tuple[str, ...] = ()  # the rows of a new one
    restricted: bool = False  # it says things of people: for the team alone

    def details_at(self, level: int) -> list[Detail]:
        return [each for each in self.details if not each.levels or level in each.levels]

    @property
    def deepest(self) -> int:
        return len(self.levels) - 1


@dataclass(frozen=True)
class Row:
    """One line of an outline; `details` are by key, as the text form writes them."""

    text: str
    level: int = 0
    details: dict[str, str] = field(default_factory=dict)

    def at(self, level: int) -> Row:
        return replace(self, level=level)

    def number(self, key: str, otherwise: int = 0) -> int:
        found = number_in(self.details.get(key, ""))
        return otherwise if found is None else found


@dataclass(frozen=True)
class Drawing:
    """A filled tool."""

    tool: Tool
    head: str
    rows: tuple[Row, ...] = ()

    @property
    def branches(self) -> list[Branch]:
        return branches_of(self.rows)


@dataclass
class Branch:
    """A row, its place in the outline, and the rows beneath it."""

    row: Row
    number: int
    below: list[Branch] = field(default_factory=list)

    def walk(self) -> Iterator[Branch]:
        yield self
        for each in self.below:
            yield from each.walk()


def branches_of(rows: tuple[Row, ...] | list[Row]) -> list[Branch]:
    """The rows as a tree; one that is too far in hangs on the row above it.

    >>> [each.row.text for each in branches_of([Row("a"), Row("b", 1), Row("c")])]
    ['a', 'c']
    """
    tops: list[Branch] = []
    line: list[Branch] = []
    for number, row in enumerate(rows):
        branch = Branch(row, number)
        del line[row.level :]
        (line[-1].below if line else tops).append(branch)
        line.append(branch)
    return tops
