"""XmR limits, four rules and both icons of many series, against the least that could be done to the same numbers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trustwide.engines.spc import analyse, draw, kernel
from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.arrow import analyse_batches
from trustwide.engines.spc.model import Batch, Settings

GOAL = 3  # at most 10
POINTS = 60
BLOCK = 2_000
BATCH = 50_000
ROUNDS = 5


def measure(*, quick: bool) -> float:
    kernel.prepare()
    series = 100_000 if quick else 1_000_000
    show_memory(series)  # first: a child's peak counts what its parent held when it was made
    values = make_values(series)
    ratios = []
    for _ in range(ROUNDS):
        floor_time, engine_time = timed(lambda: floor(values)), timed(lambda: engine(values))
        ratios.append(engine_time / floor_time)
        print(f"  {series:,} series: floor {floor_time:.3f} s, engine {engine_time:.3f} s, ratio {ratios[-1]:.2f}")
    show_growth(quick=quick)
    show_one_series()
    return statistics.median(ratios)


def make_values(series: int) -> np.ndarray:
    return np.random.default_rng(1).normal(100, 10, (series, POINTS))


def floor(values: np.ndarray) -> float:
    """Each mean and mean absolute moving range, one thread, in blocks that stay in the cache."""
    total = 0.0
    for start in range(0, len(values), BLOCK):
        block = values[start : start + BLOCK]
        total += float(block.mean(axis=1)[0] + np.abs(np.diff(block, axis=1)).mean(axis=1)[0])
    return total


def batches(values: np.ndarray) -> Iterator[pa.RecordBatch]:
    width = values.shape[1]
    flat = pa.array(values.reshape(-1))
    for start in range(0, len(values), BATCH):
        count = min(BATCH, len(values) - start)
        lists = pa.FixedSizeListArray.from_arrays(flat.slice(start * width, count * width), width)
        yield pa.RecordBatch.from_arrays([lists], ["values"])


def engine(values: np.ndarray) -> int:
    """Every batch in and out as Arrow; returns how many series end in a signal, so that nothing can be skipped."""
    found = 0
    for batch in analyse_batches(batches(values), Settings(target=95.0)):
        found += int(pc.sum(pc.not_equal(batch.column("variation"), "common")).as_py())
    return found


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show_memory(series: int) -> None:
    """Peak of a process of its own that makes the numbers and analyses them, less that of one that only makes them."""
    work = "from bench import spc_engine as b; from trustwide.engines.spc import kernel; kernel.prepare(); "
    work += "v = b.make_values({}); b.engine(v[:{}]); import resource; "
    work += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    few = int(subprocess.check_output([sys.executable, "-c", work.format(1_000, 1_000)]))
    many = int(subprocess.check_output([sys.executable, "-c", work.format(series, series)]))
    scale = 1 if sys.platform == "darwin" else 1024
    given = series * POINTS * 8
    print(f"  peak memory {(many - few) * scale / given:.2f} × the input of {given / 1e6:,.0f} MB, itself included")


def show_growth(*, quick: bool) -> None:
    """Cost of a point as the work grows, on one thread: more do more of it at once, not less of it.

    Of the engine alone, so what is given is made before and nothing is asked of what comes.
    """
    cores, kernel.CORES = kernel.CORES, 1

    def work(given: list[pa.RecordBatch]) -> None:
        deque(analyse_batches(given, Settings(target=95.0)), maxlen=0)

    for series in (170, 1_700, 17_000, 170_000) if quick else (170, 1_700, 17_000, 170_000, 1_000_000):
        values = make_values(series)
        given = list(batches(values))
        work(given)
        best = min(timed(partial(work, given)) for _ in range(max(5, 5_000_000 // values.size)))
        print(f"  {values.size:>11,} points: {best / values.size * 1e9:6.1f} ns a point on one thread")
    kernel.CORES = cores


def show_one_series() -> None:
    """One series: the engine alone, and its drawing: the least of many short spells."""
    values = make_values(1).reshape(-1)
    dates = np.datetime64("2019-01-01", "s") + np.arange(POINTS) * np.timedelta64(7, "D")
    batch = Batch(["Waits"], Settings(target=95.0), np.array([0, POINTS]), dates, values)
    series = analyse(batch)[0]
    for name, work in (("limits, rules and icons", lambda: Analysis(batch)), ("SVG", lambda: draw(series))):
        best = min(timed(lambda work=work: [work() for _ in range(10)]) / 10 for _ in range(500))
        print(f"  one series of {POINTS}, {name}: {best * 1e6:.0f} µs")
