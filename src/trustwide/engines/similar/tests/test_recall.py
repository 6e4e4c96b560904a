"""How often the record that answers a query is among the first five: ours against plain full-text search, same run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from functools import cache

import pytest

from trustwide.engines.similar import Question, Shelf, fingerprints
from trustwide.engines.similar.tests.labelled_set import Pair, Work, others, pairs, records
from trustwide.engines.similar.words import roots

pytestmark = pytest.mark.seen_once  # no database

FIRST = 5
Search = Callable[[str], list[int]]


def recall(search: Search, asked: list[Pair]) -> float:
    return sum(each.place in search(each.query) for each in asked) / len(asked)


@cache
def shelf() -> Shelf:
    return Shelf.of(fingerprints([f"{each.title}. {each.text}" for each in records()]))


def ours(query: str) -> list[int]:
    return [each.row for each in shelf().rank(Question.of(query), most=FIRST)]


def by_words_alone(query: str) -> list[int]:
    return [each.row for each in shelf().rank(Question(Question.of(query).words, None), most=FIRST)]


def full_text(works: list[Work]) -> Search:
    """SQLite's FTS5, stemmed and ranked by bm25, any of the words: what a search box does."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE works USING fts5(title, text, tokenize='porter unicode61')")
    rows = [(place, each.title, each.text) for place, each in enumerate(works)]
    database.executemany("INSERT INTO works(rowid, title, text) VALUES (?, ?, ?)", rows)
    ask = "SELECT rowid FROM works WHERE works MATCH ? ORDER BY bm25(works) LIMIT ?"

    def search(query: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query.lower()))
        return [place for (place,) in database.execute(ask, [words, FIRST])]

    return search


def shares_no_word(pair: Pair) -> bool:
    record = records()[pair.place]
    return not set(roots(pair.query)) & set(roots(f"{record.title} {record.text}"))


def test_the_set_is_what_it_ought_to_be() -> None:
    every, kept = pairs(), pairs(kept_aside=True)
    unlike = sum(map(shares_no_word, every))
    print(f"{len(every)} pairs, {len(kept)} kept aside, {unlike} share no word; {len(others())} others")
    assert len(every) >= 150
    assert 0.4 < len(kept) / len(every) < 0.6
    assert unlike >= len(every) / 2
    assert len(others()) >= 300
    assert len({each.title + each.text for each in records()}) == len(records())


def test_it_finds_far_more_than_full_text_search() -> None:
    """In the half kept aside, and in what was written last, neither of them ever fitted on."""
    plain = full_text(records())
    sets = {"tuned on": pairs(kept_aside=False), "kept aside": pairs(kept_aside=True)}
    sets |= {"fresh": pairs("fresh.txt"), "second look": pairs("second_look.txt")}
    for name, asked in sets.items():
        ways = {"meaning and words": ours, "our words alone": by_words_alone, "full-text search": plain}
        found = {way: recall(search, asked) for way, search in ways.items()}
        told = {way: round(share, 2) for way, share in found.items()}
        print(f"{name}, {len(asked)} queries, recall at {FIRST}: {told}")
        if name in ("kept aside", "second look"):
            assert told["meaning and words"] >= told["full-text search"] + 0.3
            assert told["meaning and words"] >= 2 * told["full-text search"]


def test_control_full_text_search_finds_what_is_said_in_the_same_words() -> None:
    """What it is measured against works: asked with titles, it finds nearly all."""
    plain = full_text(records())
    titled = [Pair(records()[each.place].title, each.place) for each in pairs(kept_aside=True)]
    assert recall(plain, titled) >= 0.95
    assert recall(ours, titled) >= 0.95
