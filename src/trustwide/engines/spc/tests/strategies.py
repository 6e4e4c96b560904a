"""What the property tests feed the engine: series as people have them, with ties, gaps, steps and constants."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from trustwide.engines.spc.model import CHARTS, Batch, Settings

MONTHS = np.datetime64("2015-01-01", "s") + np.arange(400) * np.timedelta64(1, "D")
COARSE, FINE, MISSING = [float(number) for number in range(13)], [number / 8 for number in range(-400, 401)], [np.nan]
#: About as many coarse values, which tie often as counts and percentages do, as fine ones, and some missing. One list
#: to pick from, since every choice that a case makes costs far more time than the engine does.
VALUES = st.sampled_from(COARSE * 60 + FINE + MISSING * 160)
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
    """One series: values, of which some stretch may climb or fall, segments that only go up, and points left out."""
    count = draw(st.integers(1, longest))
    places = st.lists(st.integers(0, count - 1), max_size=1 + count // 4)
    starts, left_out = (np.isin(np.arange(count), draw(places)) for _ in range(2))
    values = np.array(draw(st.lists(VALUES, min_size=count, max_size=count)))
    values[: draw(st.integers(0, count))].sort()  # missing values last
    return {
        "values": values[:: draw(st.sampled_from([1, -1]))].copy(),
        "segments": (1 + np.cumsum(starts) - starts[0]).astype(np.int32),
        "excluded": left_out,
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
