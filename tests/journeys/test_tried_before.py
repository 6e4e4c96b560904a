"""A title is typed, and what was tried before comes up under it; with scripts or without, not a letter is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from tests.makers import make_organisation, make_person, make_record, make_team
from trustwide.rooms.commons import meanings
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
FORM, BEFORE = "/st-brides/objectives/new/", "Tablets to take home by eleven"
LABEL = "What we want to get better at"


def leader() -> Person:
    """Of a ward where tablets to take home were worked on before."""
    ward = make_team(make_organisation())
    kind = kind_at("objectives")
    assert kind
    make_record(kind, make_person("Ces Hill", "executive", ward.organisation), ward, title=BEFORE)
    meanings.work_out.call()
    return make_person("Tess Lane", "team-leader", ward)


def test_while_a_title_is_typed_work_like_it_is_listed_under_it(open_page: Open) -> None:
    page = open_page(FORM, by=leader(), viewport=PHONE)
    title = page.get_by_label(LABEL)
    title.press_sequentially("ttos are not ready", delay=20)
    link = page.get_by_role("link", name=BEFORE)
    expect(link).to_be_visible()
    expect(title).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=BEFORE)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    with page.context.expect_page() as beside:
        page.keyboard.press("Enter")
    expect(beside.value.get_by_role("heading", name=BEFORE)).to_be_visible()
    assert title.input_value() == "ttos are not ready"
    title.fill("giraffe")
    expect(link).to_have_count(0)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_without_scripts_a_button_asks_and_nothing_is_lost(open_page: Open) -> None:
    page = open_page(FORM, by=leader(), java_script_enabled=False)
    page.get_by_label(LABEL).fill("ttos are not ready")
    page.get_by_label("Less waiting").fill("Home an hour sooner")
    page.get_by_role("button", name="Has this been tried before?").click()
    expect(page.get_by_role("link", name=BEFORE)).to_be_visible()
    expect(page.get_by_label(LABEL)).to_have_value("ttos are not ready")
    expect(page.get_by_label("Less waiting")).to_have_value("Home an hour sooner")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(r"/objectives/[0-9a-f-]{36}/$"))
    expect(page.get_by_role("heading", name="ttos are not ready")).to_be_visible()
