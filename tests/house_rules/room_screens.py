"""The screens of records, notices, places and people: each as somebody with every role of the world's trust sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import override_settings

from tests.sign_in_walk import session_of

Way = Callable[[Any, Any], None]


def shows(name: str, asked: str = "") -> Way:
    """A page of the world's trust, by the name of its address."""

    def way(page: Any, world: Any) -> None:
        page.context.add_cookies([session_of(world.trust.everyone, page.site)])
        page.goto(world.at(name) + asked)

    return way


def personas(page: Any, world: Any) -> None:
    with override_settings(DEMO=True):
        page.goto("/demo/")


def tried_on_a_form(page: Any, world: Any) -> None:
    """With scripts or without, work like the title stands under it."""
    shows("commons:tried-before")(page, world)
    page.goto(f"/{world.trust.place.slug}/objectives/new/")
    page.fill("#title", "What we tried went well")
    button = page.locator('button[name="tried"]')
    if button.is_visible():
        button.click()
    page.locator("#tried-found").wait_for(state="attached")


def changed_meanwhile(page: Any, world: Any) -> None:
    """The same form was open twice, and the other was saved first."""
    shows("commons:change")(page, world)
    with page.context.expect_page() as opened:
        page.evaluate("open(location.href)")
    for each, words in ((opened.value, "What somebody else wrote"), (page, "What I wrote")):
        each.fill("#title", words)
        each.get_by_role("button", name="Save", exact=True).click()
        each.wait_for_load_state()
    opened.value.close()
    page.get_by_text("changed this while you").wait_for()


ROOM_SCREENS: dict[str, Way] = {
    "records of a kind": shows("commons:list"),
    "history of a record": shows("commons:history"),
    "a record, changed meanwhile": changed_meanwhile,
    "blank out": shows("commons:redact"),
    "thread": shows("commons:thread"),
    "search": shows("front:search", "?q=tried"),
    "tried before": shows("commons:tried-before", "?q=tried"),
    "tried before, on a form": tried_on_a_form,
    "jobs that were given up": shows("jobs:not-done"),
    "numbers of a measure": shows("measures:numbers"),
    "resets of a measure": shows("measures:resets"),
    "channels": shows("notices:channels"),
    "a new channel": shows("notices:add-channel"),
    "choose notices": shows("notices:choose"),
    "notices": shows("notices:mine"),
    "stop the e-mails": shows("notices:stop"),
    "places": shows("places:tree"),
    "a place": shows("places:place"),
    "a new place": shows("places:add"),
    "rename a place": shows("places:rename"),
    "send a file": shows("places:send"),
    "look at a file": shows("places:look"),
    "people": shows("places:people"),
    "a person": shows("places:person"),
    "a person who is away": shows("places:away-of"),
    "give a role": shows("places:give-role"),
    "end a role": shows("places:end-role"),
    "partnerships": shows("places:partnerships"),
    "a new partnership": shows("places:begin"),
    "who to be": personas,
}
