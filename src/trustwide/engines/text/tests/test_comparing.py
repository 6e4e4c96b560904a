"""Two texts side by side say all that each says, and mark what the other does not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.text import compare
from trustwide.engines.text.comparing import MOST_WORDS

WORDS = st.lists(st.sampled_from(["we", "listen", "first,", "\n", "always.", "é"]), max_size=12).map(" ".join)


@given(before=WORDS, after=WORDS)
def test_the_parts_are_the_text_and_unmarked_ones_are_in_both(before: str, after: str) -> None:
    left, right = compare(before, after)
    assert "".join(words for words, _new in left) == before
    assert "".join(words for words, _new in right) == after
    assert [words for words, new in left if not new] == [words for words, new in right if not new]
    assert any(new for _words, new in left + right) == (before != after)


def test_texts_too_long_to_compare_are_marked_whole() -> None:
    long = "word " * MOST_WORDS
    assert compare(long, "short") == ([(long, True)], [("short", True)])
    assert compare(long, long) == ([(long, False)], [(long, False)])
