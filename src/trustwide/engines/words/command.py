"""`trustwide words`: what a text says that could be said more plainly, or should not be said at all."""

from __future__ import annotations

import argparse
import codecs
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trustwide.engines.words import check, reading_age

#: Exit code when what was given is refused.
REFUSED = 2
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
    return write(as_json(results, options.lines) if options.format == "json" else as_table(results))


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 and UTF-32 where their mark stands first. Ends of lines stay as they are: offsets count them."""
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    return content.decode(encoding)


def lines_of(text: str) -> list[str]:
    """Only a line feed ends a line, with or without a carriage return before it; the last may do without."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines[-1] == "" else lines


def result(text: str) -> dict[str, Any]:
    return {"reading_age": reading_age(text), "findings": [asdict(each) for each in check(text)]}


def as_json(results: list[dict[str, Any]], lines: bool) -> str:
    """One result a line, so that a large answer can be read as it comes."""
    rows = [json.dumps(each, ensure_ascii=False) for each in results]
    if not lines:
        return rows[0] + "\n"
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


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


def refuse(reason: str) -> int:
    print(f"error: {reason}", file=sys.stderr)
    return REFUSED


def write(made: str) -> int:
    try:
        sys.stdout.buffer.write(made.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has enough
    return 0
