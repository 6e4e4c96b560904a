"""Invented files of measures that use everything a file may say."""

from __future__ import annotations

import io

from trustwide.engines.spc.intake import read_measures
from trustwide.engines.spc.model import CHARTS, RATIO_CHARTS, SUBGROUP_CHARTS, Batch, Settings

HEADER = "series,date,value,numerator,denominator,target,segment,exclude,note\n"


def settings_by_chart() -> dict[str, Settings]:
    """A measure of each chart, named for it, with settings that are not the usual ones where it may have them."""
    by_name = {chart: Settings(chart=chart, improvement="decrease", rules="anhoj") for chart in CHARTS}
    by_name["xmr"] = Settings(target=9.5, baseline=12, multiply=10, floor_zero=True, screen=False)
    by_name["i"] = Settings(chart="i", centre=11.0, aggregate="median", improvement="neutral")
    return by_name


def rows_of(chart: str) -> list[str]:
    """Two years of months: new limits in the second, one point left out, a note, a trajectory, a gap."""
    rows = []
    for month in range(24):
        date = f"{2017 + month // 12}-{month % 12 + 1:02}-01"
        number = 10 + (month * 7) % 5 + month // 4
        value = "" if month == 5 and chart not in ("g", "t", *SUBGROUP_CHARTS) else str(number)
        said = f",{90 + month / 8},{1 + month // 12},{'yes' if month == 3 else ''},{'New ward' if month == 8 else ''}"
        if chart in RATIO_CHARTS:
            rows.append(f"{chart},{date},,{value},{100 + month}{said}")
        elif chart in SUBGROUP_CHARTS:
            rows += [f"{chart},{date},{number + shift * 1.5},,{said}" for shift in (-1, 0, 1, 2)]
        else:
            rows.append(f"{chart},{date},{value},,{said}")
    return rows


def every_chart() -> Batch:
    text = HEADER + "".join(f"{row}\n" for chart in CHARTS for row in rows_of(chart))
    read = read_measures(io.BytesIO(text.encode()), settings=settings_by_chart())
    assert read.batch is not None, read.problems
    return read.batch
