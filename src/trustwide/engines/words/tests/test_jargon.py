"""Terms and short forms that need plain words, each with a neighbour in nearly the same words that needs none."""

from __future__ import annotations

import pytest

from trustwide.engines.words import check


def jargon(text: str) -> list[str]:
    return [each.text for each in check(text) if each.kind == "jargon"]


@pytest.mark.parametrize(
    ("text", "found", "clean"),
    [
        ("the EPR means nobody looks at them", "EPR", "EPR means electronic patient record"),
        ("The KPI means people rush", "KPI", "LOS means how long somebody stays"),
        ("MDT means we all wait", "MDT", "MDT means multidisciplinary team"),
        ("Nobody knows what the PMO means for us", "PMO", "PMO means programme management office"),
        ("Ask what SLR means", "SLR", "SLR means income and cost of a service"),
    ],
)
def test_what_comes_of_a_thing_does_not_explain_it(text: str, found: str, clean: str) -> None:
    assert jargon(text) == [found]
    assert jargon(clean) == []


@pytest.mark.parametrize(
    ("text", "found", "clean"),
    [
        ("ToR for the group need agreeing", "ToR", "Terms of reference (ToR) for the group"),
        ("PbR rules changed", "PbR", "McD and iPad on the list"),
        ("A VfM case", "VfM", "A DoLS form"),
        ("SaLT referral waits 9 days", "SaLT", "Salt on the path"),
        ("OoH cover is thin", "OoH", "Ooh, cover is thin"),
    ],
)
def test_known_letters_in_both_sizes(text: str, found: str, clean: str) -> None:
    assert jargon(text) == [found]
    assert jargon(clean) == []


def test_a_culture_to_embed_is_jargon_and_no_solution() -> None:
    assert [each.kind for each in check("we want to embed a culture of continuous improvement")] == ["jargon"] * 2
    assert check("The culture here is kind, and waits improve") == []


@pytest.mark.parametrize(
    ("text", "found", "clean"),
    [
        ("The front door is under pressure", "front door", "The front door will not lock"),
        ("Front door flow is slow", "Front door", "Half the chairs at the front door are broken"),
        ("More staff at the front door", "front door", "He slipped at his own front door"),
        ("The front door needs a plan", "front door", "The front door was wedged and the ward froze"),
        ("The two-week sprint starts", "sprint", "Sam ran the sprint and came third"),
        ("The plan has traction", "traction", "A leg in traction since Friday"),
    ],
)
def test_a_thing_by_the_same_name(text: str, found: str, clean: str) -> None:
    assert jargon(text) == [found]
    assert jargon(clean) == []
