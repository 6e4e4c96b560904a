"""A chair looks at A&E: what changed, where it is worst, and one organisation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from tests.makers import make_open_data
from trustwide.rooms.measures.open_data import load_open_data

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_chair_finds_who_gets_worse_and_misses_and_reads_one(open_page: Open, scripts: bool) -> None:
    load_open_data()
    page = open_page("/national/", java_script_enabled=scripts)
    assert page.locator(".big-fact").inner_text().startswith("Of 274 organisations")
    count = page.get_by_role("link", name="organisations: Concern, Consistently misses. Show them")
    expected = int(count.inner_text().split()[0])
    count.click()
    page.get_by_role("heading", name="Concern, Consistently misses").wait_for()
    listed = page.locator(".organisations tbody tr")
    assert expected > 0
    expect(listed).to_have_count(expected)
    assert all("Concern" in row and "Consistently misses" in row for row in listed.all_inner_texts())

    name = listed.first.get_by_role("link").inner_text()
    listed.first.get_by_role("link").click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    page.get_by_text("The target will be missed every month unless something changes.").first.wait_for()
    table = page.get_by_role("table").first
    assert not table.is_visible()
    page.get_by_text("The numbers of Four-hour performance").click()
    table.wait_for()
    assert "March 2019" in table.inner_text() or "Mar 2019" in table.inner_text()


def test_a_chair_finds_their_own_organisation_by_its_code(open_page: Open) -> None:
    make_open_data()
    page = open_page("/national/")
    page.get_by_label("Find an organisation by name or code").fill("o1")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".organisations tbody tr")).to_have_count(1)
    page.get_by_label("Find an organisation by name or code").fill("nobody at all")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("No organisation fits").wait_for()


def test_a_phone_never_scrolls_sideways(open_page: Open) -> None:
    make_open_data()
    for path in ("/national/", "/national/?change=all", "/national/organisations/O1/", "/reading-charts/"):
        page = open_page(path, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_a_phone_shows_the_narrow_chart_and_a_desk_the_wide(open_page: Open) -> None:
    make_open_data()
    phone, desk = open_page("/national/organisations/O1/", viewport=PHONE), open_page("/national/organisations/O1/")
    phone.locator(".chart--narrow").first.wait_for()
    assert not phone.locator(".chart--wide").first.is_visible()
    desk.locator(".chart--wide").first.wait_for()
    assert not desk.locator(".chart--narrow").first.is_visible()
