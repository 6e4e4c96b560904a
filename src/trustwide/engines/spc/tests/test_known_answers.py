"""Published figures of the packages' manuals, from data that ships or stands beside the project."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trustwide.engines.spc import Batch, Series, Settings, analyse

PROJECT = Path(__file__).resolve().parents[5]
OPEN_DATA = PROJECT / "src" / "trustwide" / "rooms" / "measures" / "data" / "ae_attendances.csv"
#: Data of a GPL package, which may not ship: these checks run where it stands beside the project.
BESIDE = PROJECT.parent / "shared" / "data" / "spc"


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def charted(values: Any, sizes: Any = None, segments: Any = None, **settings: Any) -> Series:
    counts = np.asarray(values, float)
    plotted = counts if sizes is None else counts / np.asarray(sizes, float)
    days = np.datetime64("2000-01-01", "s") + np.arange(len(counts)) * np.timedelta64(1, "D")
    batch = Batch(
        ["Known"], Settings(**settings), np.array([0, len(counts)]), days, plotted,
        segments=None if segments is None else np.asarray(segments, np.int32),
        numerators=None if sizes is None else counts, sizes=None if sizes is None else np.asarray(sizes, float),
    )  # fmt: skip
    return analyse(batch)[0]


def test_the_manual_of_the_nhs_package() -> None:
    values = [1, 2, 1, 2, 10] + [1 + at % 2 for at in range(13)]
    screened, whole = charted(values), charted(values, screen=False)
    found = [round(float(each[0]), 2) for each in (screened.centre, screened.lower, screened.upper)]
    assert found == [1.94, -0.72, 4.60]
    assert [round(float(each[0]), 2) for each in (whole.lower, whole.upper)] == [-3.06, 6.95]


def test_breaches_of_one_trust() -> None:
    """A&E breaches of RRK, type 1, 24 months to March 2018 (Open Government Licence, NHS England)."""
    rows = [row for row in rows_of(OPEN_DATA) if row["org_code"] == "RRK" and row["type"] == "1"]
    months = sorted((row["period"], float(row["breaches"])) for row in rows if row["period"] <= "2018-03-31")[-24:]
    series = charted([value for _, value in months], improvement="decrease")
    assert series.centre[0] == pytest.approx(1711.875, abs=5e-4)
    assert (series.lower[0], series.upper[0]) == pytest.approx((849.793, 2573.957), abs=5e-4)
    counts = [series.effects.count(each) for each in ("common", "improvement", "concern")]
    assert (counts, series.variation) == ([15, 8, 1], "common")


def beside() -> Iterator[tuple[str, Series, float, float, float, tuple[int, ...]]]:
    """Name, series, centre, last limits, and longest/limit and crossings/limit of the last segment."""
    table = {name: rows_of(BESIDE / f"{name}.csv") for name in ("nhs_accidents", "cdi", "gtt_monthly", "complaints")}
    infections = rows_of(BESIDE / "hospital_infections.csv")
    seen, all_ = (
        [float(row[each]) for row in table["nhs_accidents"]] for each in ("seen_within_4h", "attendances")
    )  # fmt: skip
    anhoj: dict[str, Any] = {"rules": "anhoj", "improvement": "decrease"}
    yield "four hours p", charted(seen, all_, chart="p", **anhoj), 0.9529, 0.95169, 0.95411, (5, 7, 9, 6)
    yield "four hours pp", charted(seen, all_, chart="pp", **anhoj), 0.9529, 0.93997, 0.96582, (5, 7, 9, 6)
    cases, days = ([float(row[each]) for row in table["cdi"]] for each in ("n", "days"))
    yield "cdi run", charted(cases, chart="run", **anhoj), 17, math.nan, math.nan, (14, 8, 6, 11)
    yield "cdi c", charted(cases, chart="c", baseline=24, **anhoj), 18.708, 5.732, 31.684, (15, 8, 8, 13)
    parts = np.repeat([1, 2], [24, 12])
    rate = charted(cases, days, parts, chart="u", multiply=10_000, **anhoj)
    yield "cdi u", rate, 5.0089, 0, 10.647, (4, 7, 6, 3)
    harms, stays = ([float(row[each]) for row in table["gtt_monthly"]] for each in ("harms", "days"))
    yield "gtt u", charted(harms, stays, chart="u", multiply=1_000, **anhoj), 59.491, 0, 122.7, (4, 7, 7, 5)
    complaints, sales = ([float(row[each]) for row in table["complaints"]] for each in ("complaints", "sales"))
    prime = charted(complaints, sales, chart="ip", **anhoj)
    yield "complaints ip", prime, 0.0049973, 0.0029377, 0.0070568, (5, 7, 7, 6)
    months = sorted({row["month"] for row in infections})
    totals = {
        each: [sum(float(row[each]) for row in infections if row["month"] == month) for month in months]
        for each in ("n", "days")
    }
    every = charted(totals["n"], totals["days"], chart="u", multiply=10_000, **anhoj)
    yield "infections u", every, 18.236, 15.705, 20.767, (4, 8, 12, 8)


@pytest.mark.skipif(not BESIDE.is_dir(), reason="the worked examples whose data may not ship are not here")
def test_worked_examples_of_the_anhoj_package(capsys: pytest.CaptureFixture[str]) -> None:
    checked = 0
    for name, series, centre, lower, upper, runs in beside():
        assert series.centre[-1] == pytest.approx(centre, rel=2e-4), name
        for found, expected in ((series.lower[-1], lower), (series.upper[-1], upper)):
            assert found == pytest.approx(expected, nan_ok=True, rel=1e-3, abs=1e-6), name
        last = series.runs[-1]
        assert (last.longest, last.longest_limit, last.crossings, last.crossings_limit) == runs, name
        checked += 1
    with capsys.disabled():
        print(f"\nworked examples checked: {checked}")
    assert checked == 8
