"""`trustwide export-organisation`: all that one organisation has, in one file that needs no Trustwide to be read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trustwide.house.prepare import must_be_new, use_data
from trustwide.house.readiness import database_cures, must_have_tables


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trustwide export-organisation", description="Export one organisation.")
    parser.add_argument("slug", metavar="ORGANISATION", help="its name in addresses, such as st-brides")
    parser.add_argument("file", metavar="FILE.zip", type=Path)
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    return parser


def main(argv: list[str]) -> int:
    """Write the file; 1 where there is no such organisation."""
    parser = build_parser()
    options = parser.parse_args(argv)
    must_be_new(options.file, parser)
    use_data(options.data)
    must_have_tables()
    with database_cures():
        return _export(options.slug, options.file)


def _export(slug: str, file: Path) -> int:
    from trustwide.house.export_organisation import export_organisation
    from trustwide.rooms.places.queries import organisation_at

    place = organisation_at(slug)
    if place is None:
        print(f"There is no organisation called {slug!r} in addresses. Nothing was written.", file=sys.stderr)
        return 1
    counts, files = export_organisation(place, file)
    print(
        f"{file}: {sum(counts.values()):,} rows of {len(counts)} tables, {files} files. Keep it safe: it names people."
    )
    return 0
