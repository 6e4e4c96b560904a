"""Every form of every page, filled so that it is taken: the same press again adds nothing to any table."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pytest
from django.db import connection
from django.test import Client

from tests.house_rules.forms_filled import Body, Filling, once_taken
from tests.house_rules.forms_found import FormFound, forms_of
from tests.house_rules.world import ASKED, Example, World
from tests.makers import client_of
from tests.shares import WHOLE, sampled

#: What each press may add: who did it, that its key was used, a visit, a try; and what the search index is made of.
UNCOUNTED = {"people_auditrow", "people_oncekey", "django_session", "attempts"}
INDEX = "_fts_"
#: Forms that the small world cannot fill, and why.
NOT_TAKEN = {
    "demo:sign-in": "the people of the demonstration are not in this world",
    "devices:join": "it asks for the code of a device that is just being joined",
    "escalation:by-code": "it asks for the code that was given for something raised without an account",
    "escalation:answer what=up": "what was raised stands at the top",
    "commons:move problems": "a problem is framed once it was told from several sides",
    "projects:study": "the test did not begin",
    "projects:decide": "the test did not begin",
    "resources:add-benefit": "the case was sent: its benefits stand",
    "resources:change-benefit": "the case was sent: its benefits stand",
}


SLICES = 6 if WHOLE else 1  # of the addresses, for several processes


def slice_of(examples: list[Example], part: int) -> list[Example]:
    return [each for each in examples if crc32(str(each).encode()) % SLICES == part - 1]


def counts() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        names = [each for each in connection.introspection.table_names(cursor) if INDEX not in each]
        told = {}
        for name in sorted(set(names) - UNCOUNTED):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 (our own tables)
            told[name] = cursor.fetchone()[0]
    return told


def added_by_the_second(filling: Filling, body: Body, answer: Any) -> dict[str, int]:
    """By table, the rows that the same body adds when it is sent again."""
    before = counts()
    filling.press(body)
    after = counts()
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def signed_in(world: World) -> Client:
    """A browser of its own: some of its presses sign it out."""
    return client_of(world.trust.everyone, raise_request_exception=False)


def pressed_twice(world: World, form: FormFound) -> dict[str, int] | None:
    found: dict[str, int] | None = once_taken(form, signed_in(world), added_by_the_second)
    return found


@pytest.mark.parametrize("part", range(1, SLICES + 1))
def test_a_second_press_adds_nothing(fuller: World, client: Client, part: int) -> None:
    asked = [each for each in slice_of(ASKED, part) if sampled(f"{each} pressed twice", one_in=40)]
    found = forms_of(client, dict.fromkeys(fuller.pages(asked)))
    added = {name: pressed_twice(fuller, form) for name, form in found.items()}
    refused = {name for name, rows in added.items() if rows is None}
    print(f"{len(found)} forms of {len(asked)} addresses pressed twice, {len(refused)} never taken")
    assert {name: rows for name, rows in added.items() if rows} == {}
    known = {name for name in refused if any(name.startswith(each) for each in NOT_TAKEN)}
    assert refused == known, "fill it, or say in NOT_TAKEN why this world cannot"
    assert len(found) - len(refused) > 5


def test_control_a_form_that_does_it_again_is_seen(
    fuller: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = forms_of(client, [fuller.at("places:begin")])["places:begin"]
    assert pressed_twice(fuller, form) == {}
    monkeypatch.setattr("trustwide.rooms.places.partnership_views.once", lambda by, key, act: str(act()))
    assert pressed_twice(fuller, form) == {"places_partnership": 1, "places_partnershipmember": 1}


@pytest.mark.parametrize("name", ["devices:new-device", "places:invite"])
def test_what_is_shown_once_is_shown_again_to_whoever_pressed_twice(world: World, client: Client, name: str) -> None:
    """A browser shows the second answer: the code or the link in it is the good one."""
    form = forms_of(client, [world.at(name)])[name]
    pages = once_taken(form, signed_in(world), lambda filling, body, answer: (answer, filling.press(body)))
    assert pages
    first, second = (code_on(each.content.decode()) for each in pages)
    assert first
    assert first == second


def code_on(page: str) -> str:
    return page.partition("<code")[2].partition("</code>")[0]


def test_a_page_that_stays_open_can_say_something_else(world: World, client: Client) -> None:
    """Somebody comes back to a page by its arrow, and writes another answer: that is no second press."""
    page = world.path(next(each for each in ASKED if str(each) == "commons:record-items"))
    form = forms_of(client, [page])["escalation:answer what=promise"]

    def with_more_words(filling: Filling, body: Body, answer: Any) -> dict[str, int]:
        return added_by_the_second(filling, body | {"words": "More"}, answer)

    other = once_taken(form, signed_in(world), with_more_words)
    assert other["escalation_step"] == 1
