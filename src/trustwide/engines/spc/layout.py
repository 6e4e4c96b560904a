"""Where everything on a chart goes: rows of words above the plot, the plot itself, room for words beside and below."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from trustwide.engines.spc.marks import EFFECT_WORDS, LEFT_OUT
from trustwide.engines.spc.model import Effect, Floats, Series
from trustwide.engines.spc.scale import Scale
from trustwide.engines.spc.timeline import timeline_of
from trustwide.engines.spc.typed import plain, width_of

TEXT = 13
#: DejaVu Sans, which is shown where there is neither Arial nor its like, is up to so much wider.
WIDEST = 1.12
ROW = 18
#: Narrower than this, words are shorter and only flagged points have titles.
NARROW = 500
MOST_NOTES = 9
#: Charts whose centre line is a median.
MEDIAN_CHARTS = {"run", "g"}
#: Fewer values than this and no legend claims that they vary as usual.
FEW_VALUES = 3


class Note(NamedTuple):
    """Words to be listed under the chart, by number: at a point, or at the start of a segment."""

    number: int
    at: int
    words: str
    resets: bool


class LegendItem(NamedTuple):
    """A mark that is on the chart and the word for it, `right` from the left of the picture in row `row`."""

    right: float
    row: int
    effect: Effect
    words: str
    hollow: bool


class Layout:
    """One series laid out in a picture `width` wide. All places are in the picture's own units, down and right.

    `across` and `heights` are the places of points, `xs` and `ys` the same as text with one decimal; `centre`,
    `lower`, `upper` and `target` are the heights of lines at them (all NaN where missing), and `edges` the places
    between and around them at which lines step.
    """

    def __init__(self, series: Series, width: int, height: int, unit: str) -> None:
        self.series = series
        self.width = width
        self.is_narrow = width < NARROW
        self.count = len(series.values)
        self.drawn = series.values == series.values  # not missing
        self.time = timeline_of(series.dates)
        everything = np.concatenate((series.values, series.centre, series.lower, series.upper, series.targets))
        self.scale = Scale.of(everything, max(3, height // 45), unit)
        self.numbers = self.scale.numbers
        self.lines = self._line_ends()
        self.ticks = self.numbers.ticks(self.scale.ticks)
        self.left = round(14 + max([width_of(words, TEXT) for words in self.ticks], default=0.0), 1)
        longest = max([width_of(words, TEXT) for _, words in self.lines], default=8.0)
        self.right = round(width - 12 - WIDEST * longest, 1)
        self.resets: list[int] = ((series.segments[1:] != series.segments[:-1]).nonzero()[0] + 1).tolist()
        self.segments = list(pairwise([0, *self.resets, self.count]))
        self._place_across()
        self.reset_labels, unsaid = self._reset_labels()
        self.notes, self.earlier_notes = self._numbered_notes(unsaid)
        self.legend = self._legend()
        rows = self.legend[-1].row + 1 if self.legend else 0
        self.reset_row = 16 + ROW * rows
        self.top = 12 + ROW * (rows + bool(self.reset_labels)) + 20 * bool(self.notes)
        self.bottom = max(height - 38, self.top + 80)
        placed = self.placed(everything)
        columns = (placed[column * self.count : (column + 1) * self.count] for column in range(5))
        self.heights, self.centre, self.lower, self.upper, self.target = columns
        self.ys = _as_text(self.heights)

    def placed(self, values: Floats) -> list[float]:
        """Where values stand in the plot, down from the top of the picture; NaN where they are missing."""
        return self.scale.heights(values, self.top + 4, self.bottom)

    def _line_ends(self) -> list[tuple[float, str]]:
        """Where lines end at the right, and the words and number that say what each is."""
        series, found = self.series, []
        average = "Median" if series.settings.chart in MEDIAN_CHARTS else "Average"
        if series.settings.centre is not None:
            average = "Centre"
        limit = "" if self.is_narrow else " limit"
        for words, line in ((f"Upper{limit}", series.upper), (average, series.centre), (f"Lower{limit}", series.lower)):
            if (value := _last(line)) is not None:
                found.append((value, f"{words} {self.numbers.label(value)}"))
        if (target := _last(series.targets)) is not None:
            found.append((target, f"Target {self.numbers.exact(target, finer=1)}"))
        return found

    def _place_across(self) -> None:
        room = self.right - self.left
        inset = min(16.0, room / (2 * self.count)) if self.count else 0.0
        self.across: Floats = (self.left + inset + self.time.places * (room - 2 * inset)).round(1)
        self.xs = _as_text(self.across.tolist())
        between = (0.5 * (self.across[1:] + self.across[:-1])).round(1).tolist()
        self.edges: list[float] = [self.left, *between, self.right]
        self.radius = min(4.0, max(1.5, 0.36 * room / max(1, self.count)))

    def _legend(self) -> list[LegendItem]:
        """The marks which are on this chart, and no others, in rows."""
        series, drawn = self.series, self.drawn
        present = {effect for effect, is_drawn in zip(series.effects, drawn.tolist(), strict=True) if is_drawn}
        if drawn.sum() < FEW_VALUES:
            present.discard("common")
        items = [(effect, words, False) for effect, words in EFFECT_WORDS.items() if effect in present]
        if (series.excluded & drawn).any():
            items.append(("common", LEFT_OUT.capitalize(), True))
        placed: list[LegendItem] = []
        row, x = 0, self.left
        for effect, words, hollow in items:
            length = 28 + width_of(words, TEXT)
            if placed and x + length > self.width:
                row, x = row + 1, self.left
            placed.append(LegendItem(x, row, effect, words, hollow))
            x += length
        return placed

    def _reset_labels(self) -> tuple[list[tuple[float, str, str]], set[int]]:
        """Place, words and anchor of what each reset line says, as far as room allows; and whose reason is unsaid."""
        labels: list[tuple[float, str, str]] = []
        unsaid: set[int] = set()
        taken = self.left
        for at, following in self.segments[1:]:
            x = self.edges[at]
            room_right = (self.edges[following] if following < self.count else self.width) - x - 12
            reason = plain(self.series.notes.get(at, ""))
            choices = [f"Limits reset, {self.time.say(at)}", "Limits reset", "Reset", ""]
            if reason:
                choices.insert(0, f"Limits reset: {reason}")
            room = max(room_right, x - taken - 8)
            said = next(words for words in choices if width_of(words, TEXT) <= room or not words)
            if reason and said != choices[0]:
                unsaid.add(at)
            fits_right = width_of(said, TEXT) <= room_right
            labels.append((x + 5, said, "start") if fits_right else (x - 5, said, "end"))
            taken = x + 5 + width_of(said, TEXT) if fits_right else x
        return labels, unsaid

    def _numbered_notes(self, unsaid: set[int]) -> tuple[list[Note], int]:
        """The latest notes, numbered from the left; and how many earlier ones are only in the table."""
        if not self.series.notes:
            return [], 0
        said = set(self.resets) - unsaid
        notes = sorted(
            (at, words)
            for at, note in self.series.notes.items()
            if at not in said and 0 <= at < self.count and (words := plain(note))
        )
        latest = notes[-MOST_NOTES:]
        listed = [Note(number, at, words, at in unsaid) for number, (at, words) in enumerate(latest, start=1)]
        return listed, len(notes) - len(latest)


def _as_text(places: list[float]) -> list[str]:
    """Each place with one decimal; formatted all at once, which takes half the time."""
    return ("%.1f " * len(places) % tuple(places)).split()


def _last(line: Floats) -> float | None:
    """The last number in a line, if it has any."""
    if not line.size:
        return None
    last = float(line[-1])
    if last == last:
        return last
    known = line[line == line]
    return float(known[-1]) if known.size else None
