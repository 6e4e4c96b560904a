"""A wall board changes on every open copy by itself, and goes on when the network is gone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, Open
from tests.makers import (
    make_measure,
    make_message,
    make_numbers,
    make_organisation,
    make_person,
    make_record,
    make_team,
)
from trustwide.rooms.boards import actions
from trustwide.rooms.boards.models import Huddle, Thanks
from trustwide.rooms.commons.actions import add_record, link_records
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.devices.live import PULSE
from trustwide.rooms.escalation import actions_door
from trustwide.rooms.measures.models import Measure
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place
from trustwide.rooms.projects import actions as run_tests
from trustwide.rooms.projects.tests.made import make_project, make_test

BOARD, PIN = "/st-brides/board/ward-7/", "904837"
WALL = {"width": 1920, "height": 1080}
SHELF = "async () => (await (await caches.open('boards-1')).keys()).map((each) => new URL(each.url).pathname)"
TITLES = ("Falls", "Asked about pain", "Home by noon", "Tablets ready", "Breaks taken")
NUMBERS = [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5]


@pytest.fixture
def ward(transactional_db: None) -> Place:
    """With a board of five measures, a leader and a nurse who has a PIN."""
    PULSE.forget()
    team = make_team(make_organisation())
    leader = make_person("Ruby Adeyemi", "team-leader", team)
    for column, name in enumerate(TITLES):
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


def crowd(ward: Place) -> None:
    """All that a board can hold, and more of it, in long words."""
    leader, boss = who("Ruby Adeyemi"), make_person("Daniel Okonjo", "executive", ward.organisation)
    longest = "Tablets and letters to take home are ready before eleven on every day of the week, Sundays too"
    for each in range(5):
        if each < 3:  # the most that a team may have
            aim = make_record(KINDS["purpose.objective"], leader, ward, title=f"{each}. {longest}", stage="live")
            link_records(by=leader, start=Measure.objects.get(title=TITLES[each]), meaning="contributes-to", end=aim)
        item = {"title": f"{each}. {longest}", "sort": "stop"}
        add_record(by=leader, kind=KINDS["escalation.item"], place=ward, fields=item)
        actions.thank(by=leader, team=ward, to="the night porters and the switchboard", why=longest)
        better = make_measure(leader, ward, f"Breaks taken in whole by all of us {each}")
        make_numbers(leader, better, [9, 8, 9, 8, 9, 8, 9, 8, 2, 1, 2, 1, 2, 1, 2, 1])
    for _each in range(3):
        test = make_test(leader, make_project(leader, ward, "just-do-it", title=longest), longest)
        run_tests.begin_test(by=leader, test=test, version=test.version)
    make_message(boss, ward.organisation, title=longest, text=longest * 5)
    line = {"name": longest[:60], "planned": 6, "done": 2, "waits_for": longest[:80]}
    actions.write_plan(by=leader, team=ward, day=today(), version=0, lines=[line] * 5)
    actions_door.set_door(by=leader, team=ward, is_open=True)


def test_the_wall_changes_in_a_second_browser(open_page: Open, ward: Place) -> None:
    wall = screen_of(open_page, ward, viewport=WALL)
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


def test_a_full_wall_fits_its_screen_and_one_sheet_of_either_size(open_page: Open, ward: Place, tmp_path: Any) -> None:
    from pypdf import PdfReader

    crowd(ward)
    wall, texts = screen_of(open_page, ward, viewport=WALL), []
    assert wall.evaluate("document.documentElement.scrollHeight") <= WALL["height"], "a wall does not scroll"
    assert wall.locator(".board__card svg.control-chart").count() == len(TITLES)
    for more in ("and 2 more", "And more before.", "And more."):
        assert wall.get_by_text(more, exact=True).is_visible(), more
    wall.set_viewport_size(DESK)
    for paper in ("A3", "A4"):
        file = tmp_path / f"{paper}.pdf"
        wall.pdf(path=str(file), format=paper, landscape=True, print_background=True)
        sheets = PdfReader(file).pages
        assert len(sheets) == 1, paper
        texts.append("".join(sheets[0].extract_text().split()))
    assert texts[0] == texts[1]
    for told in ("Falls", "Breakstaken", "Safety", "People", "Notjoinedtoanobjectiveyet"):
        assert told in texts[0]
    assert "Addsomething" not in texts[0], "a button is of no use on paper"


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
    expect(kept.locator("li")).to_have_count(2)
    expect(kept.get_by_text("Not sent yet: kept on this device.")).to_have_count(2)
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
