"""A wall board changes on every open copy by itself, and goes on when the network is gone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, Open
from tests.makers import make_measure, make_numbers, make_organisation, make_person, make_team
from trustwide.rooms.boards import actions
from trustwide.rooms.boards.models import Huddle, Thanks
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.devices.live import PULSE
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place

BOARD, PIN = "/st-brides/board/ward-7/", "904837"
WALL = {"width": 1920, "height": 1080}
SHELF = "async () => (await (await caches.open('boards-1')).keys()).map((each) => new URL(each.url).pathname)"
NUMBERS = [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5]


@pytest.fixture
def ward(transactional_db: None) -> Place:
    """With a board of five measures, a leader and a nurse who has a PIN."""
    PULSE.forget()
    team = make_team(make_organisation())
    leader = make_person("Ruby Adeyemi", "team-leader", team)
    for column, name in enumerate(("Falls", "Asked about pain", "Home by noon", "Tablets ready", "Breaks taken")):
        measure = make_measure(leader, team, name)
        make_numbers(leader, measure, NUMBERS)
        actions.add_card(by=leader, team=team, measure=measure, column=column)
    devices.set_pin(person=make_person("Sam Castle", "staff", team), pin=PIN)
    return team


def who(name: str) -> Person:
    return Person.objects.get(name=name)


def screen_of(open_page: Open, team: Place, **options: Any) -> Page:
    """A browser that is a shared device of the team."""
    _device, code = devices.add_device(by=who("Ruby Adeyemi"), place=team, name="Screen")
    page = open_page(f"/shared-device/?code={code}", **options)
    page.click("main button")
    page.wait_for_url(f"**{BOARD}")
    return page


def test_the_wall_changes_in_a_second_browser(open_page: Open, ward: Place) -> None:
    wall = screen_of(open_page, ward, viewport=WALL)
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight"), "a wall does not scroll"
    assert wall.locator(".board__card svg.control-chart").count() == 5
    wall.evaluate("window.stayed = true")
    nurse = open_page(f"{BOARD}add/plan/", by=who("Sam Castle"), viewport=DESK)
    nurse.fill("#name0", "Home by noon")
    nurse.fill("#planned0", "6")
    nurse.fill("#done0", "2")
    nurse.fill("#waits_for0", "tablets")
    nurse.click("main button:has-text('Save')")
    wall.wait_for_selector("text=waiting for tablets", timeout=2_500)
    nurse.goto(nurse.url.split("?")[0] + "add/thanks/")
    nurse.fill("#to", "Ade")
    nurse.fill("#why", "Sunday")
    nurse.click("main button:has-text('Save')")
    wall.wait_for_selector("text=for Sunday", timeout=2_500)
    assert wall.evaluate("window.stayed"), "the page itself was not loaded anew"
    assert wall.locator("#live-said").inner_text() == "The board has changed."


def test_the_wall_prints_on_one_sheet_of_either_size(open_page: Open, ward: Place, tmp_path: Any) -> None:
    from pypdf import PdfReader

    wall, texts = screen_of(open_page, ward, viewport=DESK), []
    for paper in ("A3", "A4"):
        file = tmp_path / f"{paper}.pdf"
        wall.pdf(path=str(file), format=paper, landscape=True, print_background=True)
        sheets = PdfReader(file).pages
        assert len(sheets) == 1, paper
        texts.append("".join(sheets[0].extract_text().split()))
    assert texts[0] == texts[1]
    for told in ("Falls", "Breakstaken", "Safety", "People", "Notjoinedtoanobjectiveyet"):
        assert told in texts[0]


def test_a_card_is_moved_by_keyboard_and_its_place_is_said(open_page: Open, ward: Place) -> None:
    page = open_page(f"{BOARD}arrange/", by=who("Ruby Adeyemi"))
    page.locator("li:has-text('Falls') button[value=down]").focus()
    for _each in range(2):
        with page.expect_response("**/arrange/?moved=*"):
            page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.textContent.includes('Falls')")
    assert page.locator("#moved").inner_text() == "Falls is now number 2 of 2 in Quality."
    assert page.evaluate("document.activeElement.value") == "down", "the focus stayed on the button"
    assert page.url.endswith("/arrange/"), "without leaving the page"


def until_kept(page: Page) -> None:
    """The worker stands before the page, and all that it was asked to keep is on its shelf."""
    for _each in range(100):
        kept = page.evaluate(SHELF)
        if BOARD in kept and any(each.endswith("live.js") for each in kept):
            page.wait_for_function("navigator.serviceWorker.controller !== null")
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def write_offline(page: Page, what: str, **typed: str) -> None:
    page.click("text=Add something")
    page.click(f"text={what}")
    for name, value in typed.items():
        page.fill(f"#{name}", value)
    page.click("main button:has-text('Save')")
    page.wait_for_url(f"**{BOARD}")


def test_a_ward_goes_offline_and_comes_back(open_page: Open, ward: Place) -> None:
    wall = screen_of(open_page, ward, viewport=WALL)
    until_kept(wall)
    wall.context.set_offline(True)
    wall.reload()
    assert wall.locator("h1").inner_text() == "Ward 7"
    wall.wait_for_selector("#no-network:visible")
    write_offline(wall, "Tell of our huddle", minutes="8", raised="1")
    write_offline(wall, "Thank somebody", to="Ade", why="Sunday")
    kept = wall.locator("#kept")
    assert kept.locator("li").count() == 2
    assert kept.inner_text().count("Not sent yet: kept on this device.") == 2
    assert (Huddle.objects.count(), Thanks.objects.count()) == (0, 0)
    # Meanwhile a colleague tells of the same huddle from elsewhere.
    told = {"day": actions.now().date(), "shift": "day", "held": False, "why_not": "busy"}
    actions.record_huddle(by=who("Ruby Adeyemi"), team=ward, told=told)
    wall.context.set_offline(False)
    wall.wait_for_selector("#kept >> text=Give your PIN", timeout=15_000)
    wall.click("#kept >> text=Give your PIN >> nth=0")
    wall.check("text=SC")
    wall.fill("#pin", PIN)
    wall.click("text=Go on")
    wall.click("text=Back to the board")
    wall.wait_for_selector("text=All that was kept here is sent now.")
    wall.reload()
    wall.wait_for_selector("text=for Sunday")
    wall.wait_for_timeout(1_500)  # time for a second sending, if there were one
    assert Thanks.objects.get().by == who("Sam Castle")
    assert sorted(Huddle.objects.values_list("held", flat=True)) == [False, True], "both are kept"
    assert wall.locator("#kept").is_hidden()


def test_a_device_that_was_ended_finds_no_board_on_its_shelf(open_page: Open, ward: Place) -> None:
    wall = screen_of(open_page, ward)
    until_kept(wall)
    devices.end_device(by=who("Ruby Adeyemi"), device=devices.Device.objects.get())
    wall.goto(wall.url)
    wall.wait_for_url("**/sign-in/**")
    assert [each for each in wall.evaluate(SHELF) if "/board/" in each] == []
