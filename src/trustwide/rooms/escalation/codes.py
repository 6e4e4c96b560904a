"""The QR code of a team, and the short code by which somebody with no account reads their answer."""

from __future__ import annotations

import re
from uuid import UUID

import qrcode
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from markupsafe import Markup

from trustwide.rooms.devices.actions import LETTERS
from trustwide.rooms.escalation.models import Door
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

LENGTH = 10  # of a code: twenty letters to the power of ten, which is 43 bits
KEY = re.compile(r"([0-9a-f]{32})([0-9a-f]{24})")
NOBODY_EMAIL = "without-account@trustwide.invalid"
NOBODY_NAME = "Somebody with no account"


def somebody() -> Person:
    """Whoever has no account, as the writer of what they raise: an account that nobody can sign in to."""
    found = Person.objects.filter(email=NOBODY_EMAIL).first()
    if found is None:
        found, _is_new = Person.objects.get_or_create(
            email=NOBODY_EMAIL, defaults={"name": NOBODY_NAME, "is_active": False, "password": "!"}
        )
    return found


def is_somebody(person: Person) -> bool:
    return person.email == NOBODY_EMAIL


def lets_in(person: Person, team: Place) -> bool:
    """Whoever has no account raises where a team's door is open."""
    return is_somebody(person) and Door.objects.filter(team=team, is_open=True).exists()


def key_of(door: Door) -> str:
    """What stands in the address that a team's QR code holds. It opens that one form, and a new turn ends it."""
    return f"{door.team_id.hex}{_mark(door)}"


def _mark(door: Door) -> str:
    return salted_hmac("trustwide.escalation.door", f"{door.team_id.hex} {door.turn}").hexdigest()[:24]


def door_with(key: str) -> Door | None:
    """The open door of a team that goes on, by the key of its code."""
    read = KEY.fullmatch(key)
    if read is None:
        return None
    doors = Door.objects.filter(team=UUID(read[1]), is_open=True, team__closed_on=None)
    door = doors.select_related("team__organisation").first()
    return door if door and constant_time_compare(read[2], _mark(door)) else None


def address_of_door(door: Door) -> str:
    return f"{settings.SITE}/{door.team.organisation.slug}/raise/{key_of(door)}/"


def picture_of(address: str) -> Markup:
    """An address as a QR code: one path of black squares on white."""
    code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_L)
    code.add_data(address)
    rows = code.get_matrix()
    squares = "".join(
        f"M{across} {down}h1v1h-1z" for down, row in enumerate(rows) for across, black in enumerate(row) if black
    )
    size = len(rows)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{1}"/></svg>'
    ).format(size, squares)


def code_for(item: UUID) -> str:
    """The code of an item: drawn from the installation's own secret, so a form sent twice shows it twice."""
    drawn = salted_hmac("trustwide.escalation.item", item.hex, algorithm="sha256").digest()
    number, letters = int.from_bytes(drawn, "big"), []
    for _each in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def hashes_of(code: str) -> list[str]:
    """What is stored of a code, by the installation's secret and by those it had before."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    tidy = "".join(letter for letter in code.upper() if letter.isalpha())
    return [
        salted_hmac("trustwide.escalation.code", tidy, secret=secret, algorithm="sha256").hexdigest()
        for secret in secrets
    ]


def in_parts(code: str) -> str:
    """Five letters and five, as people read them out."""
    half = LENGTH // 2
    return f"{code[:half]} {code[half:]}"
