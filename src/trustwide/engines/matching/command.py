"""`trustwide check-document`: which of a trust's values a document carries, and if it expects a part in improving."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trustwide.engines.commands import as_json, refuse, write_out
from trustwide.engines.documents import DocumentError, document_of, read
from trustwide.engines.matching import Found, Matcher, ValuesFileError, read_values
from trustwide.engines.meaning import ModelMissingError
from trustwide.engines.plain_text import lines_of


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trustwide check-document",
        description="Which of a trust's values a job description, contract, advert, interview guide, induction plan or"
        " appraisal form carries, in which passages, and whether it expects a part in improving.",
    )
    parser.add_argument("file", metavar="FILE", help="DOCX, ODT, PDF or plain text; - reads standard input")
    parser.add_argument("--values", required=True, metavar="CSV", help="columns value,behaviour; a row each behaviour")
    parser.add_argument("--lines", action="store_true", help="plain text, each line a document of its own")
    parser.add_argument("--format", choices=("json", "table"), default="table", help="default table")
    return parser


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 2 refused with the reason on standard error."""
    options = build_parser().parse_args(argv)
    try:
        values = read_values(options.values, Path(options.values).read_bytes())
        content = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        name = "standard input" if options.file == "-" else options.file
        document = read(name, content)
    except OSError as error:
        return refuse(f"{error.filename} could not be read ({error.strerror}). Check its name and folder.")
    except (ValuesFileError, DocumentError) as error:
        return refuse(str(error))
    documents = [document_of(line) for line in lines_of(document.text)] if options.lines else [document]
    try:
        results = [result(each) for each in Matcher(values).check_all(documents)]
    except ModelMissingError as error:
        return refuse(str(error))
    return write_out(as_json(results, lines=options.lines) if options.format == "json" else as_table(results))


def result(found: Found) -> dict[str, Any]:
    return {
        "values": [
            {"value": value, "passages": [asdict(each) for each in passages]}
            for value, passages in found.values.items()
        ],
        "support_for_improvement": {"passages": [asdict(each) for each in found.support_for_improvement]},
    }


def as_table(results: list[dict[str, Any]]) -> str:
    rows = []
    for number, each in enumerate(results, 1):
        found = [(value["value"], value["passages"]) for value in each["values"]]
        found.append(("support for improvement", each["support_for_improvement"]["passages"]))
        rows.append(f"{number:>4}  " + ", ".join(f"{name}: {len(passages)}" for name, passages in found))
        rows += [f"      {name}: {' '.join(said['text'].split())}" for name, passages in found for said in passages]
    return "\n".join(rows) + "\n" if rows else ""
