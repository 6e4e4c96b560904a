"""Whose address, date or bed it is: each with a neighbour in nearly the same words that is nobody's."""

from __future__ import annotations

import pytest

from trustwide.engines.words import identifiers


def found(text: str) -> list[str]:
    return [each.text for each in identifiers(text)]


@pytest.mark.parametrize(
    ("text", "postcodes"),
    [
        ("Mrs Patel, 12 Church Lane, TB2 4QX, no carers since Friday", ["TB2 4QX"]),
        ("Mr Ali, 4 Station Road, LS8 5AN, hoist not delivered", ["LS8 5AN"]),
        ("3 Hall Lane M20 6WR, patient not in", ["M20 6WR"]),
        ("Surgery at 2 High Street, DL5 4AA", []),
        ("our clinic, 4 Station Road, LS8 5AN", []),
        ("The clinics near Station Road, LS1 2AB", []),
    ],
)
def test_a_street_named_like_a_public_building_may_be_a_home(text: str, postcodes: list[str]) -> None:
    assert found(text) == postcodes


@pytest.mark.parametrize(
    ("text", "postcodes"),
    [
        ("Mrs Shaw, The Old Library, BD9 7XX", ["BD9 7XX"]),
        ("Our choir, The Old Library, BD9 7XX", []),
        ("address 3 Beech Court M20 6WR, no one at reception knew", ["M20 6WR"]),
        ("address 30 Church Street OL6 7SR for the pharmacy", []),
        ("the trust's address 3 Beech Court M20 6WR", []),
    ],
)
def test_a_house_named_after_what_it_was_and_a_bare_address(text: str, postcodes: list[str]) -> None:
    assert found(text) == postcodes


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("76 yr old man, 12-Jul-1949, sat in the discharge lounge", ["12-Jul-1949"]),
        ("man, 14/6/1938, waiting since noon", ["14/6/1938"]),
        ("Lady (3/11/44) seen by the wrong team", ["3/11/44"]),
        ("man, 14/6/2024, waiting since noon", []),
        ("Patient 12/07/1999 clinic letters were found in the loft", []),
        ("The wing was opened by a local man, 14/6/1938", []),
    ],
)
def test_a_date_right_behind_a_person_is_theirs_whatever_follows(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    ("text", "beds"),
    [
        ("Pt Jones bed 4 had no tea", ["bed 4"]),
        ("Pt Smith B4 missed tea", ["B4"]),
        ("Pt Lamb A3 has no buzzer", ["A3"]),
        ("Pt Reed A4 letter folded", []),
        ("Pt Smith B12 low", []),
        ("Pt Shah C5 fracture missed", []),
        ("Patient Transport bay 2 is full", []),
    ],
)
def test_a_bed_beside_a_patient_with_a_surname(text: str, beds: list[str]) -> None:
    assert found(text) == beds


@pytest.mark.parametrize(
    ("text", "beds"),
    [
        ("Jean in bed 14 had no breakfast", ["bed 14"]),
        ("we sat with Alf in Bay C, bed 6", ["Bay C, bed 6"]),
        ("Jean (bed 14) had no breakfast", ["bed 14"]),
        ("Hoist in bay 2", []),
        ("Estates in bay 4", []),
        ("Mark in bay 2 will not come off the floor", []),
        ("Jean in room 3 ran the session", []),
    ],
)
def test_a_bed_beside_a_first_name(text: str, beds: list[str]) -> None:
    assert found(text) == beds
