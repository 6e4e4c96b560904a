"""`trustwide words`: what a text says that could be said more plainly, or should not be said at all."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trustwide.engines.commands import as_json, refuse, write_out
from trustwide.engines.plain_text import decoded, lines_of
from trustwide.engines.words import check, reading_age


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trustwide words",
        description="Reading age, jargon, solutions told as problems, money first, and what could tell"
        " who a patient is.",
    )
    parser.add_argument("file", metavar="FILE", help="plain text; - reads standard input")
    parser.add_argument("--lines", action="store_true", help="each line is a text of its own")
    parser.add_argument("--format", choices=("json", "table"), default="table", help="default table")
    return parser


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 2 refused with the reason on standard error."""
    options = build_parser().parse_args(argv)
    try:
        text = decoded(sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes())
    except OSError as error:
        return refuse(f"{options.file} could not be read ({error.strerror}). Check its name and folder.")
    except UnicodeError:
        return refuse("the text is not UTF-8. Save it again with the encoding UTF-8, then try once more.")
    results = [result(each) for each in (lines_of(text) if options.lines else [text])]
    return write_out(as_json(results, lines=options.lines) if options.format == "json" else as_table(results))


def result(text: str) -> dict[str, Any]:
    return {"reading_age": reading_age(text), "findings": [asdict(each) for each in check(text)]}


def as_table(results: list[dict[str, Any]]) -> str:
    rows = []
    for number, each in enumerate(results, 1):
        age = "no words" if each["reading_age"] is None else f"reading age about {each['reading_age']:.0f}"
        rows.append(f"{number:>4}  {age}, to look at: {len(each['findings'])}")
        rows += [
            f"      {said['identifier'] or said['kind']:15}  {said['text']}  {said['say_instead']}"
            for said in each["findings"]
        ]
    return "\n".join(rows) + "\n" if rows else ""
