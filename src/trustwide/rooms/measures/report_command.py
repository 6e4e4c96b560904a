"""`trustwide report`: a board report of a file of measures, as a web page or a tagged PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from trustwide.engines.commands import REFUSED, write_out
from trustwide.engines.spc.command import add_reading_options, read_with


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trustwide report", description="A board report of a file of measures.")
    add_reading_options(parser)
    parser.add_argument("--title", help="the report's title (default: the file's name)")
    parser.add_argument("--format", choices=("html", "pdf"), help="default: by the ending of --out, else html")
    parser.add_argument("--out", metavar="FILE", help="where to write (default: standard output)")
    return parser


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 2 refused with every problem named on standard error."""
    options = build_parser().parse_args(argv)
    batch = read_with(options)
    if batch is None:
        return REFUSED
    from trustwide.engines.spc.analysis import Analysis
    from trustwide.rooms.measures.board_report import BoardReport

    title = options.title or ("Board report" if options.file == "-" else Path(options.file).stem.replace("_", " "))
    report = BoardReport.of(title, Analysis(batch))
    ending = Path(options.out).suffix.lower() if options.out else ""
    if (options.format or ending.lstrip(".")) == "pdf":
        from trustwide.rooms.measures.report_pdf import report_as_pdf

        return write_out(report_as_pdf(report), options.out)
    from trustwide.rooms.measures.report_html import report_as_html

    return write_out(report_as_html(report), options.out)
