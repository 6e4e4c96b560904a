"""The wordings of fixes in `lexicon/solutions.txt`, made ready for use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "lexicon" / "solutions.txt"
NAME = re.compile(r"<([A-Z_]+)>")


@cache
def solution_patterns(section: str) -> list[tuple[list[str], re.Pattern[str]]]:
    """Each pattern of a section, with parts of words without which it cannot match."""
    rows = sections()
    groups: dict[str, str] = {}
    for name, pattern in rows["groups"]:
        groups[name] = filled(pattern, groups)
    return [
        (
            [part.replace("_", " ") for part in parts.split("|") if part != "-"],
            re.compile(filled(pattern, groups)),
        )
        for parts, pattern in rows[section]
    ]


def filled(pattern: str, groups: dict[str, str]) -> str:
    return NAME.sub(lambda found: groups[found[1]], pattern)


def sections() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    rows: list[tuple[str, str]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            first, _, second = line.partition("\t")
            rows.append((first, second))
    return found
