"""Whoever supports an idea supports it once, and goes with it into every other that it becomes part of."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustwide.rooms.ideas import actions_ideas as actions
from trustwide.rooms.ideas.models import Idea
from trustwide.rooms.ideas.tests.made import House, again

WHO = ("nurse", "other", "leader", "porter", "head", "chair")
WRITERS = ("nurse", "other", "nurse", "other")  # of four ideas
people, places = st.sampled_from(WHO), st.integers(0, len(WRITERS) - 1)
acts = st.one_of(
    st.tuples(st.just("support"), places, people),
    st.tuples(st.just("support"), places, people),
    st.tuples(st.just("take back"), places, people),
    st.tuples(st.just("merge"), places, places),
    st.tuples(st.just("word anew"), places, st.just("")),
)


@pytest.fixture
def ideas(house: House) -> list[Any]:
    return [house.idea(by, f"Idea {number}", place=house.ward) for number, by in enumerate(WRITERS)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=st.lists(acts, min_size=4, max_size=10))
def test_everybody_is_kept_and_counted_once_whatever_the_order(house: House, ideas: list[Any], done: list[Any]) -> None:
    with transaction.atomic():
        wanted: list[set[str]] = [set() for _each in ideas]
        gone: set[int] = set()
        for act, at, other in done:
            do(house, ideas, wanted, gone, act, at, other)
        for number, each in enumerate(ideas):
            now = again(Idea, each)
            named = [one.by.name.lower() for one in now.supporters.select_related("by")]
            assert (sorted(named), now.supported) == (sorted(wanted[number]), len(wanted[number]))
        transaction.set_rollback(True)


def do(house: House, ideas: list[Any], wanted: list[set[str]], gone: set[int], act: str, at: int, other: Any) -> None:
    """One act, if it may be done, and what is to come of it."""
    idea = again(Idea, ideas[at])
    if act == "take back":
        actions.take_back_support(by=getattr(house, other), idea=idea)
        wanted[at].discard(other)
    elif at in gone:
        return
    elif act == "support" and other != WRITERS[at]:
        actions.support_idea(by=getattr(house, other), idea=idea)
        wanted[at].add(other)
    elif act == "word anew" and idea.is_locked:
        actions.word_anew(by=getattr(house, WRITERS[at]), idea=idea, text="In other words")
    elif act == "merge" and other != at and other not in gone:
        actions.merge_ideas(by=house.leader, idea=idea, into=again(Idea, ideas[other]))
        wanted[other] |= {*wanted[at], WRITERS[at]} - {WRITERS[other]}
        gone.add(at)
