"""Values and their yearly talk, messages and what they are tied to, and the pages of objectives."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.makers import make_group, make_message, make_person
from trustwide.rooms.commons import access
from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people import clock
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose.actions import review_value
from trustwide.rooms.purpose.models import Message, Objective, Value
from trustwide.rooms.purpose.record_parts import is_overdue
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides


@pytest.fixture
def sides(db: None) -> Sides:
    return two_sides(make_group())


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def hidden(html: str) -> dict[str, Any]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_value_is_talked_about_each_year(sides: Sides) -> None:
    new = add(Value, sides.chief, sides.trust, "Curious")
    assert not is_overdue(new)
    with clock.at(new.created_at + timedelta(days=367)):
        assert is_overdue(new), "one that nobody ever talked about is due after its first year"
    value = add(Value, sides.chief, sides.trust, "Kind", next_review=date(2020, 1, 1))
    client, home = browser(sides.chief), f"/{sides.trust.slug}/values/{value.pk}/"
    assert "Overdue" in client.get(home).text
    empty = client.post(f"{home}review/", {"version": 1})
    assert (empty.status_code, "Write what you said" in empty.text) == (422, True)
    assert client.post(f"{home}review/", {"version": 1, "said": "Twelve of us talked"}).status_code == 302
    late = client.post(f"{home}review/", {"version": 1, "said": "We talked too"})
    assert (late.status_code, "We talked too" in late.text) == (409, True)
    page = client.get(home).text
    assert "Twelve of us talked" in page
    assert "Overdue" not in page


@pytest.mark.parametrize(("day", "due"), [((2028, 2, 29), date(2029, 2, 28)), ((2027, 3, 31), date(2028, 3, 31))])
def test_the_next_talk_is_due_in_a_year(sides: Sides, day: tuple[int, int, int], due: date) -> None:
    value = add(Value, sides.chief, sides.trust, "Kind")
    with clock.at(datetime(*day, 9, tzinfo=UTC)):
        review_value(by=sides.chief, value=value, version=1, said="We talked")
    assert again(Value, value).next_review == due
    with pytest.raises(SomeoneChangedThis):
        review_value(by=sides.chief, value=again(Value, value), version=1, said="Again")


def test_an_overdue_value_and_a_waiting_objective_stand_on_the_front_page(sides: Sides) -> None:
    add(Value, sides.chief, sides.trust, "Kind", next_review=date(2020, 1, 1))
    assert "The yearly talk about this value is overdue" in browser(sides.chief).get("/").text
    assert "This objective waits for your word" in browser(sides.director).get("/").text
    assert "waits for your word" not in browser(sides.leader).get("/").text


def test_an_objective_says_first_why_it_matters_to_people(sides: Sides) -> None:
    value, client = add(Value, sides.chief, sides.trust, "Kind"), browser(sides.leader)
    address = f"/{sides.trust.slug}/objectives/new/?helps={sides.upper.pk}"
    typed = {**hidden(client.get(address).text), "title": "Save on bags", "money": "£2,000", "place": "ward-7"}
    typed |= {"sharing": "organisation"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "money aside" in refused.text
    assert "Choose the value that it lives" in refused.text
    assert "£2,000" in refused.text
    saved = client.post(address, {**typed, "waiting": "Nobody waits for a bag", "lives": value.pk})
    assert saved.status_code == 302
    page = client.get(saved["Location"]).text
    assert "Nobody waits another night" in page, "it helps the one that it was proposed from"
    assert page.index("Nobody waits for a bag") < page.index("£2,000")


def test_a_full_place_asks_which_stops_and_keeps_what_was_typed(sides: Sides) -> None:
    live = [add(Objective, sides.leader, sides.ward, f"Live {each}") for each in range(3)]
    client, home = browser(sides.leader), f"/{sides.trust.slug}/objectives/{sides.lower.pk}/"
    refused = client.post(f"{home}move/", {"stage": "live", "version": 1})
    assert (refused.status_code, "One must stop first" in refused.text) == (422, True)
    asked = client.get(f"{home}start/").text
    assert all(each.title in asked for each in live)
    wrong = client.post(f"{home}start/", {"version": 1, "stop": live[0].pk, "reason": "", "hours": "ten"})
    assert (wrong.status_code, "ten" in wrong.text) == (422, True)
    sent = {"version": 1, "stop": live[0].pk, "reason": "No use", "hours": "10"}
    late = client.post(f"{home}start/", {**sent, "version": 99})
    assert (late.status_code, "No use" in late.text) == (409, True)
    assert client.post(f"{home}start/", sent).status_code == 302
    assert again(Objective, live[0]).hours_freed == 10


def test_words_of_the_talk_can_be_blanked_and_stand_once(sides: Sides) -> None:
    client, home = browser(sides.director), f"/{sides.trust.slug}/objectives/{sides.lower.pk}/"
    worded = again(Objective, sides.lower).worded
    silent = client.post(f"{home}answer/", {"what": "help", "worded": worded})
    assert (silent.status_code, "the other side needs your words" in silent.text) == (422, True)
    told = client.post(f"{home}answer/", {"what": "help", "worded": worded, "words": "A second porter"})
    assert told.status_code == 302
    late = client.post(f"{home}answer/", {"what": "agree", "worded": worded + 1})
    assert late.status_code == 409
    lead = browser(make_person("Lea", "improvement-lead", sides.trust))
    page = lead.get(home).text
    assert page.count("A second porter") == 1
    address = re.search(r'action="([^"]+/redact/)"', page)
    assert address
    assert lead.post(address[1]).status_code == 302
    assert "A second porter" not in lead.get(home).text


def test_a_message_is_tied_and_its_comments_can_be_closed(sides: Sides) -> None:
    value = add(Value, sides.chief, sides.trust, "Kind")
    message = make_message(sides.chief, sides.trust)
    change_record(
        by=sides.chief, record=message, version=1, fields={"shows": value, "about": sides.upper, "comments_open": False}
    )
    page = browser(sides.leader).get(f"/{sides.trust.slug}/messages/{message.pk}/").text
    assert f"/values/{value.pk}/" in page
    assert f"/objectives/{sides.upper.pk}/" in page
    assert "Comments on it are closed" in page
    assert not access.can_comment(sides.leader, again(Message, message))


def test_the_feed_holds_what_its_reader_may_read(sides: Sides) -> None:
    make_message(sides.chief, sides.trust, title="For staff")
    make_message(sides.chief, sides.trust, stage="draft", title="Not yet")
    address = f"/{sides.trust.slug}/messages/feed/"
    assert Client().get(address).status_code == 302
    make_message(sides.chief, sides.trust, title="For all", sharing="public", text="**Well** <done>")
    public, inside = Client().get(address), browser(sides.leader).get(address)
    assert public["Content-Type"].startswith("application/atom+xml")
    assert "For all" in public.text
    assert "For staff" not in public.text
    assert "For staff" in inside.text
    assert "Not yet" not in inside.text


def test_somebody_who_is_not_signed_in_reads_what_is_public(sides: Sides) -> None:
    add(Value, sides.chief, sides.trust, "Open", sharing="public")
    assert [each.title for each in Record.objects.visible_to(AnonymousUser())] == ["Open"]
