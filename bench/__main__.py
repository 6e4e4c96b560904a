"""`python -m bench NAME [--quick]`: run one measurement; the last line is `figure NAME ratio=R goal=G`."""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
from importlib.metadata import version

FIGURES = {
    "live-boards": "500 open boards that ask each second, one write a second, against a static file of the same server",
    "search": "a ranked search of 100,000 records against the plain filter of the same words",
    "similar": "work like a text among 20,000 records, by meaning, against full-text search of the same words",
    "spc-engine": "a million series of 60 points against one pass of NumPy over the same array",
    "spc-report": "60 charts from CSV to PDF and to HTML against matplotlib drawing the same charts",
    "text": "20 kB of typed text to safe HTML against CommonMark rendering alone",
    "thread": "how a record fits, and a trust's cascade, in the demo group 100 times over against once",
    "startup": "`trustwide spc` of one series against `import numpy`",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=FIGURES, help="; ".join(f"{name}: {what}" for name, what in FIGURES.items()))
    parser.add_argument("--quick", action="store_true", help="fewer series or runs")
    options = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "pyarrow", "typst"))
    print(f"{options.name}: {FIGURES[options.name]}\nPython {platform.python_version()}, {packages}")
    measurement = importlib.import_module(f"bench.{options.name.replace('-', '_')}")
    ratio = measurement.measure(quick=options.quick)
    print(f"figure {options.name} ratio={ratio:.2f} goal={measurement.GOAL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
