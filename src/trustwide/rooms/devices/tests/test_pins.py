"""Which PINs are refused, how they are kept, and how long wrong ones make people wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from trustwide.rooms.devices import pins

EASY = [
    "123456", "234567", "654321", "098765", "456789", "567890", "111111", "121212", "123123", "907907", "112211",
    "000001", "010190", "311299", "991231", "122585", "051985", "198505",
]  # fmt: skip
GOOD = ["904837", "730284", "548193", "662943", "471905"]


@pytest.mark.parametrize("pin", EASY)
def test_easy_pins_are_refused(pin: str) -> None:
    assert pins.is_too_easy(pin)


@pytest.mark.parametrize("pin", GOOD)
def test_good_pins_are_taken(pin: str) -> None:
    assert not pins.is_too_easy(pin)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(pins.BIRTHDAYS))
def test_no_birthday_is_a_pin(day: date, shape: str) -> None:
    assert pins.is_too_easy(day.strftime(shape))


def test_most_pins_are_left() -> None:
    left = sum(not pins.is_too_easy(f"{number:06}") for number in range(0, 1_000_000, 97))
    print(f"{left} of {-(-1_000_000 // 97)} PINs may be chosen")
    assert left > 0.8 * 1_000_000 / 97


def test_a_pin_is_kept_as_a_sealed_hash() -> None:
    kept = pins.sealed("904837")
    assert "904837" not in kept
    assert "argon2" not in kept
    assert pins.is_right(kept, "904837")
    assert not pins.is_right(kept, "904838")
    assert not pins.is_right(None, "904837")
    assert kept != pins.sealed("904837")


def test_another_installation_cannot_read_it() -> None:
    kept = pins.sealed("904837")
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):  # noqa: S106 (made up)
        assert not pins.is_right(kept, "904837")


def test_a_pin_is_hashed_whoever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer takes as long for somebody with no PIN, so that its time tells nothing."""
    asked = []
    monkeypatch.setattr(pins, "check_password", lambda pin, kept: asked.append(kept) is None)
    assert not pins.is_right(None, "904837")
    assert pins.is_right(pins.sealed("904837"), "904837")
    assert [each.partition("$")[0] for each in asked] == ["argon2", "argon2"]


def test_waits_grow_to_half_a_day() -> None:
    waits = [pins.wait_after(wrong) for wrong in range(1, 30)]
    assert waits[:7] == [None] * 4 + [timedelta(minutes=each) for each in (1, 2, 4)]
    told = [each for each in waits if each]
    assert told == sorted(told)
    assert told[-1] == pins.LONGEST_WAIT
