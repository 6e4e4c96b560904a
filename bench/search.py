"""Search of 100,000 records, against the plain filter of the same words (no ranking, no marks) in the same house."""

from __future__ import annotations

from typing import Any

from bench import crowd

GOAL = 1
QUESTIONS = (
    "ward",
    "garden",
    "ward patient nurse",
    "pharmacy tablets fall",
    "kitchen bacedi",
    "balame",
    "tabelts kitchne",
)


def measure(*, quick: bool) -> float:
    crowd.set_up()
    teams, people = crowd.make_places()
    crowd.make_records(teams, people, 20_000 if quick else 100_000)
    runs = 3 if quick else 7
    ours, theirs = [], []
    for typed in QUESTIONS:
        ours.append(crowd.least_time(lambda typed=typed: ranked(people[0], typed), runs))
        theirs.append(crowd.least_time(lambda typed=typed: plain(people[0], typed), 1 if quick else 3))
        print(f"  {typed!r}: search {1000 * ours[-1]:.0f} ms, plain filter {1000 * theirs[-1]:.0f} ms")
    print(f"  the slowest question took {1000 * max(ours):.0f} ms")
    return sum(ours) / sum(theirs)


def ranked(person: Any, typed: str) -> object:
    from trustwide.rooms.commons.search import Question, find

    return find(person, Question.of(typed))


def plain(person: Any, typed: str) -> object:
    """All that holds the words, counted: what a page without an index would do."""
    from django.db.models import Q

    from trustwide.rooms.commons.models import Record

    found = Record.objects.visible_to(person)
    for word in typed.split():
        found = found.filter(Q(search_text__title__icontains=word) | Q(search_text__text__icontains=word))
    return found.order_by().count()
