"""The value axis of a chart: its range, its ticks, and how its numbers are said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trustwide.engines.spc.model import Floats

#: Beyond these sizes numbers are drawn at the edge, so that no sum overflows and no division underflows.
LARGEST, SMALLEST_SPAN = 1e300, 1e-280
SHORT_FORMS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k"))
DIVISORS = {"tn": 1e12, "bn": 1e9, "m": 1e6, "k": 1e3, "": 1.0}
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of one chart are said: as precisely as its ticks need, with the unit if one was told.

    `largest` is the largest distance from nought; `signed` whether any number is below it.
    """

    step: float
    largest: float
    signed: bool = False
    unit: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether numbers are written out, rather than as 1.2e+20."""
        return self.largest < 1e15 and self.step >= 1e-6 and self.largest < self.step * 1e12

    @property
    def short_form(self) -> str:
        """The suffix of ticks: none, k, m, bn or tn."""
        return next((suffix for size, suffix in SHORT_FORMS if self.largest >= size), "")

    def ticks(self, values: Iterable[float]) -> list[str]:
        """The words of the ticks, all in one short form."""
        if not self.is_plain:
            return [f"{value:.3g}{self.unit}".replace("-", MINUS) for value in values]
        suffix = self.short_form
        divisor = DIVISORS[suffix]
        places = max(0, -self._power(divisor))
        return [
            f"{value / divisor:z,.{places}f}{suffix if value else ''}{self.unit}".replace("-", MINUS)
            for value in values
        ]

    def label(self, value: float) -> str:
        """A number beside a line: one figure finer than the ticks, and millions as 1.23m."""
        if not self.is_plain:
            return f"{value:.4g}{self.unit}".replace("-", MINUS)
        suffix = self.short_form if self.largest >= 1e6 else ""
        value /= DIVISORS[suffix]
        places = max(0, 1 - self._power(DIVISORS[suffix]))
        text = f"{value:z,.{places}f}"
        if places and abs(value - round(value, places)) <= 1e-9 * abs(value):
            text = text.rstrip("0").rstrip(".")  # 7 and 99.9 are exactly that: 7.00 would say less, not more
        return f"{text}{suffix}{self.unit}".replace("-", MINUS)

    def exact(self, value: float, finer: int = 0) -> str:
        """A number in a point's title or in the table: finer than any label, without trailing noughts."""
        return self.exact_all([value], finer)[0]

    def exact_all(self, values: Sequence[float], finer: int = 0) -> list[str]:
        """The numbers of many points, each as `exact` says it."""
        if not self.is_plain:
            return [f"{value:.6g}{self.unit}".replace("-", MINUS) for value in values]
        places = max(0, 2 - self._power() + finer)
        if self.largest < 1000 and not self.signed:  # the quick way, without commas and signs
            form = f"%.{places}f"
            texts = [form % value for value in values]
        else:
            form = f"z,.{places}f"
            texts = [format(value, form) for value in values]
        if places:
            texts = [text.rstrip("0").rstrip(".") for text in texts]
        if self.unit:
            texts = [text + self.unit for text in texts]
        return [text.replace("-", MINUS) for text in texts] if self.signed else texts

    def _power(self, divisor: float = 1.0) -> int:
        """The power of ten of the step between ticks."""
        return math.floor(math.log10(self.step / divisor) + 1e-9)


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of the value axis and its ticks; `numbers` says values in its precision."""

    low: float
    high: float
    ticks: list[float]
    numbers: Numbers

    @classmethod
    def of(cls, everything: Floats, count: int = 7, unit: str = "") -> Scale:
        """A scale of about `count` ticks with room for every number; missing ones (NaN) are skipped.

        >>> Scale.of(np.array([93.1, 97.8, np.nan])).ticks
        [93.0, 94.0, 95.0, 96.0, 97.0, 98.0]
        """
        low, high = (
            float(np.fmin.reduce(everything, initial=np.inf)),
            float(np.fmax.reduce(everything, initial=-np.inf)),
        )
        low, high = (max(low, -LARGEST), min(high, LARGEST)) if low <= high else (0.0, 1.0)
        largest, signed = max(abs(low), abs(high)), low < 0
        margin = 0.06 * (high - low)
        if high - low < max(1e-9 * largest, SMALLEST_SPAN):
            margin = 0.1 * largest if largest > SMALLEST_SPAN else 1.0
        low, high = (0.0 if 0 <= low < margin else low - margin), high + margin
        step = _nice((high - low) / count)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        ticks = [float(f"{place * step:.12g}") for place in range(first, last + 1)]
        return cls(low, high, ticks, Numbers(step, largest, signed, unit))

    def heights(self, values: Floats, top: float, bottom: float) -> list[float]:
        """Where values are drawn between `top` and `bottom`, to a tenth of a unit; missing ones stay missing."""
        if self.numbers.largest >= LARGEST:
            values = values.clip(-LARGEST, LARGEST)
        placed: list[float] = (
            (bottom - (values - self.low) * ((bottom - top) / (self.high - self.low))).round(1).tolist()
        )
        return placed


def _nice(step: float) -> float:
    """The next of 1, 2 or 5 times a power of ten."""
    power = math.floor(math.log10(step))
    return next((float(f"{n}e{power}") for n in (1, 2, 5) if step <= n * 10.0**power * 1.0001), float(f"1e{power + 1}"))
