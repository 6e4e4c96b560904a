"""What each role sees, wide and at phone width: no fault that axe or the keyboard finds on any page that it may open.

The pages of whoever holds every role are gone over in `test_accessibility.py`. A page that two roles see alike is gone
over once; a short run looks at one in so many.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.house_rules.browser import axe_server, chromium, open_page
from tests.house_rules.own_database import Made, connected_to, own_database
from tests.house_rules.reading import Reading
from tests.house_rules.test_accessibility import PHONE, WIDE, faults, keyboard_faults
from tests.house_rules.world import World
from tests.makers import client_of
from tests.shares import WHOLE, sampled
from tests.sign_in_walk import session_of
from trustwide.rooms.people.roles import ROLES

pytestmark = pytest.mark.seen_once  # a page looks the same whatever keeps its words

#: What axe and the keyboard go by, beside the words: not addresses, nor the once-keys of forms.
GONE_BY = ("class", "type", "role", "alt", "lang", "scope", "tabindex", "hidden", "disabled", "checked", "autocomplete")
Shape = tuple[tuple[str, ...], ...]


def shape_of(html: str) -> Shape:
    """What a page is made of: two pages of one shape differ in words alone."""
    tags = Reading(html).tags
    return tuple((tag, *(attributes.get(name, "") for name in GONE_BY)) for tag, attributes in tags)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found, axe_server() as found.axe:
        yield found


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any, a_world: Made, tmp_path_factory: Any) -> Iterator[Any]:
    """A server with a copy of the world. Pages are only looked at, so one copy serves all roles."""
    copied = own_database(tmp_path_factory.mktemp("roles"))
    with django_db_blocker.unblock(), connected_to(a_world.database), copied, override_settings(DEMO=True):
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def gone_over() -> set[Shape]:
    """The shapes of pages that were gone over for one role or another."""
    return set()


@pytest.fixture(scope="module")
def gone_over_plain() -> set[Shape]:
    """Those that were looked at without scripts."""
    return set()


def opened(world: World, role: str, gone_over: set[Shape]) -> Iterator[str]:
    """The pages that a role may open and that no role before it saw alike."""
    client = client_of(world.trust.people[role])
    for path in dict.fromkeys(world.pages()):
        if not sampled(f"{role} opens {path}", one_in=400):
            continue
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        shape = shape_of(answer.content.decode())
        if shape not in gone_over:
            gone_over.add(shape)
            yield path


def see(page: Any, site: Any, path: str) -> None:
    """Go there; AssertionError where another page comes, such as the one that asks to sign in."""
    answer = page.goto(site.url + path, wait_until="load")
    came = page.url.removeprefix(site.url)
    assert (answer.status, came, answer.request.redirected_from) == (200, path, None), f"{path}: {answer.status} {came}"


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_role_has_faults(browser: Any, site: Any, a_world: Made, gone_over: set[Shape], role: str) -> None:
    world, found = a_world.unpacked(), {}
    for path in opened(world, role, gone_over):
        with open_page(browser, WIDE) as page:
            page.context.add_cookies([session_of(world.trust.people[role], site.url)])
            see(page, site, path)
            wide = [*keyboard_faults(page)[1], *faults(page)]
            page.set_viewport_size({"width": PHONE, "height": 800})
            found[path] = wide + [f"at {PHONE} px: {each}" for each in faults(page)]
    print(f"{role}: {len(found)} pages that no other role saw alike, {sum(map(len, found.values()))} faults")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_a_role_say_as_much_without_scripts(
    browser: Any, site: Any, a_world: Made, gone_over_plain: set[Shape], role: str
) -> None:
    """A short run looks at the front page of one role in six."""
    world, found = a_world.unpacked(), {}
    fronts = ["/"] if not WHOLE and sampled(f"{role} without scripts", one_in=6) else []
    for path in opened(world, role, gone_over_plain) if WHOLE else fronts:
        with open_page(browser, scripts=False) as page:
            page.context.add_cookies([session_of(world.trust.people[role], site.url)])
            see(page, site, path)
            said = page.locator("h1").count() == 1 and page.locator("h1").is_visible()
            found[path] = said and bool(page.locator("main").inner_text().strip())
    print(f"{role}: {len(found)} pages without scripts")
    assert [path for path, said in found.items() if not said] == []


def test_control_a_page_that_is_another_is_seen(browser: Any, site: Any, a_world: Made) -> None:
    """Whoever is not signed in, or may not, would be shown a page without faults all the same."""
    world = a_world.unpacked()
    with open_page(browser, WIDE) as page:
        with pytest.raises(AssertionError, match="/sign-in/"):
            see(page, site, "/")
        page.context.add_cookies([session_of(world.trust.people["partner-guest"], site.url)])
        with pytest.raises(AssertionError, match=r"40[34]"):
            see(page, site, world.at("places:add"))
        see(page, site, "/reading-charts/")


def test_control_a_button_more_is_another_page_and_other_words_are_not(db: None) -> None:
    """It asks for the database so that there is one where this file is asked alone."""
    page = '<h1>Falls</h1><p class="lede">Nine</p><input type="hidden" name="once" value="1">'
    assert shape_of(page) == shape_of(page.replace("Falls", "Waits").replace('"1"', '"2"'))
    assert shape_of(page) != shape_of(f"{page}<button>Change</button>")
    assert shape_of(page) != shape_of(page.replace("lede", "hint"))
