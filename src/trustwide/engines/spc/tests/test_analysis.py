"""What must hold of any series: scale, shift, order, independence, and that the batch changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc import kernel, output
from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.model import CHARTS, SUBGROUP_CHARTS, Settings
from trustwide.engines.spc.tests.strategies import as_batch, points

LINES = ("values", "centre", "lower", "upper", "near_lower", "near_upper")


def told(analysis: Analysis) -> list[dict[str, Any]]:
    return [output.series_as_dict(series) for series in analysis]


def same_lines(one: Any, other: Any, scale: float = 1.0, shift: float = 0.0) -> None:
    for name in LINES:
        expected = getattr(one, name) * scale + shift
        np.testing.assert_allclose(getattr(other, name), expected, rtol=1e-9, atol=1e-9 * abs(scale) * 400)


@given(points(), st.sampled_from([0.25, 2.0, 8.0, 1024.0]))
def test_signals_do_not_depend_on_the_scale(series: dict[str, Any], scale: float) -> None:
    if series["settings"].chart in ("c", "g"):  # a count has no scale
        series["settings"] = replace(series["settings"], chart="i")
    settings = series["settings"]
    target = None if settings.target is None else settings.target * scale
    grown = {**series, "values": series["values"] * scale, "settings": replace(settings, target=target)}
    before, after = Analysis(as_batch(series))[0], Analysis(as_batch(grown))[0]
    assert (before.signals, before.effects, before.variation) == (after.signals, after.effects, after.variation)
    assert before.runs == after.runs
    same_lines(before, after, scale=scale)


@given(points(), st.sampled_from([-64.0, 16.0, 512.0]))
def test_signals_do_not_depend_on_the_zero(series: dict[str, Any], shift: float) -> None:
    series["settings"] = replace(series["settings"], chart="xmr", target=None)
    moved = {**series, "values": series["values"] + shift}
    before, after = Analysis(as_batch(series))[0], Analysis(as_batch(moved))[0]
    assert (before.signals, before.effects, before.runs) == (after.signals, after.effects, after.runs)
    same_lines(before, after, shift=shift)


@given(points())
def test_a_mirror_swaps_improvement_and_concern(series: dict[str, Any]) -> None:
    ways = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}
    settings = replace(series["settings"], chart="xmr")
    turned = {**series, "settings": replace(settings, improvement=ways[settings.improvement])}
    before, after = Analysis(as_batch({**series, "settings": settings}))[0], Analysis(as_batch(turned))[0]
    swap = {"improvement": "concern", "concern": "improvement"}
    assert [swap.get(effect, effect) for effect in before.effects] == after.effects
    assert before.signals == after.signals


@given(st.lists(points(20), min_size=1, max_size=6))
def test_a_batch_says_what_each_series_alone_says(many: list[dict[str, Any]]) -> None:
    together = Analysis(as_batch(*many))
    for number, series in enumerate(many):
        alone, among = Analysis(as_batch(series))[0], together[number]
        assert output.series_as_dict(replace(among, name="Series 0", sentence="")) == output.series_as_dict(
            replace(alone, sentence="")
        )


@given(points(30), points(30))
def test_segments_are_independent(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Two segments of one series flag the points that two series would."""
    settings = replace(first["settings"], baseline=None)
    for part in (first, second):
        part["settings"], part["segments"] = settings, np.ones(len(part["values"]), np.int32)
    joined = {
        "settings": settings,
        "values": np.concatenate([first["values"], second["values"]]),
        "excluded": np.concatenate([first["excluded"], second["excluded"]]),
        "segments": np.repeat([1, 2], [len(first["values"]), len(second["values"])]).astype(np.int32),
    }
    whole = Analysis(as_batch(joined))[0]
    apart = list(Analysis(as_batch(first, second)))
    assert whole.signals == apart[0].signals + apart[1].signals
    assert [run.longest for run in whole.runs] == [run.longest for each in apart for run in each.runs]


@given(points())
def test_missing_values_at_either_end_change_nothing(series: dict[str, Any]) -> None:
    """Ragged equals padded: a longer row filled with gaps says the same of the points it has."""
    series["settings"] = replace(series["settings"], baseline=None, chart="xmr")
    segments = series["segments"]
    padded = {
        **series,
        "values": np.concatenate([series["values"], np.full(5, np.nan)]),
        "excluded": np.concatenate([series["excluded"], np.zeros(5, bool)]),
        "segments": np.concatenate([segments, np.full(5, segments[-1])]),
    }
    before, after = Analysis(as_batch(series))[0], Analysis(as_batch(padded))[0]
    assert before.signals == after.signals[:-5]
    assert (before.variation, before.assurance, before.runs) == (after.variation, after.assurance, after.runs)


@given(points())
def test_values_left_out_do_not_move_the_limits(series: dict[str, Any]) -> None:
    series["settings"] = replace(series["settings"], chart="xmr", baseline=None)
    changed = {**series, "values": np.where(series["excluded"], 9e5, series["values"])}
    kept = ~series["excluded"]
    before, after = Analysis(as_batch(series))[0], Analysis(as_batch(changed))[0]
    for name in ("centre", "lower", "upper"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert [before.signals[at] for at in np.flatnonzero(kept)] == [after.signals[at] for at in np.flatnonzero(kept)]


#: All but those of subgroups, whose gamma function is each language's own.
BIT_FOR_BIT = [chart for chart in CHARTS if chart not in SUBGROUP_CHARTS]


@given(st.lists(st.tuples(points(40), st.sampled_from(BIT_FOR_BIT), st.booleans()), min_size=1, max_size=5))
def test_compiled_and_plain_loops_agree_to_the_last_bit(many: list[tuple[dict[str, Any], Any, bool]]) -> None:
    for series, chart, floored in many:
        series["settings"] = replace(series["settings"], chart=chart, floor_zero=floored, multiply=1.1)
    batch = as_batch(*(series for series, _, _ in many))
    sizes = np.arange(len(batch.values)) % 7 + np.float64(1)
    batch = replace(batch, sizes=sizes, numerators=batch.values * sizes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "is_compiled_for", lambda points: False)
        plain = told(Analysis(batch))
        patch.setattr(kernel, "is_compiled_for", lambda points: True)
        assert told(Analysis(batch)) == plain


def test_shares_of_the_work_add_up_to_the_whole() -> None:
    random = np.random.default_rng(7)
    many = [
        {
            "settings": ANY,
            "values": random.normal(50, 5, size),
            "excluded": random.random(size) < 0.05,
            "segments": np.ones(size, np.int32),
        }
        for size in random.integers(1, 300, 500)
    ]
    with pytest.MonkeyPatch.context() as patch:
        whole = Analysis(as_batch(*many))
        patch.setattr(kernel, "WORTH_A_THREAD", 1_000)
        patch.setattr(kernel, "CORES", 4)
        shared = Analysis(as_batch(*many))
    np.testing.assert_array_equal(whole.flags, shared.flags)
    np.testing.assert_array_equal(whole.segments.widths, shared.segments.widths)


@pytest.mark.parametrize("compiled", [False, True])
def test_series_without_points_say_nothing(monkeypatch: pytest.MonkeyPatch, compiled: bool) -> None:
    monkeypatch.setattr(kernel, "is_compiled_for", lambda points: compiled)
    none = {"values": np.empty(0), "segments": np.empty(0, np.int32), "excluded": np.empty(0, np.bool_)}
    some = {"values": np.ones(9), "segments": np.ones(9, np.int32), "excluded": np.zeros(9, np.bool_)}
    settings = Settings(chart="p", target=0.5, floor_zero=True)
    for many in ([none], [none, some, none]):
        batch = as_batch(*({**each, "settings": settings} for each in many))
        found = Analysis(replace(batch, sizes=batch.values, numerators=batch.values))
        assert [last >= 0 for last in found.lasts] == [each is some for each in many]
        assert [each.variation for each in found] == ["common"] * len(many)
        assert [each.assurance is None for each in found] == [each is none for each in many]


@pytest.mark.parametrize("constant", [0.1, 0.3, 1 / 3, 97.7, 99.9, 100.0, 1e-9, 123456.789])
@pytest.mark.parametrize("chart", ["xmr", "i", "run", "t", "mr"])
def test_a_constant_series_has_no_signal(constant: float, chart: Any) -> None:
    for count in (2, 7, 24, 60, 360):
        series = {
            "settings": replace(ANY, chart=chart, target=constant * 0.9),
            "values": np.full(count, constant),
            "excluded": np.zeros(count, bool),
            "segments": np.ones(count, np.int32),
        }
        found = Analysis(as_batch(series))[0]
        assert set(found.signals) == {()}
        assert found.variation == "common"
        if chart in ("xmr", "i"):
            assert found.assurance == "pass"


ANY = Settings()
