"""What holds of any text whatever."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.words import check, identifiers, reading_age
from trustwide.engines.words.nhs_numbers import may_be_a_time, nhs_numbers
from trustwide.engines.words.tests.scoring import texts

PIECES = st.sampled_from(
    [str(case["text"]) for name in ("tuned_on", "fresh") for case in texts(name)]
    + ["\n", "\r\n", " ", "😀", "é", "TB2 4XY", "(", "dob ", "£", "@", ". "]
)
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=6).map("".join)
SPACINGS = (
    "{0}{1}{2}",
    "{0} {1} {2}",
    "{0}-{1}-{2}",
    "{0}.{1}.{2}",
    "{0}\u00a0{1}\u00a0{2}",
    "{0} {1}{2}",
    "{0} - {1} - {2}",
    "{0}·{1}·{2}",
    "{0}_{1}_{2}",
    "{0},{1},{2}",
)


def with_check_digit(nine: str) -> str | None:
    """Worked out another way than the engine does it: by trying all ten."""
    tries = [f"{nine}{last}" for last in range(10)]
    right = [
        each
        for each in tries
        if sum(int(digit) * (10 - place) for place, digit in enumerate(each[:9])) % 11 == rest(each)
    ]
    return right[0] if right else None


def rest(ten: str) -> int:
    return (11 - int(ten[9])) % 11


NINE = st.text("0123456789", min_size=9, max_size=9)


@given(TEXTS)
def test_findings_slice_to_their_text_in_order_and_apart(text: str) -> None:
    found = check(text)
    assert [each.text for each in found] == [text[each.start : each.end] for each in found]
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert all(each.text and each.say_instead for each in found)
    assert all((each.identifier is None) or each.kind == "identifier" for each in found)
    for kind in {each.kind for each in found}:
        assert all(one.end <= other.start for one, other in pairwise([each for each in found if each.kind == kind]))
    assert identifiers(text) == [each for each in found if each.kind == "identifier"]


@given(TEXTS)
def test_reading_age_is_none_or_five_and_more(text: str) -> None:
    age = reading_age(text)
    assert age is None or age >= 5


@given(NINE, st.sampled_from(SPACINGS))
def test_every_nhs_number_is_found_in_every_spacing(nine: str, spacing: str) -> None:
    ten = with_check_digit(nine)
    if ten is not None:
        typed = spacing.format(ten[:3], ten[3:6], ten[6:])
        found = [each for each in identifiers(f"Letter for {typed}, who waited.") if each.identifier == "nhs_number"]
        assert [each.text for each in found] == [typed]


@given(NINE)
def test_wide_digits_pairs_and_brackets_are_found_too(nine: str) -> None:
    ten = with_check_digit(nine)
    if ten is not None:
        wide = ten.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        pairs = " ".join(ten[place : place + 2] for place in range(0, 10, 2))
        for typed in (wide, f"{ten[:3]}) {ten[3:6]} {ten[6:]}", *([] if may_be_a_time(ten) else [pairs])):
            assert [each.text for each in nhs_numbers(f"Letter for ({typed}, who waited.")] == [typed]


@given(NINE, st.integers(0, 9), st.sampled_from(SPACINGS))
def test_a_wrong_check_digit_is_clean(nine: str, last: int, spacing: str) -> None:
    ten = f"{nine}{last}"
    if ten != with_check_digit(nine):
        assert list(nhs_numbers(f"Order {spacing.format(ten[:3], ten[3:6], ten[6:])} is late")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Lamb in bed 14 had no tea", ["bed 14"]),
        ("the patient in bay 3 bed 2 rang", ["bay 3 bed 2"]),
        ("Bed 14 has a broken rail", []),
        ("Bays 1 to 4 are cold", []),
        ("😀 Mrs Lamb, side room 4", ["side room 4"]),
    ],
)
def test_beds_beside_a_person(text: str, found: list[str]) -> None:
    """They carry no identifier's name, since the list that others read has none for them."""
    beds = [each for each in identifiers(text) if each.identifier is None]
    assert [each.text for each in beds] == found


@pytest.mark.parametrize(
    "piece", ["12 ", "3.4.41 ", "Jean Smith, 2 Nov 1952, ", "a[at]b[dot]", "make the ", "Mrs Aa Bb ", "£1"]
)
def test_the_work_grows_in_step_with_the_text(piece: str) -> None:
    """Four times the text takes nowhere near sixteen times as long, by the processor’s own clock."""

    def seconds(times: int) -> float:
        text, taken = piece * times, []
        for _ in range(3):
            start = process_time()
            check(text)
            taken.append(process_time() - start)
        return min(taken)

    check(piece)
    assert seconds(2000) < 9 * max(seconds(500), 0.001)
