"""`trustwide similar`: the work of this installation that is most like a text, ranked as its pages rank it."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from trustwide.engines.commands import as_json, refuse, write_out
from trustwide.house.prepare import use_data
from trustwide.house.readiness import database_cures, must_have_tables

MOST = 100
WITHOUT_MODEL = "The language model is not installed, so this was ranked by words alone. Type: ./run --prepare"


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trustwide similar",
        description="Problems, ideas, projects and other work like a text, live or over, if in other words.",
    )
    parser.add_argument("text", metavar="TEXT", help="what somebody wants to make better; - reads standard input")
    parser.add_argument("--limit", type=int, default=5, metavar="N", help=f"at most so many, 1 to {MOST}; default 5")
    parser.add_argument("--format", choices=("json", "table"), default="table", help="default table")
    parser.add_argument("--everything", action="store_true", help="also what only a team may read; never drafts")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    return parser


def main(argv: list[str]) -> int:
    """Run the command; 0 done, 2 refused with the reason on standard error."""
    options = build_parser().parse_args(argv)
    text = sys.stdin.buffer.read().decode("utf-8", "replace") if options.text == "-" else options.text
    if not text.strip():
        return refuse("There is no text. Say what somebody wants to make better.")
    if not 1 <= options.limit <= MOST:
        return refuse(f"--limit is a number from 1 to {MOST}.")
    use_data(options.data)
    must_have_tables()
    with database_cures():
        found = ranked(text, limit=options.limit, everything=options.everything)
    return write_out(as_json(found, lines=True) if options.format == "json" else as_table(found))


def ranked(text: str, *, limit: int, everything: bool) -> list[dict[str, Any]]:
    """What is most like a text, the likest first, as the command tells it."""
    from trustwide.engines import similar
    from trustwide.rooms.commons import tried_before

    if similar.is_installed():
        _work_out()
    else:
        print(WITHOUT_MODEL, file=sys.stderr)
    return [told(each) for each in tried_before.like_anywhere(text, everything=everything, most=limit)]


def _work_out() -> None:
    """What waits for a worker is worked out here and now, so that the answer is whole."""
    from trustwide.rooms.commons import meanings

    meanings.add_missing()
    if waiting := meanings.waiting().count():
        print(f"Working out what {waiting:,} records are about. This is done once for each.", file=sys.stderr)
    while meanings.work_out_some():
        pass


def told(tried: Any) -> dict[str, Any]:
    return {
        "title": tried.title,
        "kind": str(tried.kind),
        "place": tried.place.name,
        "stage": str(tried.stage),
        "score": tried.score,
        "why": why(tried.words, tried.by_meaning),
        "address": tried.address,
    }


def why(words: tuple[str, ...], by_meaning: bool) -> str:
    """Which words of the question it has, in some form, and whether it is about the same thing.

    >>> why(("tablets", "late"), True)
    'words: tablets, late; by meaning'
    """
    parts = [f"words: {', '.join(words)}"] if words else []
    return "; ".join([*parts, *(["by meaning"] if by_meaning else [])])


def as_table(found: list[dict[str, Any]]) -> str:
    if not found:
        return "Nothing is near enough.\n"
    rows = []
    for each in found:
        rows.append(f"{each['score']:.2f}  {each['title']}")
        rows.append(f"      {each['kind']}, {each['place']}: {each['stage']} ({each['why']})")
        rows.append(f"      {each['address']}")
    return "\n".join(rows) + "\n"
