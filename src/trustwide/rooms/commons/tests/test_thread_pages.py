"""The page "How this fits": its list, its picture and its story."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import make_message, make_organisation, make_person, make_team
from trustwide.engines.spc.typed import width_of
from trustwide.rooms.commons import threads
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.tests.test_threads import CANARY, alice, hidden_chain, join, make_chain, trust
from trustwide.rooms.commons.thread_outline import Branch, outline, story
from trustwide.rooms.commons.thread_picture import LINE, PAD, WIDTH, Box, card_box, draw_thread
from trustwide.rooms.commons.views_thread import steps_asked
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.models import Place

__all__ = ["alice", "trust"]  # fixtures


@pytest.fixture
def helping(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """As though messages ought to help something."""
    for key, kind in list(KINDS.items()):
        monkeypatch.setitem(KINDS, key, replace(kind, helps=True))


def said(branches: list[Branch]) -> list[object]:
    """Titles, each before those of its branches."""
    return [(each.card.title if each.card else each.stands_for, said(each.branches)) for each in branches]


def open_thread(client: Client, person: Person, record: object, query: str = "") -> str:
    client.force_login(person)
    answer = client.get(f"/st-brides/messages/{record.pk}/thread/{query}")  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return answer.content.decode()


def boxes(svg: str) -> list[tuple[float, float, float]]:
    """Each card's left, top and height."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    rects = [card.find("{*}rect") for card in root.iter("{http://www.w3.org/2000/svg}g")]
    return [(float(r.get("x")), float(r.get("y")), float(r.get("height"))) for r in rects]  # type: ignore[union-attr,arg-type]


def assert_nothing_overlaps(svg: str) -> int:
    found = boxes(svg)
    for at, (x, y, height) in enumerate(found):
        for other_x, other_y, other_height in found[at + 1 :]:
            apart = abs(x - other_x) >= WIDTH or y + height <= other_y or other_y + other_height <= y
            assert apart, (x, y, other_x, other_y)
    return len(found)


def test_the_list_goes_from_the_top_down(alice: Person, trust: Place) -> None:
    chain = make_chain(alice, trust, "Tablets", "Ward", "Waits", "Home")
    found = outline(threads.thread_of(alice, chain[1]))
    assert said(found) == [("Home", [("Waits", [("Ward", [("Tablets", [])])])])]
    assert found[0].branches[0].branches[0].here


def test_a_record_on_two_chains_is_opened_once(alice: Person, trust: Place) -> None:
    test, ward, left, right = (make_message(alice, trust, title=title) for title in ("Test", "Ward", "Left", "Right"))
    join(test, ward, left)
    join(ward, right)
    found = outline(threads.thread_of(alice, ward))
    assert said(found) == [("Left", [("Ward", [("Test", [])])]), ("Right", [("Ward", [])])]
    assert found[1].branches[0].told


def test_where_a_thread_breaks_it_says_so(alice: Person, trust: Place, helping: None, client: Client) -> None:
    chain = make_chain(alice, trust, "Ward", "Waits")
    assert said(outline(threads.thread_of(alice, chain[0]))) == [("missing", [("Waits", [("Ward", [])])])]
    page = open_thread(client, alice, chain[0])
    assert "Not joined up yet." in page
    assert "Not joined up yet</text>" in page
    assert "orphan" not in page.lower()


def test_the_page_of_a_record_alone(alice: Person, trust: Place, client: Client) -> None:
    page = open_thread(client, alice, make_message(alice, trust))
    assert "Nothing helps this yet" in page
    assert "was added at St Bride&#39;s." in page


def test_a_reader_sees_no_word_of_what_they_may_not(trust: Place, client: Client) -> None:
    reader, (ward, draft, top) = hidden_chain(trust)
    for record in (ward, top):
        page = open_thread(client, reader, record)
        assert page.count("Something you may not see") == 1  # in the list
        assert page.count("Something you may not</text>") == 1  # in the picture, where it goes on in the next line
        assert CANARY not in page
        assert str(draft.pk) not in page
    client.force_login(reader)
    assert client.get(f"/st-brides/messages/{draft.pk}/thread/").status_code == 404
    assert client.get(f"/st-brides/nothing/{ward.pk}/thread/").status_code == 404
    client.force_login(make_person("Dan", "staff", make_organisation("Riverside")))
    assert client.get(f"/st-brides/messages/{ward.pk}/thread/").status_code == 404


def test_a_long_chain_is_cut_with_words(alice: Person, trust: Place, client: Client) -> None:
    chain = make_chain(alice, trust, *(f"Step {each}" for each in range(26)))
    up, down = (open_thread(client, alice, each) for each in (chain[0], chain[-1]))
    assert "See what is above “Step 20”" in up
    assert "It goes on further up</text>" in up
    assert "See what is below “Step 5”" in down


def test_the_picture_folds_by_its_address(alice: Person, trust: Place, client: Client) -> None:
    chain = make_chain(alice, trust, *(f"Step {each}" for each in range(9)))
    few, more = (open_thread(client, alice, chain[-1], f"?steps={steps}") for steps in (2, 6))
    assert (few.count('class="thread-card"'), more.count('class="thread-card"')) == (3, 7)
    assert "+ 1 that helps it" in few
    assert [steps_asked(asked) for asked in ("", "6", "7", "-1", "²", "1\x00")] == [2, 6, 2, 2, 2, 2]


def test_the_story_is_in_order(alice: Person, trust: Place) -> None:
    chain = make_chain(alice, trust, "Ward", "Waits", "Home")
    events = story(threads.thread_of(alice, chain[0]))
    assert [each.words for each in events][-1] == "“Waits” was joined to “Home”."
    assert [each.on for each in events] == sorted(each.on for each in events)
    assert len(events) == 5


def test_nothing_in_a_crowded_picture_overlaps(alice: Person, trust: Place) -> None:
    record = make_message(alice, trust, title="This one with a long title " * 5)
    for each in range(12):
        work = make_message(alice, trust, title=f"Work {each} " * (each + 1))
        join(make_message(alice, trust, title=f"Test {each}"), work, record)
        join(record, make_message(alice, trust, title=f"Aim {each} " * (each + 1)))
    svg = str(draw_thread(threads.thread_of(alice, record)))
    print(f"{assert_nothing_overlaps(svg)} cards apart")
    assert svg.count("and 4 more, in the list") == 2


def test_control_an_overlap_is_seen() -> None:
    card = '<g class="thread-card"><rect x="0" y="{y}" height="60"/></g>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(card.format(y=y) for y in (0, 59)) + "</svg>"
    with pytest.raises(AssertionError):
        assert_nothing_overlaps(svg)


@given(st.text(max_size=200), st.text(max_size=120))
def test_words_fit_their_card(title: str, place: str) -> None:
    """Never wider than the card, never lower than its edge, and always good XML."""
    card = threads.Card(None, "message", title, place, "Posted", "/a/", False, timezone.now(), None)  # type: ignore[arg-type]
    box: Box = card_box(card)
    assert all(width_of(words, 15 if large else 13) <= WIDTH - 2 * PAD for words, large in box.lines if len(words) > 1)
    assert box.height >= 2 * PAD + LINE * (len(box.lines) - 1)
    svg = draw_thread(threads.Thread(card, {}, threads.Way(), threads.Way(), []))
    assert len(boxes(str(svg))) == 1
    assert not re.search(r"\sstyle=|<script", str(svg))


def test_a_local_need_is_missing_nothing(alice: Person, trust: Place, helping: None, client: Client) -> None:
    message = make_message(alice, trust, title="A kinder corridor")
    page = open_thread(client, alice, message)
    assert "Say this is a local need" in page
    address = f"/st-brides/messages/{message.pk}/local-need/"
    assert client.get(address).status_code == 405
    for _twice in range(2):
        assert client.post(address, {"local": "yes"}).status_code == 302
    page = open_thread(client, alice, message)
    assert "This is a local need" in page
    assert "Not joined up yet" not in page
    assert threads.line(alice, type(message).objects.get(pk=message.pk)).joined
    assert [row.fields for row in AuditRow.objects.filter(thing=str(message.pk), verb="changed")] == [["local_need"]]
    client.post(address, {"local": "no"})
    assert "Not joined up yet" in open_thread(client, alice, message)


def test_who_may_not_change_it_may_not_say_so(alice: Person, trust: Place, helping: None, client: Client) -> None:
    message = make_message(alice, trust)
    page = open_thread(client, make_person("Bob", "staff", make_team(trust)), message)
    assert "Say this is a local need" not in page
    assert client.post(f"/st-brides/messages/{message.pk}/local-need/").status_code == 403
    client.force_login(make_person("Dan", "staff", make_organisation("Riverside")))
    assert client.post(f"/st-brides/messages/{message.pk}/local-need/").status_code == 404
