"""`trustwide spc`: control charts of a file of measures, for analysts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from trustwide.engines.commands import REFUSED, write_out
from trustwide.engines.spc.model import AGGREGATES, CHARTS, IMPROVEMENTS, RULES, Problem

PROBLEMS_SHOWN = 1000
SETTING_OPTIONS: dict[str, dict[str, Any]] = {
    "chart": {"metavar": "|".join(CHARTS), "help": "kind of chart (default xmr)"},
    "rules": {"metavar": "|".join(RULES), "help": "rule set (default nhs, those of Making Data Count)"},
    "improvement": {"metavar": "|".join(IMPROVEMENTS), "help": "which way is better (default increase)"},
    "target": {"metavar": "NUMBER", "help": "in the units that are plotted"},
    "screen": {"metavar": "yes|no", "help": "leave out moving ranges of 3.267 times the average (default yes)"},
    "baseline": {"metavar": "POINTS", "help": "limits from the first so many points of each segment"},
    "rebase": {"metavar": "DATES", "help": "dates at which new segments start, ';' between"},
    "multiply": {"metavar": "NUMBER", "help": "scale what is plotted, such as 100 for per cent"},
    "floor_zero": {"metavar": "yes|no", "help": "no lower limit under zero where no value is (default no)"},
    "centre": {"metavar": "NUMBER", "help": "a known centre line, before scaling"},
    "aggregate": {"metavar": "|".join(AGGREGATES), "help": "several rows of one date on run, i and xmr charts"},
}


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """What `spc` and `report` share: the file, the settings for all series, and a file of settings by series."""
    parser.add_argument("file", metavar="FILE", help="CSV, XLSX or Parquet; - reads standard input")
    parser.add_argument("--settings", metavar="CSV", help="settings by series, one row each")
    parser.add_argument("--keep-going", action="store_true", help="leave out series with problems, chart the others")
    for name, options in SETTING_OPTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, **options)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trustwide spc",
        description="Control charts of a file of measures: series, date, and value or numerator and denominator.",
    )
    add_reading_options(parser)
    parser.add_argument(
        "--format", choices=("json", "csv", "parquet", "svg", "html", "table"), default="table", help="default table"
    )
    parser.add_argument("--out", metavar="FILE", help="where to write (default: standard output)")
    return parser


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 2 refused with every problem named on standard error."""
    options = build_parser().parse_args(argv)
    read = read_with(options)
    if read is None:
        return REFUSED
    from trustwide.engines.spc.analysis import Analysis
    from trustwide.engines.spc.output import FORMATS

    return write_out(FORMATS[options.format](Analysis(read)), options.out)


def read_with(options: argparse.Namespace) -> Any:
    """The batch that the options ask for, or None once every problem has been told."""
    from trustwide.engines.spc.intake import read_measures, settings_from_text

    chosen = {name: getattr(options, name) for name in SETTING_OPTIONS if getattr(options, name) is not None}
    defaults, problems = settings_from_text(chosen)
    if any(not problem.warning for problem in problems):
        return tell(problems)
    source = sys.stdin.buffer if options.file == "-" else Path(options.file)
    settings = Path(options.settings) if options.settings else None
    read = read_measures(source, settings=settings, defaults=defaults, keep_going=options.keep_going, needs_series=True)
    tell(problems + read.problems)
    return read.batch


def tell(problems: list[Problem]) -> None:
    """Every problem on standard error, worst first, with its row, column and cure."""
    for problem in sorted(problems, key=lambda each: each.warning)[:PROBLEMS_SHOWN]:
        print(f"{'warning' if problem.warning else 'error'}: {problem}", file=sys.stderr)
    if len(problems) > PROBLEMS_SHOWN:
        print(f"… and {len(problems) - PROBLEMS_SHOWN:,} more like these.", file=sys.stderr)
