"""`trustwide organisation`: begin in earnest, with an organisation and the person who looks after it."""

from __future__ import annotations

import argparse
import getpass
import sys

from trustwide.house.prepare import use_data
from trustwide.house.readiness import database_cures


def main(argv: list[str]) -> int:
    """Add an organisation (or a group) and its administrator, whose password is asked for; 1 if refused."""
    parser = argparse.ArgumentParser(prog="trustwide organisation", description="Add an organisation to begin with.")
    parser.add_argument("name", help="its name, in quotation marks")
    parser.add_argument("--kind", default="nhs-trust", help="nhs-trust, icb, council, gp, voluntary, or group")
    parser.add_argument("--group", metavar="NAME", help="the group it stands under; added if it is not there yet")
    parser.add_argument("--ods", metavar="CODE", default="", help="its ODS code")
    parser.add_argument("--administrator", metavar="EMAIL", required=True, help="who looks after people and places")
    parser.add_argument("--administrator-name", metavar="NAME", default="", help="their name")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    said = parser.parse_args(argv)
    use_data(said.data)
    with database_cures():
        return _begin(said)


def _begin(said: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from trustwide.rooms.places.beginning import begin, is_known

    try:
        password = None if is_known(said.administrator) else _password()
        place = begin(
            name=said.name, kind=said.kind, group=said.group or "", ods_code=said.ods, email=said.administrator,
            person_name=said.administrator_name, password=password,
        )  # fmt: skip
    except ValidationError as refusal:
        print("\n".join(refusal.messages), file=sys.stderr)
        return 1
    print(f"{place.name} is there, at /{place.slug}/places/. {said.administrator} looks after it.")
    return 0


def _password() -> str:
    """Asked for twice on a terminal; one line where another program sends it."""
    from django.core.exceptions import ValidationError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password for the administrator: ")
    if first != getpass.getpass("The same again: "):
        raise ValidationError("The two are not the same. Nothing was added; try again.")
    return first
