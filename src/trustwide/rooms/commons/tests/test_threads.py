"""How a record fits: the chain above, the work below, and what a reader may not see of either."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers import make_group, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons import threads
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Link, Record
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

pytestmark = pytest.mark.both_databases  # each walks links in its own SQL

CANARY = "Zanzibarcanary"


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


@pytest.fixture
def alice(trust: Place) -> Person:
    return make_person("Alice", "executive", trust)


def join(*chain: Record, meaning: str = "contributes-to") -> None:
    """Each helps the next."""
    for lower, higher in itertools.pairwise(chain):
        Link.objects.create(start_id=lower.pk, end_id=higher.pk, meaning=meaning, by=lower.owner)


def make_chain(by: Person, place: Place, *titles: str) -> list[Record]:
    """From the lowest up."""
    chain = [make_message(by, place, title=title) for title in titles]
    join(*chain)
    return chain


def titles(thread: threads.Thread, joints: list[threads.Joint]) -> list[tuple[str, str]]:
    named = {pk: card.title for pk, card in thread.cards.items()} | {None: "?"}
    return [(named[joint.lower], named[joint.upper]) for joint in joints]


def test_a_thread_goes_up_and_down(alice: Person, trust: Place) -> None:
    chain = make_chain(alice, trust, "Tablets by 11", "Ward 7", "Fewer waits", "Home sooner")
    found = threads.thread_of(alice, chain[1])
    assert titles(found, found.above.joints) == [("Ward 7", "Fewer waits"), ("Fewer waits", "Home sooner")]
    assert titles(found, found.below.joints) == [("Tablets by 11", "Ward 7")]
    assert (found.here.title, found.here.place, found.here.fact) == ("Ward 7", "St Bride's", "Posted")


def test_branches_that_meet_again_are_told_once(alice: Person, trust: Place) -> None:
    ward, left, right, top = (make_message(alice, trust, title=title) for title in ("Ward", "Left", "Right", "Top"))
    join(ward, left, top)
    join(ward, right, top)
    found = threads.thread_of(alice, ward)
    assert sorted(titles(found, found.above.joints)) == [
        ("Left", "Top"), ("Right", "Top"), ("Ward", "Left"), ("Ward", "Right"),
    ]  # fmt: skip


def hidden_chain(trust: Place) -> tuple[Person, list[Record]]:
    """Ward › (another's draft) › Top: and a reader who may read Ward and Top alone."""
    alice, reader = make_person("Alice", "executive", trust), make_person("Bob", "staff", make_team(trust))
    ward, top = (make_message(alice, trust, title=title) for title in ("Ward", "Top"))
    draft = make_message(alice, trust, title=CANARY, stage="draft")
    join(ward, draft, top)
    join(make_message(alice, trust, title="Test"), draft)
    return reader, [ward, draft, top]


def test_what_may_not_be_seen_is_not_passed(trust: Place) -> None:
    reader, (ward, draft, top) = hidden_chain(trust)
    up, down = threads.thread_of(reader, ward), threads.thread_of(reader, top)
    assert titles(up, up.above.joints) == [("Ward", "?")]
    assert titles(down, down.below.joints) == [("?", "Top")]
    assert [part.title for part in threads.line(reader, ward).parts] == [""]
    for said in (up, down, threads.line(reader, ward)):
        assert CANARY not in repr(said)
        assert str(draft.pk) not in repr(said)
    assert "Top" not in repr(up)
    assert "Test" not in repr(down)


def test_control_without_the_mask_it_is_seen(trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, (ward, *_rest) = hidden_chain(trust)
    monkeypatch.setattr(threads, "seen", lambda person, column: ("1 = 1", ()))
    assert [part.title for part in threads.line(reader, ward).parts] == ["Top", CANARY]
    monkeypatch.setattr(type(Record.objects.all()), "visible_to", lambda self, _person: self)
    assert CANARY in repr(threads.thread_of(reader, ward))


def test_two_unseen_neighbours_are_told_as_one(alice: Person, trust: Place) -> None:
    top = make_message(alice, trust, title="Top")
    for each in range(3):
        join(make_message(alice, trust, title=f"Draft {each}", stage="draft"), top)
    found = threads.thread_of(make_person("Bob", "staff", trust), top)
    assert titles(found, found.below.joints) == [("?", "Top")]


def test_other_meanings_are_neighbours_and_do_not_loop(alice: Person, trust: Place) -> None:
    first, second, third = (make_message(alice, trust, title=title) for title in ("First", "Second", "Third"))
    join(first, second, third, first, meaning="learned-from")
    draft = make_message(make_person("Bob", "executive", trust), trust, title=CANARY, stage="draft")
    join(first, draft, meaning="came-from")
    found = threads.thread_of(alice, first)
    assert [(str(each.words), each.card and each.card.title) for each in found.neighbours] == [
        ("came from", None), ("learned from", "Second"), ("taught", "Third"),
    ]  # fmt: skip
    assert not found.above.joints
    assert not found.below.joints


def test_a_circle_that_should_not_be_ends(alice: Person, trust: Place) -> None:
    first, second, third = make_chain(alice, trust, "First", "Second", "Third")
    join(third, first)
    found = threads.thread_of(alice, second)
    assert len(found.above.joints) == len(found.below.joints) == 3
    assert len(threads.line(alice, second).parts) <= threads.DEEPEST
    assert threads.leads_to(first.pk, first.pk)


def test_a_chain_of_25_is_cut_and_says_so(alice: Person, trust: Place) -> None:
    chain = make_chain(alice, trust, *(f"Step {each}" for each in range(26)))
    up, down = threads.thread_of(alice, chain[0]), threads.thread_of(alice, chain[-1])
    assert len(up.above.joints) == len(down.below.joints) == threads.DEEPEST
    assert up.above.cut == {chain[20].pk}
    assert down.below.cut == {chain[5].pk}
    assert len(threads.line(alice, chain[0]).parts) == threads.DEEPEST
    assert threads.leads_to(chain[0].pk, chain[25].pk)


def test_a_wide_thread_counts_the_rest(alice: Person, trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "SHOWN", 5)
    top = make_message(alice, trust, title="Top")
    for each in range(8):
        work = make_message(alice, trust, title=f"Work {each}")
        join(make_message(alice, trust, title=f"Test {each}"), work, top)
    found = threads.thread_of(alice, top)
    assert (len(found.below.joints), found.below.more, found.below.at_least) == (5, 11, False)
    monkeypatch.setattr(threads, "COUNTED", 10)
    found = threads.thread_of(alice, top)
    assert (len(found.below.joints), found.below.more, found.below.at_least) == (5, 5, True)


def test_the_line_goes_from_the_top_down(alice: Person, trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = make_chain(alice, trust, "Ward 7", "Fewer waits", "Home sooner")
    Record.objects.visible_to(alice)  # the person's roles, asked for once a request
    with CaptureQueriesContext(connection) as queries:
        said = threads.line(alice, chain[0])
    assert len(queries) == 1
    assert [part.title for part in said.parts] == ["Home sooner", "Fewer waits"]
    assert said.parts[0].address == f"/st-brides/messages/{chain[2].pk}/"
    assert said.joined
    kind = KINDS[chain[0].kind]
    monkeypatch.setitem(KINDS, kind.key, replace(kind, helps=True))
    assert not threads.line(alice, chain[0]).joined
    assert threads.line(alice, chain[2]) == threads.Line([], joined=False)


def test_queries_do_not_grow(alice: Person, trust: Place) -> None:
    top = make_message(alice, trust, title="Top")
    Record.objects.visible_to(alice)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            threads.thread_of(alice, top)
        return len(queries)

    alone = asked()
    for each in range(30):
        join(make_message(alice, trust, title=f"Test {each}"), make_message(alice, trust, title=f"Work {each}"), top)
    assert alone == asked() == 4


def test_a_fact_of_its_kind_stands_on_a_card(alice: Person, trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    message = make_message(alice, trust)
    kind = KINDS[message.kind]
    said: Any = lambda each: f"{len(each.text)} letters"  # noqa: E731
    monkeypatch.setitem(KINDS, kind.key, replace(kind, fact=said))
    assert threads.thread_of(alice, message).here.fact == "31 letters"
