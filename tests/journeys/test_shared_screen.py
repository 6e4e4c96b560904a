"""A ward leader puts a screen on the wall, a nurse says thank you at it, and the screen is ended."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Open
from tests.makers import make_measure, make_numbers, make_organisation, make_person, make_team
from tests.sign_in_walk import session_of
from trustwide.rooms.devices import board_page
from trustwide.rooms.people.models import Person

PIN = "904837"


def signed_in(open_page: Open, live_server: Any, person: Person, **options: Any) -> Page:
    page = open_page("/sign-in/", **options)
    page.context.add_cookies([session_of(person, live_server.url)])
    page.goto(live_server.url + "/")
    return page


def ward() -> tuple[Person, Person]:
    """Its leader and a nurse; it counts falls."""
    team = make_team(make_organisation())
    leader, nurse = make_person("Ruby Adeyemi", "team-leader", team), make_person("Sam Castle", "staff", team)
    make_numbers(leader, make_measure(leader, team, "Falls on our ward"), [5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 6, 5])
    return leader, nurse


def get_a_code(page: Page) -> str:
    page.click("text=Board of Ward 7")
    page.click("text=Shared devices of this team")
    page.click("text=Add a shared device")
    page.fill("#name", "Screen in the corridor")
    page.click("main button")
    return page.locator("main .key").inner_text()


def set_a_pin(page: Page) -> None:
    page.click("text=Sam Castle")
    page.click("text=PIN for shared devices")
    page.fill("#pin", PIN)
    page.fill("#again", PIN)
    page.click("button:has-text('Save the PIN')")
    page.get_by_text("Your PIN is saved").first.wait_for()


def say_thank_you(screen: Page) -> None:
    screen.click("text=Add something")
    screen.check("text=SC")
    screen.fill("#pin", PIN)
    screen.click("text=Go on")
    screen.click("text=Say something")
    screen.select_option("#about", label="Falls on our ward")
    screen.fill("#text", "Thank you, Ade, for Sunday.")
    screen.click("main button:has-text('Save')")
    screen.get_by_text("It is saved").first.wait_for()
    screen.click("text=I have finished")
    screen.get_by_text("Add something").first.wait_for()
    expect(screen.locator("body")).not_to_contain_text("Sam Castle")


def turns_by_itself(screen: Page) -> None:
    """It asks for its board again, and nobody touched it."""
    with screen.expect_response(lambda came: came.url.endswith("/board/ward-7/"), timeout=10_000):
        pass


@pytest.mark.parametrize(("scripts", "view"), [(True, DESK), (False, PHONE)], ids=["scripts", "phone, no scripts"])
def test_a_screen_on_the_wall(
    open_page: Open,
    live_server: Any,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    view: dict[str, int],
    scripts: bool,
) -> None:
    options = {"viewport": view, "java_script_enabled": scripts}
    ruby, sam = ward()
    leader = signed_in(open_page, live_server, ruby, **options)
    code = get_a_code(leader)
    set_a_pin(signed_in(open_page, live_server, sam, **options))
    screen = open_page("/shared-device/", **options)
    screen.fill("#code", code.lower())
    screen.click("main button")
    screen.get_by_role("heading", level=1, name="Ward 7").wait_for()
    expect(screen.locator(".chart:visible svg")).to_have_count(1)
    say_thank_you(screen)
    monkeypatch.setattr(board_page, "NEW_EVERY", 1)
    screen.reload()
    turns_by_itself(screen)
    leader.goto(live_server.url + "/st-brides/board/ward-7/devices/")
    assert "last seen today" in leader.locator("main").inner_text()
    leader.click("main button:has-text('End it')")
    screen.wait_for_url("**/sign-in/**")
    leader.goto(live_server.url + "/st-brides/measures/")
    leader.click("text=Falls on our ward")
    leader.get_by_text("Thank you, Ade, for Sunday.").first.wait_for()
    comment = leader.locator("main").inner_text()
    assert "Sam Castle" in comment
