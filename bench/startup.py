"""The whole `trustwide spc` process on one series, against a process that only imports NumPy; in turn, by pairs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 3
PAIRS = 15


def measure(*, quick: bool) -> float:
    file = Path(tempfile.mkdtemp(prefix="trustwide-bench-")) / "one.csv"
    rows = (f"Waits,2019-01-{day:02d},{day * 37 % 11}\n" for day in range(1, 32))
    file.write_text("series,date,value\n" + "".join(rows))
    trustwide = [str(Path(sys.executable).parent / "trustwide"), "spc", str(file), "--format", "json"]
    numpy = [sys.executable, "-c", "import numpy"]
    pairs = [(timed(trustwide), timed(numpy)) for _ in range(1 + (5 if quick else PAIRS))][1:]
    ours, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(f"  trustwide spc {ours:.3f} s, import numpy {theirs:.3f} s (medians of {len(pairs)})")
    return statistics.median(one / other for one, other in pairs)


def timed(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
