"""The search page: what it shows of what was found, and that no address of it breaks it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.makers import make_message, make_organisation, make_person, make_team
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


@pytest.fixture
def alice(trust: Place, client: Client) -> Person:
    person = make_person("Alice Ash", "executive", trust)
    client.force_login(person)
    return person


def page(client: Client, **asked: str) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_anything_is_asked(alice: Person, client: Client) -> None:
    said = page(client)
    assert "Words to look for" in said
    assert "What we found" not in said


def test_what_matched_is_marked_and_all_else_escaped(alice: Person, trust: Place, client: Client) -> None:
    message = make_message(alice, trust, title="<script>Tablets</script>", text="tablets & bags")
    said = page(client, q="tablets")
    assert f'<a href="/st-brides/messages/{message.pk}/">&lt;script&gt;<mark>Tablets</mark>&lt;/script&gt;</a>' in said
    assert "<mark>tablets</mark> &amp; bags" in said


def test_people_and_places_stand_beside_what_was_written(alice: Person, trust: Place, client: Client) -> None:
    make_person("Bob Ash", "staff", make_team(trust, "Ash ward"))
    make_message(alice, trust, title="Ash trees by the door")
    said = page(client, q="ash")
    assert all(name in said for name in ("Bob Ash", "Alice Ash", "Ash ward", "trees by the door"))
    assert "example.org" not in said


def test_nothing_found_says_what_to_try(alice: Person, client: Client) -> None:
    assert "Check the spelling" in page(client, q="giraffe")


def test_a_word_near_it_is_offered(alice: Person, trust: Place, client: Client) -> None:
    make_message(alice, trust, title="Tablets")
    said = page(client, q="tabelts")
    assert "Nothing that you can read says this" in said
    assert "<strong>tablets</strong>" in said


def test_it_is_narrowed_by_kind_and_by_place(alice: Person, trust: Place, client: Client) -> None:
    make_message(alice, trust, title="Tablets")
    hits = [page(client, q="tablets", kind="messages", place=place).count("<li>") for place in ("", trust.pk.hex)]
    assert hits[0] == hits[1]
    assert f'<option value="{trust.pk.hex}" selected>' in page(client, q="tablets", place=trust.pk.hex)


def test_pages_follow_each_other(alice: Person, trust: Place, client: Client) -> None:
    for each in range(21):
        make_message(alice, trust, title=f"Tablets {each}")
    assert 'href="?q=tablets&amp;page=2#found"' in page(client, q="tablets")
    assert 'href="?q=tablets&amp;page=1#found"' in page(client, q="tablets", page="2")


@pytest.mark.parametrize("strange", ["\x00", '"*', "²", "-1", "🚑", "x" * 10_000, "\ud800", "%", "NEAR("])
def test_no_address_breaks_it(alice: Person, client: Client, strange: str) -> None:
    for name in ("q", "kind", "place", "page"):
        page(client, **{"q": "tablets", name: strange.encode("utf-8", "replace").decode()})


def test_queries_are_few_and_do_not_grow(alice: Person, trust: Place, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, q="tablets")
        # The count of searches is saved in a transaction; within the test it is a savepoint, which asks nothing.
        return sum("SAVEPOINT" not in each["sql"] for each in queries)

    make_message(alice, trust, title="Tablets")
    asked()  # the first search of all begins the person's count
    few = asked()
    for each in range(30):
        make_message(alice, trust, title=f"Tablets {each}")
        make_person(f"Tablets {each}", "staff", make_team(trust, f"Tablets {each}"))
    print(f"{few} queries")
    assert few == asked() <= 15


def test_every_page_of_somebody_signed_in_has_a_search(alice: Person, client: Client) -> None:
    assert 'class="site-search"' in client.get("/").content.decode()
    assert 'class="site-search"' not in page(client)
    assert 'class="site-search"' not in Client().get("/reading-charts/").content.decode()
