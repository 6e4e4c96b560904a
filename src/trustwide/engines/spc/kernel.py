"""Runs `loops.py` the cheaper way: as plain Python for a few points, compiled and on every core for many."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import FunctionType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trustwide.engines.spc import loops

Array = NDArray[Any]

#: Below this many points plain Python is done before numba would have been imported.
WORTH_COMPILING = 50_000
#: A thread takes at least this many points; for fewer, starting it costs more than it saves.
WORTH_A_THREAD = 200_000


@cache
def _compiled() -> Any:
    """The functions of `loops`, compiled and calling one another compiled; numba keeps them on disk between runs."""
    from numba import njit

    names: dict[str, Any] = dict(vars(loops))
    for name, function in vars(loops).items():
        if isinstance(function, FunctionType):
            names[name] = njit(cache=True, nogil=True, error_model="numpy")(
                FunctionType(function.__code__, names, name)
            )
    return SimpleNamespace(**names)


def is_compiled_for(points: int) -> bool:
    return points >= WORTH_COMPILING or "numba" in sys.modules


def call(function: str, points: int, inputs: tuple[Array, ...], outputs: tuple[Array, ...]) -> None:
    """Run one function of `loops` on flat arrays; it writes into `outputs`, which come after `inputs`."""
    if is_compiled_for(points):
        getattr(_compiled(), function)(*inputs, *outputs)
        return
    written = [array.tolist() for array in outputs]
    getattr(loops, function)(*(array.tolist() for array in inputs), *written)
    for array, values in zip(outputs, written, strict=True):
        array[:] = values


def working_room(bounds: Array) -> tuple[Array, ...]:
    """Scratch arrays of `loops.analyse_segments`, as long as the longest segment."""
    room = int(np.diff(bounds).max(initial=0))
    padded = tuple(np.zeros(room + 2 * loops.PAD, np.uint8) for _ in range(7))
    return np.empty(room), np.empty(room, np.int64), np.empty(room, np.int8), np.empty(room, np.uint8), *padded


def analyse_segments(
    points: tuple[Array, ...], bounds: Array, settings: tuple[Array, ...], flags: Array, results: tuple[Array, ...]
) -> None:
    """`loops.analyse_segments` with the segments dealt to one thread a core, an equal share of points each.

    `points` are arrays by point, `settings` and `results` by segment.
    """
    segments, size = len(bounds) - 1, int(bounds[-1])
    workers = min(os.cpu_count() or 1, size // WORTH_A_THREAD)
    if workers < 2:
        call("analyse_segments", size, (*points, bounds, *settings), (*working_room(bounds), flags, *results))
        return
    compiled = _compiled().analyse_segments
    cuts = np.searchsorted(bounds, np.linspace(0, size, workers * 8 + 1)).clip(0, segments)

    def share(first: int, last: int) -> None:
        part, own = slice(first, last), bounds[first : last + 1]
        found = (array[part] for array in results)
        compiled(*points, own, *(array[part] for array in settings), *working_room(own), flags, *found)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(share, cuts[:-1], cuts[1:]))


def prepare() -> None:
    """Compile everything now, so that nobody waits for it later (some twenty seconds, once)."""
    from trustwide.engines.spc.analysis import warm

    _compiled()
    warm()
