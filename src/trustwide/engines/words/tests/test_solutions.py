"""Fixes told as problems, each with a neighbour in nearly the same words that is none."""

from __future__ import annotations

import pytest

from trustwide.engines.words import check


def solutions(text: str) -> list[str]:
    return [each.text for each in check(text) if each.kind == "solution"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Provide two hoists", "Provide: nothing"),
        ("Train every porter", "Train – late again"),
        ("Fund a night clerk", "Fund - closed"),
        ("Solution = buy a hoist", "Buy = none left in the shop"),
        ("Issue tablets to staff", "Issue: the board met in private"),
    ],
)
def test_the_label_of_a_record_is_no_order(text: str, clean: str) -> None:
    assert solutions(text)
    assert solutions(clean) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("The lift needs two people to run it", "It needs two people to turn him"),
        ("Getting home needs a second bus", "Getting her home needs three visits and a hoist"),
    ],
)
def test_the_care_of_one_person_is_no_solution(text: str, clean: str) -> None:
    assert solutions(text)
    assert solutions(clean) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("We want to bring in two more porters", "We want to bring in more income"),
        ("We want to bring in mugs for all", "We want to bring in our own mugs"),
        ("We want to bring in a tea trolley", "Patients want to bring in their own tea"),
        ("We want to give patients a leaflet", "We want to give more time to families"),
        ("We want to give every ward a tablet", "We want to give families more of our time"),
        ("We want a portal", "We want a culture of continuous improvement"),
    ],
)
def test_wanting_income_or_time_for_people_is_no_solution(text: str, clean: str) -> None:
    assert solutions(text)
    assert solutions(clean) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("More parking spaces needed", "More information needed"),
        ("App needed for bookings", "No app needed for bookings"),
        ("Volunteers needed on Tuesdays", "Staff needed 40 minutes to find the keys"),
        ("Interpreter needed for clinic", "Interpreter needed for Mr Ali, none came"),
        ("GPs need access to our system", "Patients need access to a toilet"),
        ("GPs need our letters the same day", "GPs need our help"),
        ("Requirement for an automated text reminder service", "The requirement for two signatures is from 1998"),
        ("Extra forms needed in clinic", "Extra forms needed to get a chair put people off"),
        ("Health visitors need access to the list", "Visitors need access to the garden"),
        ("Order two more drip stands", "Order: nothing came"),
        ("The barrier – no lift to the second floor", "She lives on the top floor, no lift"),
        ("Need for a second lift", "Need for a better understanding of falls"),
    ],
)
def test_what_is_needed_is_one_even_without_a_verb(text: str, clean: str) -> None:
    assert solutions(text)
    assert solutions(clean) == []


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        *((f"problem{sign} no app for families", f"problem{sign} no sleep") for sign in (" =", " –", " —", ";", ".")),
        ("Lets get rid of the paper diary", "He got rid of the paper diary"),
        ("if only we had tablets at the bedside", "if only we had time"),
    ],
)
def test_short_ways_to_say_it(text: str, clean: str) -> None:
    assert solutions(text)
    assert solutions(clean) == []
