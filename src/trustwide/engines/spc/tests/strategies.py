"""What the property tests feed the engine: series as people have them, with ties, gaps, steps and constants."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from trustwide.engines.spc.model import CHARTS, Batch, Settings

MONTHS = np.datetime64("2015-01-01", "s") + np.arange(400) * np.timedelta64(1, "D")
#: Coarse values tie often, as counts and percentages do; NaN is a missing value.
VALUES = st.one_of(
    st.integers(0, 12).map(float),
    st.integers(-400, 400).map(lambda number: number / 8),
    st.just(float("nan")),
)
SETTINGS = st.builds(
    Settings,
    chart=st.sampled_from([chart for chart in CHARTS if chart in ("xmr", "i", "run", "mr", "c", "g")]),
    rules=st.sampled_from(["nhs", "anhoj"]),
    improvement=st.sampled_from(["increase", "decrease", "neutral"]),
    target=st.none() | st.integers(-20, 20).map(float),
    screen=st.booleans(),
    baseline=st.none() | st.integers(1, 30),
)


@st.composite
def points(draw: Any, longest: int = 60) -> dict[str, Any]:
    """One series: values, segments that only go up, and points left out."""
    count = draw(st.integers(1, longest))
    steps = draw(st.lists(st.integers(0, 9).map(lambda die: die == 0), min_size=count - 1, max_size=count - 1))
    left_out = st.lists(st.integers(0, 9).map(lambda die: die == 0), min_size=count, max_size=count)
    return {
        "values": np.array(draw(st.lists(VALUES, min_size=count, max_size=count))),
        "segments": np.cumsum([1, *steps]).astype(np.int32),
        "excluded": np.array(draw(left_out)),
        "settings": draw(SETTINGS),
    }


def as_batch(*series: dict[str, Any]) -> Batch:
    """Those series one after the other."""
    sizes = [len(each["values"]) for each in series]
    return Batch(
        names=[f"Series {number}" for number in range(len(series))],
        settings=[each["settings"] for each in series],
        offsets=np.cumsum([0, *sizes]),
        dates=np.concatenate([MONTHS[:size] for size in sizes]),
        values=np.concatenate([each["values"] for each in series]),
        segments=np.concatenate([each["segments"] for each in series]),
        excluded=np.concatenate([each["excluded"] for each in series]),
    )
