"""PINs: which are too easy to guess, how they are kept, and how long a wrong one makes people wait."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from cryptography.fernet import InvalidToken
from django.contrib.auth.hashers import check_password, make_password

from trustwide.rooms.people.sealing import new_token, seal, unseal

DIGITS = re.compile(r"[0-9]{6}")
RUNS = "01234567890 09876543210"
#: How people write a birthday in six digits: day first, year first, month first, and a month with a whole year.
BIRTHDAYS = ("%d%m%y", "%y%m%d", "%m%d%y", "%m%Y", "%Y%m")
FREE_TRIES = 5
LONGEST_WAIT = timedelta(hours=12)
FORGET_TRIES = timedelta(days=1)


def is_too_easy(pin: str) -> bool:
    """Whether it runs up or down, says something over again, or could be a birthday."""
    again = any(pin == pin[:length] * (6 // length) for length in (1, 2, 3))
    return again or pin in RUNS or len(set(pin)) < 3 or _may_be_birthday(pin)


def _may_be_birthday(pin: str) -> bool:
    for shape in BIRTHDAYS:
        with suppress(ValueError):
            if 1900 <= datetime.strptime(pin, shape).year < 2100:  # noqa: DTZ007 (a date)
                return True
    return False


def sealed(pin: str) -> str:
    return seal(make_password(pin))


def is_right(kept: str | None, pin: str) -> bool:
    """Whether a PIN is the one that was kept. It takes as long where none was kept."""
    with suppress(InvalidToken):
        return check_password(pin, unseal(kept) if kept else _nobodys()) and kept is not None
    return False


@cache
def _nobodys() -> str:
    """The hash of something that nobody can type."""
    return make_password(new_token())


def wait_after(wrong: int) -> timedelta | None:
    """How long to wait after that many wrong ones in a row: a minute after the fifth, and each time twice as long."""
    if wrong < FREE_TRIES:
        return None
    return min(timedelta(minutes=2 ** min(wrong - FREE_TRIES, 12)), LONGEST_WAIT)
