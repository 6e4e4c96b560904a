"""What somebody raises is answered: at night on a phone, up to the executives and back, with no account or network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Open
from trustwide.rooms.devices.live import PULSE
from trustwide.rooms.escalation import actions, actions_door, codes, queries
from trustwide.rooms.escalation.actions_clock import raise_late
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.escalation.tests.way_up import WayUp, anew, make_way_up
from trustwide.rooms.people import clock
from trustwide.rooms.people.working_time import working_day_after

ITEMS, BOARD = "/st-brides/items/", "/st-brides/board/ward-7/"
SHELF = "async () => (await (await caches.open('boards-1')).keys()).map((each) => new URL(each.url).pathname)"


@pytest.fixture
def way(transactional_db: None) -> WayUp:
    PULSE.forget()
    cache.clear()
    return make_way_up()


@pytest.fixture
def at_three(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let it be three in the morning, so many days from the first time, for the server too."""
    first = clock.now().replace(hour=3, minute=0, second=0, microsecond=0)
    while not (working_day_after(first.date(), 0) == first.date() and first.weekday() == 1):
        first += timedelta(days=1)

    def go(days: int) -> None:
        monkeypatch.setattr(clock.timezone, "now", lambda: first + timedelta(days=days))

    return go


def test_a_nurse_raises_at_three_in_the_morning_and_sees_the_answer_three_days_later(
    open_page: Open, way: WayUp, at_three: Any
) -> None:
    at_three(0)
    page = open_page("/", by=way.nurse, viewport=PHONE)
    page.click("main >> text=Raise something")
    expect(page.locator("main")).to_contain_text("It goes to Ruby Adeyemi (Ward 7), answer due today by 17:00.")
    page.fill("#title", "Tablets to take home come late on Sundays")
    page.click("main button:text-is('Save')")
    expect(page.locator("#with")).to_contain_text("It is with Ruby Adeyemi (Ward 7). An answer is due today by 17:00.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    item = Item.objects.get()
    actions.pass_up(by=anew(way.leader), item=item, words="Pharmacy opens at ten.")
    actions.answer_item(by=anew(way.manager), item=item, words="They open at nine from now on.")
    at_three(3)
    page = open_page("/", by=way.nurse, viewport=PHONE)
    page.click("main >> text=Tablets to take home come late on Sundays")
    expect(page.locator("#story + .story")).to_contain_text("They open at nine from now on.")
    expect(page.locator("#helped")).to_have_text("Did it help?")
    page.click("main button:text-is('Yes')")
    expect(page.locator("#story + .story")).to_contain_text("Sam Castle says that it helped.")
    assert queries.item_numbered(item.pk).stage == "helped"


def test_a_manager_answers_four_asks_with_one_click_each(open_page: Open, way: WayUp) -> None:
    """No page to open in between, and no searching for the next one: a box and a button for each."""
    for number in range(4):
        item = way.raise_item(f"Ask number {number}")
        actions.pass_up(by=anew(way.leader), item=item, words="More than the ward can do.")
    page = open_page("/", by=way.manager)
    page.click("text=4 asks wait for your answer")
    clicks = 1
    for left in (3, 2, 1, 0):
        page.locator(".ask textarea").first.fill("Yes, from Monday.")
        page.locator(".ask button:text-is('Answer')").first.click()
        clicks += 1
        expect(page.locator(".ask")).to_have_count(left)
    expect(page.locator("main")).to_contain_text("Nothing waits for you")
    print(f"four asks answered with {clicks} clicks, and four texts")
    assert clicks == 5
    assert Item.objects.filter(stage="answered").count() == 4


def test_an_item_climbs_to_the_executives_and_its_answer_comes_back(open_page: Open, way: WayUp, at_three: Any) -> None:
    at_three(0)
    item = way.raise_item("No lift at weekends")
    for day in (1, 2, 3):
        at_three(day + (2 if day == 3 else 0))
        assert raise_late(item=queries.item_numbered(item.pk))
    chief = open_page("/", by=way.chief)
    chief.click("main a:text-is('Overnight')")
    expect(chief.locator("main")).to_contain_text("No lift at weekends")
    chief.click("text=No lift at weekends")
    chief.fill("textarea[name=words]", "The second engineer is on call from Saturday.")
    chief.click("main button:text-is('Answer')")
    expect(chief.locator("#story + .story")).to_contain_text("Daniel Okonjo answered.")
    nurse = open_page(f"{ITEMS}{item.pk}/", by=way.nurse, viewport=PHONE)
    story = nurse.locator("#story + .story")
    for said in ("raised it", "Nobody had answered in time", "The second engineer is on call from Saturday."):
        expect(story).to_contain_text(said)
    nurse.click("main button:text-is('Yes')")
    expect(story).to_contain_text("says that it helped")


def test_somebody_with_no_account_raises_by_the_qr_code_and_reads_by_a_code(open_page: Open, way: WayUp) -> None:
    door = actions_door.set_door(by=anew(way.leader), team=way.team, is_open=True)
    visitor = open_page(f"/st-brides/raise/{codes.key_of(door)}/", viewport=PHONE)
    visitor.fill("#title", "The ramp is slippery")
    visitor.click("main button:text-is('Send')")
    code = visitor.locator(".raise-code").inner_text()
    assert visitor.evaluate("document.documentElement.scrollWidth <= innerWidth")
    item = Item.objects.get()
    actions.answer_item(by=anew(way.leader), item=item, words="It has a mat now.")
    visitor.click("text=Read an answer by a code")
    visitor.fill("#code", code)
    visitor.click("main button:text-is('Read the answer')")
    expect(visitor.locator("main")).to_contain_text("It has a mat now.")
    expect(visitor.locator("main")).not_to_contain_text("Ruby")
    visitor.click("main button:text-is('Yes')")
    expect(visitor.locator("main")).to_contain_text("says that it helped")


def keep_here(page: Page) -> None:
    """The board, its script and the page on which an item is written stand on the device, and its worker is awake."""
    page.click("#keep-here")
    for _each in range(100):
        shelf = page.evaluate(SHELF)
        if all(any(each.endswith(end) for each in shelf) for end in ("live.js", "offline/item/", BOARD)):
            page.wait_for_function("navigator.serviceWorker.controller !== null")
            return
        page.wait_for_timeout(100)
    raise AssertionError("the board was not kept")


def test_an_item_written_with_no_network_is_sent_once(open_page: Open, way: WayUp) -> None:
    page = open_page(BOARD, by=way.nurse, viewport=PHONE)
    keep_here(page)
    page.context.set_offline(True)
    page.goto(page.url.split("/st-brides")[0] + f"{BOARD}offline/item/")
    page.fill("#title", "The drug fridge is warm")
    page.click("main button:has-text('Save')")
    page.wait_for_url(f"**{BOARD}")
    assert not Item.objects.exists()
    page.context.set_offline(False)
    page.goto(page.url)
    expect(page.locator("#live")).to_contain_text("The drug fridge is warm")
    page.reload()
    page.goto(page.url.split("/st-brides")[0] + ITEMS)  # away from the board, which asks for changes each second
    expect(page.locator(".record-list li")).to_have_count(1)
    item = Item.objects.get()
    assert item.owner == way.leader
    assert item.typed_at, "when it was written was sent along"
    assert item.typed_at < item.created_at
