"""`trustwide retention`: take away what has been kept for long enough, or say what that would be."""

from __future__ import annotations

import argparse

from trustwide.house.prepare import use_data
from trustwide.house.readiness import database_cures, must_have_tables


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trustwide retention", description="Remove what was kept for long enough.")
    parser.add_argument("--dry-run", action="store_true", help="only say how much that would be")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    return parser


def main(argv: list[str]) -> int:
    options = build_parser().parse_args(argv)
    use_data(options.data)
    must_have_tables()
    from trustwide.rooms.people.retention import CLASSES, due_now, forget_what_is_due, words

    with database_cures():
        counts = due_now() if options.dry_run else forget_what_is_due()
    for key, kept in CLASSES.items():
        print(f"  {counts.get(key, 0):8,}  {kept.what} ({words(kept)})")
    print("Nothing was removed." if options.dry_run else f"{sum(counts.values()):,} removed. The audit has the counts.")
    return 0
