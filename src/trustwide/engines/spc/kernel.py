"""Runs the loops of `limits.py` and `rules.py`: as plain Python for a few points, compiled on every core for many."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from trustwide.engines.spc import limits, rules
from trustwide.engines.spc.arrays import Array, Points, Segments, SettingsArrays

Arrays = tuple[Array, ...]

#: Below this many points plain Python is done before numba would have been imported.
WORTH_COMPILING = 50_000
#: A thread has at least this many points to do; for fewer, starting it costs more than it saves.
WORTH_A_THREAD = 100_000
CORES = os.cpu_count() or 1


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


def analyse_segments(points: Points, settings: SettingsArrays, segments: Segments, flags: Array) -> None:
    """Limits, then rules, of every segment, dealt to one thread a core with an equal share of points each."""
    bounds, zones = segments.bounds, np.empty(len(flags), np.int8)

    def analyse(start: int, stop: int) -> None:
        share = slice(start, stop)
        charts, screens, baselines, knowns, rules_of = (
            array[share]
            for array in (settings.charts, settings.screens, settings.baselines, settings.knowns, settings.rules)
        )
        centres, middles, widths, margins, counts, useful, longest, crossings = (array[share] for array in segments[2:])
        own = bounds[start : stop + 1]
        call(
            limits,
            "find_limits",
            (*points, own, charts, screens, baselines, knowns),
            (zones, centres, middles, widths, margins, counts),
            len(flags),
        )
        call(
            rules,
            "find_signals",
            (points.values, zones, points.excluded, own, rules_of, margins, *_working_room(own)),
            (flags, useful, longest, crossings),
            len(flags),
        )

    workers = min(CORES, len(flags) // WORTH_A_THREAD)
    if workers < 2:
        analyse(0, len(bounds) - 1)
        return
    cuts = np.searchsorted(bounds, np.linspace(0, len(flags), workers * 4 + 1)).clip(0, len(bounds) - 1)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(analyse, cuts[:-1], cuts[1:]))


def _working_room(bounds: Array) -> Arrays:
    """Scratch arrays of `rules.find_signals`, as long as the longest segment."""
    room = int((bounds[1:] - bounds[:-1]).max(initial=0)) if len(bounds) != 2 else int(bounds[1] - bounds[0])
    return np.empty(room), np.empty(room, np.int8), np.zeros((rules.ROWS, room + 2 * rules.PAD), np.uint8)


def prepare() -> None:
    """Compile everything now, so that nobody waits for it later (some twenty seconds, once)."""
    from trustwide.engines.spc.analysis import Analysis
    from trustwide.engines.spc.model import Batch, Settings

    values = np.ones(WORTH_COMPILING)
    dates = np.zeros(len(values), "datetime64[s]")
    _ = Analysis(Batch([""], Settings(), np.array([0, len(values)]), dates, values)).lines
