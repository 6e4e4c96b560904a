"""The trust's own money, each with a neighbour in nearly the same words that is somebody else's, or none."""

from __future__ import annotations

import pytest

from trustwide.engines.words import check


def money(text: str) -> list[str]:
    return [each.text for each in check(text) if each.kind == "money"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Cut the cost of taxis for discharge", "Could somebody cut the cost of taxis for families"),
        ("cut our taxi spend", "The taxi home cost £18"),
        ("The taxi bill for the trust is too high", "Her taxi bill was £40"),
        ("cut spending on hotels for locums", "The hotel cost my parents a fortune"),
        ("less lost income", "He lost income while he cared for her"),
        ("Lost income from cancelled lists", "Carers lose income when visits run late"),
        ("saves 3p a pair", "home by 3 pm, it saved 3 people a trip"),
        ("stop wasting linen and save ££££", "save the form first"),
    ],
)
def test_what_the_trust_pays_and_what_others_pay(text: str, clean: str) -> None:
    assert money(text)
    assert money(clean) == []
