"""A board report of 60 measures, from CSV to PDF and to HTML, against matplotlib drawing the same charts one by one."""

from __future__ import annotations

import contextlib
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from trustwide.engines.spc import analyse, read
from trustwide.rooms.measures import report_command

GOAL = 0.2
MEASURES, POINTS = 60, 60


def measure(*, quick: bool) -> float:
    folder = Path(tempfile.mkdtemp(prefix="trustwide-bench-"))
    file = folder / "measures.csv"
    file.write_text(make_csv(0))
    ours = {kind: lambda kind=kind: make_report(file, folder / f"report.{kind}") for kind in ("pdf", "html")}
    ratios: dict[str, list[float]] = {kind: [] for kind in ours}
    draw_with_matplotlib(file, 2)
    for kind in ours:
        ours[kind]()
    for seed in range(1, 4 if quick else 6):
        file.write_text(make_csv(seed))  # new numbers each time: nothing kept from the last round can help
        reference = timed(lambda: draw_with_matplotlib(file, MEASURES))
        for kind, work in ours.items():
            took = timed(work)
            ratios[kind].append(took / reference)
            print(f"  CSV to {kind} {took:.3f} s, matplotlib {reference:.3f} s, ratio {ratios[kind][-1]:.2f}")
    for kind, each in ratios.items():
        print(f"  {kind}: median ratio {statistics.median(each):.2f}")
    return max(statistics.median(each) for each in ratios.values())


def make_csv(seed: int) -> str:
    random = np.random.default_rng(seed)
    months = np.datetime64("2014-04") + np.arange(POINTS)
    lines = [
        f"Measure {number},{month}-01,{value:.3f},95"
        for number in range(1, MEASURES + 1)
        for month, value in zip(months, random.normal(93, 3, POINTS), strict=True)
    ]
    return "series,date,value,target\n" + "\n".join(lines) + "\n"


def make_report(file: Path, out: Path) -> None:
    with contextlib.redirect_stderr(io.StringIO()):
        if report_command.main([str(file), "--out", str(out)]):
            raise SystemExit("the report was refused")


def draw_with_matplotlib(file: Path, count: int) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    for series in list(analyse(read(file)))[:count]:
        figure, axes = pyplot.subplots(figsize=(7.2, 3.0))
        axes.plot(series.dates, series.values, marker="o")
        for line in (series.centre, series.lower, series.upper, series.targets):
            axes.plot(series.dates, line)
        axes.set_title(series.name)
        figure.savefig(io.BytesIO(), format="svg")
        pyplot.close(figure)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
