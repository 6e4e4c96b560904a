"""What holds of any texts: their order, their company, their size and strange ones do not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustwide.engines.similar import Fingerprint, Question, Shelf, fingerprints, meanings_of, words_of
from trustwide.engines.similar.fingerprints import as_bytes, as_marks
from trustwide.engines.similar.ranking import LEAST
from trustwide.engines.similar.tests.labelled_set import pairs, records
from trustwide.engines.similar.words import MOST_IDEAS, MOST_WORDS, ideas, roots, shorthand, spelt_out

WORDS = st.sampled_from("late tablets ttos ward seven Nerys wait waiting garden A&E the of don't é 🙂 \x00 %".split())  # noqa: SIM905
TEXT = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))
MEANING = st.binary(min_size=384, max_size=384).map(lambda parts: np.frombuffer(parts, np.int8).clip(-127).tobytes())
KEPT = st.builds(Fingerprint, st.one_of(st.just(b""), MEANING), TEXT.map(words_of))
TITLES = [each.title for each in records()[:60]]


def asked(words: str, seed: int = 1) -> Question:
    meaning = np.random.default_rng(seed).normal(size=384).astype(np.float32)
    return Question(Question.of(words).words, meaning / np.linalg.norm(meaning))


@pytest.fixture(scope="module", autouse=True)
def unasked_model() -> None:
    """The model is loaded once, before anything is timed."""
    meanings_of(["nothing"])


@given(st.lists(KEPT, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(kept: list[Fingerprint], draw: object) -> None:
    question = asked("late tablets on the ward")
    order = list(range(len(kept)))
    draw.shuffle(order)  # type: ignore[attr-defined]
    one = Shelf.of(kept).rank(question, most=50)
    other = Shelf.of([kept[place] for place in order]).rank(question, most=50)
    assert [each.score for each in one] == pytest.approx([each.score for each in other], abs=1e-4)
    assert {each.row for each in one} == {order[each.row] for each in other}


@given(st.lists(KEPT, min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_rows_that_are_left_out_leave_no_trace(kept: list[Fingerprint], shown: list[bool]) -> None:
    allowed = np.array(shown[: len(kept)])
    places = [place for place, is_shown in enumerate(allowed) if is_shown]
    question = asked("ttos waiting for Nerys")
    with_them = Shelf.of(kept).rank(question, allowed, most=50)
    without = Shelf.of([kept[place] for place in places]).rank(question, most=50)
    assert [(each.row, each.words) for each in with_them] == [(places[each.row], each.words) for each in without]
    assert [each.score for each in with_them] == pytest.approx([each.score for each in without], abs=1e-4)


@given(st.lists(KEPT, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8), st.lists(KEPT, max_size=4))
def test_a_shelf_that_is_changed_is_one_made_anew(
    kept: list[Fingerprint], stay: list[bool], new: list[Fingerprint]
) -> None:
    stays = np.array(stay[: len(kept)], bool)
    changed = Shelf.of(kept).changed(stays, new)
    anew = Shelf.of([*(each for each, is_kept in zip(kept, stays, strict=True) if is_kept), *new])
    question = asked("late tablets for Nerys")
    assert changed.rank(question, most=20) == anew.rank(question, most=20)
    assert np.array_equal(changed.meanings, anew.meanings)


def test_control_how_rare_a_word_is_depends_on_who_is_counted() -> None:
    kept = [Fingerprint(b"", words_of(text)) for text in ("late tablets", *["late"] * 20)]
    question = Question(Question.of("late garden").words, None)
    alone = Shelf.of(kept[:1]).rank(question)[0].score
    assert Shelf.of(kept).rank(question, np.arange(21) < 1)[0].score == alone
    assert all(each.score != alone for each in Shelf.of(kept).rank(question))


def test_a_text_is_the_same_alone_and_in_company() -> None:
    together = meanings_of(TITLES)
    for place in (0, 7, 31):
        apart = np.frombuffer(meanings_of([TITLES[place]])[0], np.int8).astype(np.float64)
        beside = np.frombuffer(together[place], np.int8).astype(np.float64)
        assert apart @ beside / np.linalg.norm(apart) / np.linalg.norm(beside) > 0.99


@given(st.integers(0, 2**32 - 1), st.floats(0.001, 5), st.floats(0.01, 1000))
def test_how_long_a_vector_is_does_not_matter(seed: int, spread: float, times: float) -> None:
    vector = np.random.default_rng(seed).normal(0, spread, (1, 384))
    assert np.abs(as_bytes(vector * times).astype(int) - as_bytes(vector).astype(int)).max() <= 1  # type: ignore[arg-type]


def test_little_is_lost_by_keeping_bytes() -> None:
    """The likeness of two texts from their bytes is that from their vectors to within a hundredth."""
    kept = fingerprints(TITLES)
    exact = Question.of(pairs()[0].query).meaning
    assert exact is not None
    rough = np.stack([np.frombuffer(each.meaning, np.int8) for each in kept]).astype(np.float32)
    from_bytes = rough @ exact / np.linalg.norm(rough, axis=1)
    told = {match.row: match.score for match in Shelf.of([Fingerprint(each.meaning, b"") for each in kept]).rank(
        Question((), exact), most=60)}  # fmt: skip
    assert told
    assert all(abs(0.65 * from_bytes[row] - score) < 0.01 for row, score in told.items())


@settings(deadline=None)
@given(TEXT)
def test_any_text_can_be_kept_and_asked(text: str) -> None:
    held = as_marks(words_of(text))
    assert len(held) == len(set(held.tolist())) <= MOST_WORDS + MOST_IDEAS
    words = Question(Question.of(text).words, None)
    found = Shelf.of([Fingerprint(b"", words_of(text)), Fingerprint(b"", b"")]).rank(words)
    assert [each.row for each in found] == ([0] if roots(spelt_out(text)) and len(words.words) <= 24 else [])[
        : len(found)
    ]
    assert all(LEAST <= each.score <= 1.001 for each in found)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "the of and", "🙂" * 5_000, "<script>alert(1)</script>", "x" * 100_000]
)
def test_strange_questions_have_an_answer(text: str) -> None:
    assert isinstance(Shelf.of(fingerprints(TITLES[:5])).rank(Question.of(text)), list)
    assert Shelf.of([]).rank(Question.of(text)) == []


def test_why_names_the_words_as_they_were_asked() -> None:
    shelf = Shelf.of(fingerprints(["Tablets to take home are late", "Bedsores on Cedar ward"]))
    first = shelf.rank(Question.of("pressure ulcers at Cedar"))[0]
    assert first.row == 1
    assert {"cedar", "pressure", "ulcers"} <= set(first.words)
    meant = shelf.rank(Question(((),)[0], Question.of("drugs for discharge not ready").meaning))
    assert [each.by_meaning for each in meant[:1]] == [True]


def test_names_and_rare_words_count_more_than_common_ones() -> None:
    kept = fingerprints([f"Waiting on the ward, part {each}" for each in range(20)] + ["Nerys counts chairs"])
    assert Shelf.of(kept).rank(Question.of("waiting for Nerys"))[0].row == 20


def test_without_the_model_words_and_ideas_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trustwide.engines.meaning.model.find_spec", lambda name: None)
    kept = fingerprints(["Tablets to take home are late", "Bedsores on Cedar ward"])
    assert {each.meaning for each in kept} == {b""}
    assert [each.row for each in Shelf.of(kept).rank(Question.of("ttos"))] == [0]
    assert [each.row for each in Shelf.of(kept).rank(Question.of("pressure damage"))] == [1]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("patients don't turn up", "~missed appointment"), ("two no-shows a day", "~missed appointment"),
     ("people miss their appointments", "~missed appointment"), ("she fell by the bed", "~fall"),
     ("drugs to go", "~to take home"), ("stuck in hospital", "~stranded"), ("we cannot get through", "~phone")],
)  # fmt: skip
def test_ways_in_which_people_speak_stand_for_an_idea(said: str, meant: str) -> None:
    assert meant in ideas(said)


def test_control_words_about_other_things_do_not() -> None:
    assert "~missed appointment" not in ideas("patients turn left at the desk")
    assert "~fall" not in ideas("a line on the floor")


def test_the_lists_of_words_are_in_order() -> None:
    assert spelt_out("DNAs in ED") == "DNAs in ED (missed appointments, emergency department)"
    assert all(long.strip() == long for long in shorthand().values())
    assert "~pressure sore" in ideas("pressure ulcers")
    assert ideas("the of and") == {}
