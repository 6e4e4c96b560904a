"""A team draws by keyboard alone, prints it, changes it and sees both versions; and on a phone, without scripts."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import DESK, PHONE, Open
from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.commons.models import Version
from trustwide.rooms.people.models import Person
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.tests.made import add
from trustwide.rooms.tools.models import Drawing

pytestmark = pytest.mark.django_db(transaction=True)
STATUS = "#said"


def ward() -> tuple[Person, Objective]:
    trust = make_organisation("St Bride's")
    team = make_team(trust)
    leader = make_person("Ruby Adeyemi", "team-leader", team)
    return leader, add(Objective, leader, team, "Tablets ready by 11")


def follow(page: Page, link: str) -> None:
    """Press Enter on a link, and wait for where it leads: the page that is left may say the same."""
    with page.expect_navigation():
        press(page, link, "link")


def press(page: Page, name: str, role: Any = "button") -> None:
    """Tab to it, as somebody without a mouse does, and press Enter."""
    wanted = page.get_by_role(role, name=name, exact=True)
    expect(wanted).to_be_visible()
    for _each in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {name}")


def write(page: Page, words: str, said: str) -> None:
    """Into the row that is open and has the focus; Enter keeps it and opens the next."""
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text(said)


def start(page: Page) -> None:
    """From the objective's page to the chooser, and to a driver diagram that is started."""
    follow(page, "Draw a picture about this")
    page.get_by_label("What is it like?").focus()
    page.keyboard.type("We know our aim")
    press(page, "Show what fits")
    expect(page.get_by_role("heading", name="Driver diagram")).to_be_visible()
    page.locator("section.advice").first.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What it is called").focus()
    page.keyboard.type("Tablets by 11")
    page.get_by_label("Our aim: how much, by when, for whom").focus()
    page.keyboard.type("8 of 10 by 11, by March")
    press(page, "Start it")
    expect(page.locator(STATUS)).to_contain_text("It is started")


def print_it(page: Page) -> None:
    """And two months go by."""
    follow(page, "Print it")
    expect(page.get_by_role("heading", name="Tablets by 11")).to_be_visible()
    (sheet,) = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert sheet.mediabox.width > sheet.mediabox.height, "one page of A4 on its side"
    for version in Version.objects.filter(record=Drawing.objects.get().pk):
        Version.objects.filter(pk=version.pk).update(at=version.at - timedelta(days=60))
    page.go_back()


def test_a_team_draws_by_keyboard_alone_and_sees_both_versions(open_page: Open) -> None:
    leader, aim = ward()
    page = open_page(f"/st-brides/objectives/{aim.pk}/", by=leader, viewport=DESK)
    start(page)
    write(page, "Written up the day before", "Added: “Written up the day before”. It is row 1 of 1, primary driver.")
    write(page, "The round says who goes home", "row 2 of 2, primary driver")
    page.get_by_role("link", name="The round says who goes home").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    press(page, "Further in")
    expect(page.locator(STATUS)).to_contain_text("is now row 2 of 2, secondary driver")
    expect(page.locator("svg.diagram").first).to_contain_text("The round says")
    follow(page, "We are done")
    expect(page.locator("svg.diagram").first).to_contain_text("8 of 10 by 11")
    print_it(page)
    follow(page, "Draw on")
    page.locator("#text").focus()
    write(page, "Ready without a wait", "Added: “Ready without a wait”")
    follow(page, "We are done")
    follow(page, "As it was before")
    expect(page.locator("svg.diagram")).to_have_count(2)
    expect(page.locator("svg.diagram").first).not_to_contain_text("Ready without")
    expect(page.locator("svg.diagram").last).to_contain_text("Ready without")
    expect(page.get_by_role("listitem").filter(has_text="Ready without a wait").first).to_be_visible()


def test_the_same_works_on_a_phone_without_scripts(open_page: Open) -> None:
    leader, aim = ward()
    page = open_page(
        f"/st-brides/drawings/start/?tool=process-map&about={aim.pk}",
        by=leader, viewport=PHONE, java_script_enabled=False,
    )  # fmt: skip
    page.get_by_label("What it is called").fill("How tablets come up")
    page.get_by_role("button", name="Start it").click()
    for words, wait in (("Write them up", ""), ("Carry the chart down", "35")):
        page.get_by_label("Step", exact=True).fill(words)
        page.get_by_label("Minutes it takes").fill("15")
        page.get_by_label("Minutes of waiting before it").fill(wait)
        page.get_by_role("button", name="Add it, and the next").click()
        expect(page.locator(STATUS)).to_contain_text(f"Added: “{words}”")
    page.get_by_role("link", name="Carry the chart down").click()
    page.get_by_role("button", name="Move up").click()
    expect(page.locator(STATUS)).to_contain_text("Moved: “Carry the chart down” is now row 1 of 2")
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator(STATUS)).to_contain_text("It was taken away")
    outline, picture = (page.locator(f"#{name}").bounding_box() or {} for name in ("rows", "picture"))
    assert outline["y"] < picture["y"], "the outline comes first on a phone"
    page.get_by_role("link", name="We are done").click()
    expect(page.get_by_role("listitem").filter(has_text="It takes 15 min from beginning to end")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_first_cause_goes_below_a_bone_and_a_word_without_end_widens_no_page(open_page: Open) -> None:
    leader, _aim = ward()
    page = open_page("/st-brides/drawings/start/?tool=fishbone", by=leader, viewport=PHONE, java_script_enabled=False)
    page.get_by_label("What it is called").fill("Starters who begin late")
    page.get_by_role("button", name="Start it").click()
    page.fill("#text", "One person checks all papers")
    page.get_by_role("button", name="Add it, and the next").click()
    expect(page.locator(STATUS)).to_contain_text("It is row 2 of 7, cause")
    page.fill("#text", "W" * 200)
    page.get_by_label("What it is, and its level").select_option("0")
    page.get_by_role("button", name="Add it", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Nothing yet on").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
