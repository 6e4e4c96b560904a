"""The limits of Anhøj's runs test, for any number of useful points."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def runs_limits(useful: int) -> tuple[Ints, Ints]:
    """Limits of the longest run and of crossings for 0, 1, … `useful` (and some more) useful points.

    Longest run: round(log2(n)) + 3 (Schilling 2012). Crossings: the 5 % quantile of Binomial(n - 1, 1/2)
    (Chen 2010). A signal is a longer run, or fewer crossings (Anhøj and Olesen 2014).

    >>> longest, crossings = runs_limits(60)
    >>> int(longest[24]), int(crossings[24]), int(longest[60]), int(crossings[60])
    (8, 8, 9, 23)
    """
    return _runs_limits(max(128, 1 << int(useful).bit_length()))


@cache
def _runs_limits(size: int) -> tuple[Ints, Ints]:
    points = np.arange(1, size)
    longest = np.concatenate([[0], np.round(np.log2(points)).astype(np.int64) + 3])
    return longest, np.array([0, *_crossings(size)], np.int64)


def _crossings(size: int) -> list[int]:
    """The quantiles for 1 to size - 1 points, stepping the distribution from n - 1 to n trials."""
    quantile, at_or_below, exactly = 0, 1.0, 1.0
    quantiles = [0]
    for trials in range(1, size - 1):
        at_or_below -= exactly / 2
        exactly *= trials / (2 * (trials - quantile))
        if at_or_below < 0.05:
            exactly *= (trials - quantile) / (quantile + 1)
            quantile += 1
            at_or_below += exactly
        quantiles.append(quantile)
    return quantiles
