"""Work like a text among 20,000 records, against plain full-text search of the same words, filtered alike."""

from __future__ import annotations

import random
from typing import Any

from bench import crowd

GOAL = 4
MOST_MS = 150
RECORDS, QUICK = 20_000, 5_000
QUESTIONS = (
    "ttos not ready",
    "people wait all afternoon for their medicines",
    "falls at night on the ward",
    "who can help with discharge letters that nobody understands",
    "Nerys",
)


def measure(*, quick: bool) -> float:
    crowd.set_up()
    teams, people = crowd.make_places()
    records = crowd.make_records(teams, people, QUICK if quick else RECORDS)
    keep(records)
    person, runs = people[0], 5 if quick else 15
    ours, theirs = [], []
    for typed in QUESTIONS:
        ours.append(crowd.least_time(lambda typed=typed: by_meaning(person, typed), runs))
        theirs.append(crowd.least_time(lambda typed=typed: by_words(person, typed), runs))
        print(f"  {typed!r}: by meaning {1000 * ours[-1]:.0f} ms, full-text search {1000 * theirs[-1]:.0f} ms")
    told_apart(person)
    print(f"  {len(records):,} records; the slowest question took {1000 * max(ours):.0f} ms, to be under {MOST_MS} ms")
    return sum(ours) / sum(theirs)


def keep(records: list[Any]) -> None:
    """The words of each, and a meaning by chance: what they mean costs the same whatever it is."""
    from trustwide.engines.similar import words_of
    from trustwide.rooms.commons.meanings import MADE_WITH
    from trustwide.rooms.commons.models import Meaning, SearchText

    draw = random.Random(7)
    texts = dict(SearchText.objects.values_list("record", "text"))
    rows = [
        Meaning(
            record_id=each.pk,
            words=words_of(f"{each.title}. {texts[each.pk]}"),
            meaning=draw.randbytes(384),
            made_with=MADE_WITH,
            text_hash=b"",
            stamp=draw.randrange(2**31),
        )
        for each in records
    ]
    Meaning.objects.bulk_create(rows, 5_000)


def by_meaning(person: Any, typed: str) -> object:
    from trustwide.rooms.commons.tried_before import like

    return like(person, typed)


def by_words(person: Any, typed: str) -> object:
    """The first five that hold any of the words, ranked by the database, of what the person may read."""
    from trustwide.rooms.commons.search import Question
    from trustwide.rooms.commons.search_sql import ranked
    from trustwide.rooms.commons.threads import cards_of

    first, *others = Question.of(typed).words
    return cards_of(person, ranked(person, [((first, *others), False)], (), 5, 0))


def told_apart(person: Any) -> None:
    """Where the time goes: the model, what the person may read, and the rest."""
    from trustwide.engines import similar
    from trustwide.rooms.commons import tried_before
    from trustwide.rooms.commons.models import Record

    question = similar.Question.of(QUESTIONS[1])
    shelf, readable = tried_before.kept_now().shelf, Record.objects.visible_to(person)
    parts = {
        "the model": lambda: similar.Question.of(QUESTIONS[1]),
        "what may be read": lambda: tried_before.allowed_of(tried_before.kept_now(), readable),
        "ranking": lambda: shelf.rank(question),
    }
    print("  " + ", ".join(f"{name} {1000 * crowd.least_time(act, 7):.0f} ms" for name, act in parts.items()))
