"""Makers of analysed series for tests: by hand, so that what is drawn is tested apart from what is computed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from trustwide.engines.spc.model import Dates, Effect, Series, Settings, Signal


def make_months(start: str, count: int) -> Dates:
    """The first of so many months, from one such as "2018-04"."""
    return (np.datetime64(start, "M") + np.arange(count)).astype("datetime64[D]")


def make_series(values: ArrayLike, *, chart: Any = "xmr", **given: Any) -> Series:
    """A series of these values by month from April 2018, without signals, 10 either side of an average of 50.

    Any field of a `Series` may be given; one number for a line is that level at every point, and `flagged` maps
    a point to its effect and signals.
    """
    values = np.asarray(values, np.float64)
    count = len(values)
    flagged: dict[int, tuple[Effect, tuple[Signal, ...]]] = given.pop("flagged", {})
    levels = {"centre": 50, "lower": 40, "upper": 60, "near_lower": 43, "near_upper": 57, "targets": np.nan}
    lines = {
        name: np.broadcast_to(np.asarray(given.pop(name, level), np.float64), count).copy()
        for name, level in levels.items()
    }
    return Series(
        name=given.pop("name", "Falls per 1,000 bed days"),
        settings=given.pop("settings", Settings(chart=chart)),
        dates=given.pop("dates", make_months("2018-04", count)),
        values=values,
        segments=np.asarray(given.pop("segments", [1] * count), np.int32),
        excluded=np.asarray(given.pop("excluded", [False] * count), np.bool_),
        effects=[flagged.get(at, ("common", ()))[0] for at in range(count)],
        signals=[flagged.get(at, ("common", ()))[1] for at in range(count)],
        notes=given.pop("notes", {}),
        runs=[],
        variation=given.pop("variation", "common"),
        assurance=given.pop("assurance", None),
        trial=given.pop("trial", False),
        sentence=given.pop("sentence", "Falls have been as usual to March 2019."),
        **lines,
        **given,
    )
