"""Bed, bay and side-room numbers in what stands on a wall: precision and recall on texts labelled by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.words import Finding, all_identifiers, identifiers
from trustwide.engines.words.tests.scoring import score, texts

FLOOR = 0.9


def test_precision_and_recall() -> None:
    result = score("beds", all_identifiers)
    precision, recall = result.precision("identifier"), result.recall("identifier")
    clean = sum(not case["findings"] for case in texts("beds"))
    print(f"beds: {len(texts('beds'))} texts, {clean} clean; precision {precision:.2f}, recall {recall:.2f}")
    print(result.wrong, result.missed)
    assert min(precision, recall) >= FLOOR


def test_control_what_asks_only_about_people_falls_short() -> None:
    assert score("beds", identifiers).recall("identifier") < FLOOR


def test_control_what_flags_everything_falls_short() -> None:
    def everything(text: str) -> list[Finding]:
        return [Finding("identifier", None, text, 0, len(text), "")]

    assert score("beds", everything).precision("identifier") < FLOOR


@given(st.text(max_size=200), st.sampled_from(["bed 4", "Bay B", "side room 2", "SR 3", "cubicle 10"]))
def test_a_number_is_found_wherever_it_stands(words: str, number: str) -> None:
    text = f"{words} {number} "
    assert any(each.end > len(words) for each in all_identifiers(text))
    assert all(text[each.start : each.end] == each.text for each in all_identifiers(text))
