"""Which column of a file is what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from trustwide.engines.spc.intake.problems import Problems

ROLES = ("series", "date", "value", "numerator", "denominator", "target", "segment", "exclude", "note")


def plain(header: str) -> str:
    """A header without regard to case, spaces and underscores."""
    return "".join(header.casefold().replace("_", " ").replace("\ufeff", "").split())


def match_columns(
    headers: Sequence[str], roles: Sequence[str], problems: Problems, mapping: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Where each role's column stands. Doubled, unknown and wrongly mapped headers go to `problems`.

    With a `mapping` (role to header as in the file) only what it names is used.
    """
    places = defaultdict(list)
    for place, header in enumerate(headers):
        places[plain(header)].append(place)
    wanted = {plain(role): role for role in roles} if mapping is None else _mapped(mapping, roles, headers, problems)
    found = {}
    for header, role in wanted.items():
        if len(places[header]) > 1:
            cure = "Rename or take out all but one."
            problems.add(
                f"{len(places[header])} columns have this header.",
                cure,
                row=1,
                column=headers[places[header][0]].strip(),
            )
        if places[header]:
            found[role] = places[header][0]
    if mapping is None:
        unknown = [header.strip() for header in headers if plain(header) and plain(header) not in wanted]
        _warn_of_unknown(unknown, roles, problems)
    return found


def _mapped(
    mapping: Mapping[str, str], roles: Sequence[str], headers: Sequence[str], problems: Problems
) -> dict[str, str]:
    present = {plain(header) for header in headers}
    wanted: dict[str, str] = {}
    for role, header in mapping.items():
        if role not in roles:
            problems.add(f"“{role}” is not something a column can be.", f"Choose from: {', '.join(roles)}.")
        elif plain(header) not in present:
            problems.add(f"The column “{header}” for {role} is not in the file.", f"The file has: {listed(headers)}.")
        elif plain(header) in wanted:
            problems.add(
                f"This column is chosen twice, as {wanted[plain(header)]} and {role}.",
                "Choose another column for one of them.",
                column=header,
            )
        else:
            wanted[plain(header)] = role
    return wanted


def _warn_of_unknown(unknown: list[str], roles: Sequence[str], problems: Problems) -> None:
    if unknown:
        is_one = len(unknown) == 1
        message = f"{'This column is' if is_one else 'These columns are'} not used: {listed(unknown)}."
        problems.warn(message, f"Columns that are used: {', '.join(roles)}.")


def listed(headers: Sequence[str]) -> str:
    """Headers for a message, the first twenty of them."""
    names = [header.strip() or "(no name)" for header in headers]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
