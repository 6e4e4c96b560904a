"""Precision and recall on labelled passages, beside plain keyword search on the same.

`tuned_on` and `kept_aside` are halves of one set, parted by chance before anything was fitted; only the first was
fitted on. Whoever wrote the lexicon had written both, so the halves flatter it. `fresh` was written after the lexicon,
measured, and then fitted on too. `second_look` was written after that, with values of its own, and was never fitted on.
The README has what was measured before each was looked into.
"""

from __future__ import annotations

import pytest

from trustwide.engines.matching.signs import words_of
from trustwide.engines.matching.stems import stem, stems
from trustwide.engines.matching.tests.scoring import SUPPORT, Engine, Score, passages, score, trustwide, values_of

SETS = ("tuned_on", "kept_aside", "fresh", "second_look")
#: How much better than keyword search, in F1, is a clear win.
CLEARLY = 0.15
FLOOR, LITERAL_FLOOR = 0.6, 0.85


def by_name(values: str, texts: list[str]) -> list[set[str]]:
    """Plain keyword search: the name of a value, or improvement."""
    return [
        _said(text, {value.name: stems(value.name) or {value.name.lower()} for value in values_of(values)})
        for text in texts
    ]


def by_any_word(values: str, texts: list[str]) -> list[set[str]]:
    """Keyword search for every word of the name and the behaviours that says something by itself."""
    return [
        _said(text, {value.name: stems(" ".join((value.name, *value.behaviours))) for value in values_of(values)})
        for text in texts
    ]


def _said(text: str, keywords: dict[str, set[str]]) -> set[str]:
    found = {stem(word) for word, _, _ in words_of(text)}
    said = {name for name, wanted in keywords.items() if wanted & found}
    return said | ({SUPPORT} if any(word.startswith("improv") for word in found) else set())


def short_of(name: str, engine: Engine) -> dict[str, str]:
    """Where an engine misses the floor or does not clearly win over keyword search."""
    found = dict(zip(("values", "support"), score(name, engine), strict=True))
    keywords = [dict(zip(found, score(name, each), strict=True)) for each in (by_name, by_any_word)]
    missed = {}
    for kind, result in found.items():
        best = max((each[kind] for each in keywords), key=lambda each: each.both)
        print(f"{name:11} {kind:7} {result}; keyword search {best}")
        if min(result.precision, result.recall) < FLOOR or result.both < best.both + CLEARLY:
            missed[kind] = str(result)
    return missed


@pytest.mark.parametrize("name", SETS)
def test_values_and_support_are_found_clearly_better_than_by_keywords(name: str) -> None:
    assert short_of(name, trustwide) == {}


@pytest.mark.parametrize("name", SETS)
def test_what_repeats_the_words_is_found(name: str) -> None:
    values, support = score(name, trustwide, kinds=("literal",))
    print(f"{name:11} literal: values {values}; support {support}")
    assert min(values.recall, support.recall) >= LITERAL_FLOOR


@pytest.mark.parametrize("name", SETS)
def test_meaning_without_the_words_is_found(name: str) -> None:
    values, support = score(name, trustwide, kinds=("paraphrase",))
    print(f"{name:11} in other words: values {values}; support {support}")
    assert min(values.both, support.both) >= FLOOR


def test_words_in_another_sense_and_plain_duties_carry_next_to_nothing() -> None:
    kinds = ("another sense", "nothing")
    cases = sum(case["kind"] in kinds for name in SETS for case in passages(name))
    wrong = [text for name in SETS for each in score(name, trustwide, kinds=kinds) for text in each.wrong]
    print(f"{cases} passages that carry nothing, {len(wrong)} flags: {wrong}")
    assert len(wrong) <= 0.06 * cases


def test_the_corpus_is_large_and_tempts() -> None:
    halves = [len(passages(name)) for name in SETS[:2]]
    cases = [case for name in SETS for case in passages(name)]
    empty = sum(not case["carries"] for case in cases)
    print(f"{len(cases)} passages, halves of {halves}, {empty} carry nothing")
    assert sum(halves) >= 200
    assert abs(halves[0] - halves[1]) <= 1
    assert len({case["text"] for case in cases}) == len(cases)
    assert empty * 3 >= len(cases)
    for case in cases:
        names = {value.name for value in values_of(str(case["values"]))} | {SUPPORT}
        assert set(case["carries"]) <= names  # type: ignore[call-overload]


def nothing(values: str, texts: list[str]) -> list[set[str]]:
    return [set() for _ in texts]


def everything(values: str, texts: list[str]) -> list[set[str]]:
    return [{SUPPORT, *(value.name for value in values_of(values))} for _ in texts]


@pytest.mark.parametrize("engine", [nothing, everything, by_name, by_any_word])
@pytest.mark.parametrize("name", SETS)
def test_control_an_engine_without_judgement_falls_short(name: str, engine: Engine) -> None:
    assert set(short_of(name, engine)) == {"values", "support"}


def test_control_a_score_counts_what_is_wrong_and_missed() -> None:
    assert (Score(right=1, flagged=2, labelled=4).precision, Score(right=1, flagged=2, labelled=4).recall) == (
        0.5,
        0.25,
    )
