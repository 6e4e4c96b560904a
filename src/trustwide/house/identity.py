"""`trustwide identity FILE`: the organisations' own sign-ins, as a file of whoever runs the installation says them."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

from trustwide.house.prepare import use_data
from trustwide.house.readiness import database_cures

EXAMPLE = """
The file is TOML, with a part for each organisation:

  [[provider]]
  organisation = "st-brides"           # its name in addresses
  slug = "st-brides"                   # ours for it, in the address to register as the way back:
  name = "St Bride's"                  #   https://YOUR-HOST/sign-in/with/st-brides/back/
  server_url = "https://sign-in.example.org"
  client_id = "trustwide"
  secret = "..."
  domains = ["st-brides.example"]      # it speaks for these, and for none below them
  checks_all_addresses = false         # true only if every address it tells is checked

A sign-in that speaks SAML gives a file that describes it in place of the last lines but two. Register there
https://YOUR-HOST/sign-in/with/st-brides/metadata/ (whoever has set it up here can open it):

  [[provider]]
  organisation = "st-brides"
  slug = "st-brides"
  name = "St Bride's"
  metadata = "st-brides.xml"           # as the trust's identity provider gives it, beside this file
  domains = ["st-brides.example"]
  checks_all_addresses = true          # SAML never says so itself, so without it nobody comes in

Each part says all there is to say: what it leaves out is as it is in a new one. Who is not in the file stays;
--remove takes one away. Then those whom it knew ask for a password on the sign-in page.
"""
OIDC = {"organisation", "slug", "name", "server_url", "client_id", "secret", "domains"}
SAML = {"organisation", "slug", "name", "metadata", "domains"}


def build_parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="trustwide identity", epilog=EXAMPLE, formatter_class=shape)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?")
    what.add_argument("--remove", metavar="SLUG", help="take one away, with the links to the people it knew")
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    again = "somebody else has the address OLD now: the account that has it gets NEW, and is linked to no sign-in"
    what.add_argument("--new-address", nargs=2, metavar=("OLD", "NEW"), help=again)
    return parser


def main(argv: list[str]) -> int:
    options = build_parser().parse_args(argv)
    use_data(options.data)
    if options.remove:
        return remove(options.remove)
    if options.new_address:
        return give_address(*options.new_address)
    try:
        providers = tomllib.loads(options.file.read_text(encoding="utf-8")).get("provider", [])
        with database_cures():
            for number, each in enumerate(providers, start=1):
                print(f"  {save(number, each, beside=options.file.parent)}: saved")
    except (OSError, ValueError) as error:
        print(f"{error}\nSee: trustwide identity --help", file=sys.stderr)
        return 1
    return 0 if providers else _nothing(options.file)


def _nothing(file: Path) -> int:
    print(f"{file} names no [[provider]]. See: trustwide identity --help", file=sys.stderr)
    return 1


def remove(slug: str) -> int:
    from trustwide.rooms.people.identity_actions import remove_identity_provider

    with database_cures():
        name = remove_identity_provider(slug=slug)
    if name is None:
        print(f"There is no sign-in called {slug}. See: trustwide identity --help", file=sys.stderr)
        return 1
    print(f"  {name}: taken away")
    return 0


def give_address(before: str, email: str) -> int:
    from django.core.exceptions import ValidationError

    from trustwide.rooms.people.identity_actions import change_address

    try:
        with database_cures():
            name = change_address(before=before, email=email).name
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 1
    print(f"  {name}: {email} from now on")
    return 0


def save(number: int, told: dict[str, Any], *, beside: Path) -> str:
    """Keep one organisation's sign-in; ValueError says what is wrong with it."""
    from django.core.exceptions import ValidationError

    from trustwide.rooms.people.identity_actions import save_identity_provider
    from trustwide.rooms.places.queries import organisation_at

    needed = SAML if "metadata" in told else OIDC
    if wrong := (needed - told.keys()) | (told.keys() - needed - {"checks_all_addresses"}):
        raise ValueError(f"Provider {number}: missing, or not known here: {', '.join(sorted(wrong))}.")
    place = organisation_at(told["organisation"])
    if place is None:
        raise ValueError(f"Provider {number}: there is no organisation called {told['organisation']!r} in addresses.")
    if "metadata" in told:
        told = {**told, **described(number, beside / told["metadata"])}
        del told["metadata"]
    try:
        made = save_identity_provider(**{**told, "organisation": place.pk})
    except ValidationError as error:
        raise ValueError(f"Provider {number}: {' '.join(error.messages)}") from None
    return made.name


def described(number: int, file: Path) -> dict[str, str]:
    """What a SAML provider's own description says of it; ValueError where that is no such thing."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    try:
        found = OneLogin_Saml2_IdPMetadataParser.parse(file.read_bytes())["idp"]
        certificate = found.get("x509cert") or found["x509certMulti"]["signing"][0]
        return {
            "protocol": "saml",
            "entity_id": found["entityId"],
            "server_url": found["singleSignOnService"]["url"],
            "certificate": certificate,
        }
    except OSError:
        raise
    except Exception:  # noqa: BLE001 (the reader of XML has errors of many kinds, all of which mean this)
        raise ValueError(f"Provider {number}: {file.name} does not describe a SAML identity provider.") from None
