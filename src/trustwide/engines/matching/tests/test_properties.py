"""What holds of any text and any values, and what is held of the model, the lexicon and the drafts."""

from __future__ import annotations

import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from trustwide.engines.documents import document_of
from trustwide.engines.matching import Matcher, Value, ValuesFileError, drafts, read_values
from trustwide.engines.matching.learned import examples, learned
from trustwide.engines.matching.meanings import near_meanings, own_senses
from trustwide.engines.matching.signs import words_of
from trustwide.engines.matching.tests.scoring import CORPUS, passages, values_of
from trustwide.engines.meaning.model import FILE, PACKAGE, vectors
from trustwide.engines.meaning.wordpieces import numbers

SAMPLE = "be kind open together . improve ? \n you will not of 8 test\0 é 🙂 ﬁ “ ” - ; trial ideas and"
WORDS = st.sampled_from(re.split(" ", SAMPLE))
TEXT = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=40).map(" ".join))
MODEL = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MATCHER = Matcher(values_of("harbour"))


@settings(deadline=None)
@given(TEXT)
def test_passages_quote_the_text_and_the_order_is_kept(text: str) -> None:
    found = MATCHER.check(document_of(text))
    for said in (*found.values.values(), found.support_for_improvement):
        assert all(each.text == text[each.start : each.end] and each.text.strip() for each in said)
        assert [each.start for each in said] == sorted({each.start for each in said})
    assert all(found.values.values())


@settings(deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_any_names_and_behaviours_will_do(name: str, behaviours: list[str]) -> None:
    Matcher([Value(name, tuple(behaviours))]).check(document_of("Be kind to visitors and try new ideas."))


@given(st.binary(max_size=200))
def test_any_bytes_for_values_raise_only_the_named_error(content: bytes) -> None:
    try:
        read_values("v.csv", b"value,behaviour\n" + content)
    except ValuesFileError as error:
        said = str(error)
    else:
        return
    assert said.startswith("v.csv")


def test_a_text_says_the_same_alone_and_in_company() -> None:
    texts = [str(case["text"]) for case in passages("second_look")]
    together = MATCHER.check_all([document_of(text) for text in texts])
    apart = [MATCHER.check(document_of(text)) for text in texts[:20]]
    assert together[:20] == apart
    assert np.allclose(vectors(texts)[3], vectors([texts[3]])[0], atol=1e-3)


def test_the_model_is_the_one_that_was_learned_with() -> None:
    found = find_spec(PACKAGE)
    assert found
    assert found.origin
    assert hashlib.sha256((Path(found.origin).parent / FILE).read_bytes()).hexdigest() == MODEL
    assert numbers("Kind, naïve patients!") == [101, 2785, 1010, 15743, 5022, 999, 102]
    alike = vectors(["The cat sat on the mat", "A kitten was on the rug", "Quarterly payroll deadlines"])
    assert alike[0] @ alike[1] > alike[0] @ alike[2] + 0.3


def test_what_was_learned_fits_the_examples() -> None:
    meanings = {meaning for each in examples() for meaning in each.meanings}
    print(f"{len(examples())} examples of {len(meanings)} meanings")
    assert set(learned().meanings) == meanings
    assert set(near_meanings()) <= meanings
    assert {other for near in near_meanings().values() for other in near} <= meanings
    assert len({each.text for each in examples()}) == len(examples())


def test_no_passage_of_the_corpus_is_an_example() -> None:
    learned_from = {each.text for each in examples()}
    held = {str(case["text"]) for file in CORPUS.glob("*.jsonl") for case in passages(file.stem)}
    assert not learned_from & held


def test_other_senses_are_taken_out() -> None:
    words = [word for word, _, _ in words_of("This kind of pump is kind to veins, and open from 8 am")]
    assert [word for word in own_senses(words) if word in ("kind", "open")] == ["kind"]


def test_a_denied_duty_is_none() -> None:
    said = "There is no requirement to take part in improvement projects."
    assert MATCHER.check(document_of(said)).support_for_improvement == []
    assert MATCHER.check(document_of(said.replace("There is no requirement", "We expect you"))).support_for_improvement


def test_drafts_are_offered_for_what_is_missing_and_are_found_once_pasted() -> None:
    for name in ("harbour", "moor", "vale", "tide", "quay", "marsh"):
        values = values_of(name)
        matcher = Matcher(values)
        offered = drafts(values, matcher.check(document_of("Parking is charged.")))
        assert [each.value for each in offered] == [*(value.name for value in values), None]
        pasted = "\n".join(sentence for each in offered for sentence in each.sentences)
        assert all(1 <= len(each.sentences) <= 2 for each in offered)
        assert drafts(values, matcher.check(document_of(pasted))) == []


def test_drafts_ask_of_one_person_what_the_trust_says_of_itself() -> None:
    values = [Value("Fair", ("We are even-handed.", "Hearing both sides", "We don't gossip"))]
    (draft,) = drafts(values, Matcher(values).check(document_of("You share what you learn from improvement projects.")))
    assert draft.sentences[0] == "You will be even-handed: this is how we live our value “Fair”."
    assert draft.sentences[1] == "We ask this of you, to live our value “Fair”: Hearing both sides."


def test_an_aim_is_found_by_its_wording_and_terms_of_employment_are_not() -> None:
    matcher = Matcher([], [Value("No long waits for emergency help", ("Waiting on a trolley is frightening",))])
    said = "Patients brought by ambulance do not wait in corridors."
    found = matcher.check(document_of(f"The post is 30 hours a week at band 3. {said} You hold a driving licence."))
    assert [each.text for each in found.aims["No long waits for emergency help"]] == [said]
    assert found.values == {}
    assert matcher.check(document_of("You report to the ward manager.")).aims == {}
