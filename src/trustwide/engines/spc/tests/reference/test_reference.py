"""The engine against reference results: every number, flag, runs test and icon of `expected.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.intake import read_measures
from trustwide.engines.spc.model import CHARTS, Floats, Series

HERE = Path(__file__).parent
EXPECTED: list[dict[str, Any]] = json.loads((HERE / "expected.json").read_text())
LIMITS = ("lower", "upper", "near_lower", "near_upper")
CLOSE = 1e-9  # of the larger of centre and limits


@cache
def analysed() -> dict[str, Series]:
    read = read_measures(HERE / "measures.csv", settings=HERE / "settings.csv")
    assert read.batch is not None, read.problems
    return {series.name: series for series in Analysis(read.batch)}


def unpacked(runs: list[list[Any]]) -> list[Any]:
    return [value for count, value in runs for _ in range(count)]


def line(runs: list[list[Any]]) -> Floats:
    return np.array(unpacked(runs), float)


def largest(*lines: Floats) -> float:
    return float(np.nanmax(np.abs(np.concatenate([*lines, [0.0]]))))


def assert_close(found: Floats, wanted: Floats, scale: float, what: str) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=CLOSE * scale, equal_nan=True, err_msg=what)


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda wanted: wanted["name"])
def test_numbers_equal_the_reference(wanted: dict[str, Any]) -> None:
    found = analysed()[wanted["name"]]
    values, centre = line(wanted["value"]), line(wanted["centre"])
    limits = {name: line(wanted[name]) for name in LIMITS}
    scale = largest(centre, *limits.values())
    assert_close(found.values, values, largest(values), "value")
    assert_close(found.centre, centre, scale, "centre")
    if not wanted.get("undefined_or_flat"):
        for name, limit in limits.items():
            assert_close(getattr(found, name), limit, scale, name)


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda wanted: wanted["name"])
def test_points_and_signals_equal_the_reference(wanted: dict[str, Any]) -> None:
    found = analysed()[wanted["name"]]
    assert [str(date)[:10] for date in found.dates] == wanted["dates"]
    assert found.segments.tolist() == unpacked(wanted["segment"])
    assert found.excluded.tolist() == unpacked(wanted["excluded"])
    signals = {str(place): sorted(each) for place, each in enumerate(found.signals) if each}
    assert signals == {place: sorted(each) for place, each in wanted["signals"].items()}
    assert list(found.effects) == unpacked(wanted["effect"])


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda wanted: wanted["name"])
def test_runs_and_icons_equal_the_reference(wanted: dict[str, Any]) -> None:
    found = analysed()[wanted["name"]]
    assert [asdict(run) for run in found.runs] == wanted["runs"]
    assert (found.variation, found.assurance, found.trial) == tuple(
        wanted[icon] for icon in ("variation", "assurance", "trial")
    )


def test_reference_covers_every_chart_rule_and_icon(capsys: pytest.CaptureFixture[str]) -> None:
    flagged = {signal for wanted in EXPECTED for each in wanted["signals"].values() for signal in each}
    assert {wanted["chart"] for wanted in EXPECTED} == set(CHARTS)
    assert flagged == {"outside", "shift", "trend", "two_of_three"}
    assert {wanted["assurance"] for wanted in EXPECTED} == {"pass", "fail", "inconsistent", None}
    assert len({wanted["variation"] for wanted in EXPECTED}) == 7
    with capsys.disabled():
        points = sum(len(wanted["dates"]) for wanted in EXPECTED)
        print(f"\nreference: {len(EXPECTED)} series, {points:,} points compared")


def test_a_wrong_number_would_be_noticed() -> None:
    wanted = EXPECTED[0]
    centre = [[count, value and value * (1 + 1e-6)] for count, value in wanted["centre"]]
    with pytest.raises(AssertionError, match="centre"):
        test_numbers_equal_the_reference({**wanted, "centre": centre})
