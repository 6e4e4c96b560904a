"""A board report: what is changing, what is not, and what to ask; no red, amber and green.

Plain Python over analysed series, shared by the web page, the PDF and the command line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trustwide.engines.spc.model import Assurance, Effect, Series
from trustwide.engines.spc.words import has_too_few, period_of, spoken_date

#: Rows and columns of the summary, in reading order: what is changing, against how it stands with its target.
CHANGES: tuple[Effect, ...] = ("improvement", "concern", "neutral", "common")
TARGETS: tuple[Assurance | None, ...] = ("pass", "inconsistent", "fail", None)
CHANGE_WORDS: dict[Effect, str] = {
    "improvement": "Improving",
    "concern": "Concern",
    "neutral": "Changed",
    "common": "As usual",
}
TARGET_WORDS: dict[Assurance | None, str] = {
    "pass": "Consistently meets",
    "inconsistent": "Hit and miss",
    "fail": "Consistently misses",
    None: "No target",
}
#: What deserves a board's time first: higher comes earlier.
WORTH: dict[tuple[Effect, Assurance | None], int] = {
    ("concern", "fail"): 11,
    ("concern", "inconsistent"): 10,
    ("concern", None): 9,
    ("concern", "pass"): 8,
    ("common", "fail"): 7,
    ("improvement", "fail"): 6,
    ("neutral", None): 5,
    ("improvement", "inconsistent"): 4,
    ("improvement", None): 3,
    ("improvement", "pass"): 3,
    ("common", "inconsistent"): 2,
    ("common", None): 1,
    ("common", "pass"): 0,
}
QUESTIONS: dict[tuple[Effect, Assurance | None], str] = {
    ("concern", "fail"): (
        "It misses the target and is moving the wrong way. "
        "What do the people who do this work say has changed, and what could we take out of their way?"
    ),
    ("concern", "inconsistent"): "What changed at about that time, and what is being tried?",
    ("concern", None): "What changed at about that time, and what is being tried?",
    ("concern", "pass"): "It still meets the target. What changed, and should we act before it does not?",
    ("common", "fail"): (
        "Nothing here is changing, so it will go on missing the target. "
        "What would have to be different in how the work is done, and what will be tried first?"
    ),
    ("improvement", "fail"): "It is getting better, but not enough yet. What was tried, and what would help it on?",
    ("neutral", None): "What is behind the change, and does it matter to the people we serve?",
    ("improvement", "inconsistent"): "What was tried, who should hear of it, and how will it be kept?",
    ("improvement", None): "What was tried, who should hear of it, and how will it be kept?",
    ("improvement", "pass"): "What was tried, who should hear of it, and how will it be kept?",
    ("common", "inconsistent"): (
        "Whether it meets the target is down to chance. Would meeting it every time be worth a change in how we work?"
    ),
    ("common", None): "It is steady. Is steady good enough?",
    ("common", "pass"): "It is steady and meets the target. Could we look at it less often?",
}
TOO_FEW = "There are too few numbers to tell yet. Who sends them, and when will there be twelve?"
LONGEST_SUMMARY = 5
#: Measures on one screen of a report: more make a page that a phone cannot hold.
BLOCKS_A_PAGE = 50


@dataclass(frozen=True, eq=False)
class Block:
    """One measure of a report, numbered in the order of the report."""

    number: int
    series: Series

    @property
    def anchor(self) -> str:
        return f"measure-{self.number}"

    @property
    def page(self) -> int:
        """Which page of the report on screen it stands on."""
        return (self.number - 1) // BLOCKS_A_PAGE + 1

    @property
    def change(self) -> Effect:
        return change_of(self.series)

    @property
    def question(self) -> str:
        return TOO_FEW if has_too_few(self.series) else QUESTIONS[self.change, self.series.assurance]

    @property
    def change_words(self) -> str:
        return CHANGE_WORDS[self.change]

    @property
    def target_words(self) -> str:
        return TARGET_WORDS[self.series.assurance]


@dataclass(frozen=True, eq=False)
class BoardReport:
    """A report over analysed series; what is worth the board's time stands first."""

    title: str
    blocks: list[Block]
    noun: str = "measure"

    @classmethod
    def of(cls, title: str, analysis: Iterable[Series], noun: str = "measure") -> BoardReport:
        """Order the series by what deserves time, then as given; each is one `noun`."""
        ordered = sorted(analysis, key=lambda series: -WORTH[change_of(series), series.assurance])
        return cls(title, [Block(number, series) for number, series in enumerate(ordered, start=1)], noun)

    @cached_property
    def matrix(self) -> dict[Effect, dict[Assurance | None, list[Block]]]:
        """Blocks by what is changing and how they stand with their target; only rows and columns that hold any."""
        columns = [each for each in TARGETS if any(block.series.assurance == each for block in self.blocks)]
        rows = [each for each in CHANGES if any(block.change == each for block in self.blocks)]
        return {row: {column: self._cell(row, column) for column in columns} for row in rows}

    def _cell(self, change: Effect, assurance: Assurance | None) -> list[Block]:
        return [block for block in self.blocks if (block.change, block.series.assurance) == (change, assurance)]

    change_words = CHANGE_WORDS
    target_words = TARGET_WORDS

    @property
    def columns(self) -> list[Assurance | None]:
        return list(next(iter(self.matrix.values()), {}))

    @property
    def changed(self) -> list[Block]:
        return [block for block in self.blocks if block.change != "common"]

    @cached_property
    def summary(self) -> list[str]:
        """At most five sentences: the count of each kind, then the changes most worth hearing."""
        counts = Counter(block.change for block in self.blocks)
        told = [f"{counts[each]} {_verb(each, counts[each])}" for each in CHANGES if counts[each]]
        if few := sum(has_too_few(block.series) for block in self.blocks):  # no signal can be in them: they come last
            told[-1] += f" ({few} of these with too few numbers to tell)"
        total = len(self.blocks)
        first = f"Of {total} {self.noun}{'' if total == 1 else 's'}, {join_words(told)}."
        return [first, *(first_sentence(block.series.sentence) for block in self.changed[: LONGEST_SUMMARY - 1])]

    @cached_property
    def until(self) -> str:
        """The last period that any measure has a value for."""
        ends = [series.dates[~np.isnan(series.values)][-1:] for series in (block.series for block in self.blocks)]
        known = np.concatenate(ends) if ends else np.empty(0, "datetime64[s]")
        return spoken_date(known.max(), period_of(self.blocks[0].series.dates)) if len(known) else ""


def _verb(change: Effect, count: int) -> str:
    verbs = {"improvement": "improving", "concern": "moving the wrong way", "common": "as usual"}
    if change == "neutral":
        return "has changed" if count == 1 else "have changed"
    return f"{'is' if count == 1 else 'are'} {verbs[change]}"


def change_of(series: Series) -> Effect:
    """The effect that a series' variation icon stands for."""
    effects: dict[str, Effect] = {"improvement": "improvement", "concern": "concern", "neutral": "neutral"}
    return effects.get(series.variation.partition("_")[0], "common")


def join_words(words: list[str]) -> str:
    """Words as a list is spoken: "one, two and three".

    >>> join_words(["one", "two", "three"])
    'one, two and three'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def first_sentence(text: str) -> str:
    """The text up to the first full stop that ends a sentence."""
    head, stop, _ = text.partition(". ")
    return head + "." if stop else text
