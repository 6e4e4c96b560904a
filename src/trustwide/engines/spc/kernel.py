"""Runs the loops of `limits.py` and `rules.py`: as plain Python for a few points, compiled on every core for many."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc import limits, rules

Array = NDArray[Any]
Arrays = tuple[Array, ...]

#: Below this many points plain Python is done before numba would have been imported.
WORTH_COMPILING = 50_000
#: A thread takes at least this many points; for fewer, starting it costs more than it saves.
WORTH_A_THREAD = 200_000
CORES = os.cpu_count() or 1


class Points(NamedTuple):
    """Arrays by point; those that no chart uses are empty."""

    values: Array
    numerators: Array
    sizes: Array
    spreads: Array
    excluded: Array


class SegmentSettings(NamedTuple):
    """Settings by segment."""

    charts: Array
    rules: Array
    screens: Array
    baselines: Array
    knowns: Array


class Found(NamedTuple):
    """Where the kernel writes: a zone and a byte of flags by point, and numbers by segment."""

    zones: Array
    flags: Array
    by_segment: Arrays


@cache
def _compiled(module: ModuleType) -> Any:
    """The functions of a module of loops, compiled and calling one another compiled; numba keeps them on disk.

    One file at a time: numba's cache notices a change in a function's own file only.
    """
    from numba import njit

    names: dict[str, Any] = dict(vars(module))
    for name, function in vars(module).items():
        if isinstance(function, FunctionType):
            plain = FunctionType(function.__code__, names, name)
            names[name] = njit(cache=True, nogil=True, error_model="numpy")(plain)
    return SimpleNamespace(**names)


def is_compiled_for(points: int) -> bool:
    return points >= WORTH_COMPILING or "numba" in sys.modules


def call(module: ModuleType, function: str, inputs: Arrays, outputs: Arrays, points: int) -> None:
    """Run one function of a module of loops on flat arrays; it writes into `outputs`, which come after `inputs`."""
    if is_compiled_for(points):
        getattr(_compiled(module), function)(*inputs, *outputs)
        return
    written = [array.tolist() for array in outputs]
    getattr(module, function)(*(array.tolist() for array in inputs), *written)
    for array, values in zip(outputs, written, strict=True):
        array[:] = values


def read_only(array: Array) -> Array:
    """A view that may not be written, as Arrow's own memory is: so one compiled form serves what any caller gives."""
    view = array.view()
    view.flags.writeable = False
    return view


def analyse_segments(points: Points, bounds: Array, settings: SegmentSettings, found: Found) -> None:
    """Limits, then rules, of every segment, dealt to one thread a core with an equal share of points each."""
    segments, size = len(bounds) - 1, int(bounds[-1])
    workers = min(CORES, size // WORTH_A_THREAD)
    if workers < 2:
        _analyse_share(points, bounds, settings, found, slice(0, segments))
        return
    cuts = np.searchsorted(bounds, np.linspace(0, size, workers * 8 + 1)).clip(0, segments)
    with ThreadPoolExecutor(workers) as pool:
        shares = map(slice, cuts[:-1], cuts[1:])
        list(pool.map(lambda share: _analyse_share(points, bounds, settings, found, share), shares))


def _analyse_share(points: Points, bounds: Array, settings: SegmentSettings, found: Found, share: slice) -> None:
    own, size = bounds[share.start : share.stop + 1], int(bounds[-1])
    charts, rules_of, screens, baselines, knowns = (array[share] for array in settings)
    centres, middles, widths, margins, counts, useful, longest, crossings = (array[share] for array in found.by_segment)
    call(
        limits,
        "find_limits",
        (*points, own, charts, screens, baselines, knowns),
        (found.zones, centres, middles, widths, margins, counts),
        size,
    )
    call(
        rules,
        "find_signals",
        (points.values, found.zones, points.excluded, own, rules_of, margins),
        (*_working_room(own), found.flags, useful, longest, crossings),
        size,
    )


def _working_room(bounds: Array) -> Arrays:
    """Scratch arrays of `rules.find_signals`, as long as the longest segment."""
    room = int(np.diff(bounds).max(initial=0))
    padded = np.zeros((7, room + 2 * rules.PAD), np.uint8)
    return np.empty(room), np.empty(room, np.int8), np.empty(room, np.uint8), *padded


def prepare() -> None:
    """Compile everything now, so that nobody waits for it later (some twenty seconds, once)."""
    from trustwide.engines.spc.analysis import Analysis
    from trustwide.engines.spc.model import Batch, Settings

    values = np.ones(WORTH_COMPILING)
    dates = np.zeros(len(values), "datetime64[s]")
    for extra in (None, values):
        batch = Batch([""], Settings(), np.array([0, len(values)]), dates, values, sizes=extra)
        _ = Analysis(batch).lines
