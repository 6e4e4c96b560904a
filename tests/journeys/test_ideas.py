"""Ideas from anyone: a porter may go ahead; a board asks all staff, and reads replies without names."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from trustwide.rooms.ideas.models import Reply
from trustwide.rooms.ideas.tests.made import House, make_house

PLAIN = {"java_script_enabled": False}  # what these people do needs no scripts
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db: None) -> House:
    return make_house()


def test_a_porter_has_an_idea_on_a_phone_and_may_go_ahead(open_page: Open, house: House) -> None:
    porter = open_page("/", by=house.porter, viewport=PHONE, **PLAIN)
    porter.get_by_role("link", name="Have an idea").click()
    porter.get_by_label("Your idea, in a sentence").fill("Keep a spare chair at each lift")
    porter.get_by_role("button", name="Save").click()
    expect(porter.get_by_role("heading", level=1, name="Keep a spare chair at each lift")).to_be_visible()
    expect(porter.get_by_text(re.compile("Head replies by"))).to_be_visible()
    assert porter.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    nurse = open_page("/" + porter.url.split("/", 3)[3], by=house.nurse)
    nurse.get_by_role("button", name="I support this").click()
    expect(nurse.get_by_text("1 person supports it. You do, too.")).to_be_visible()

    head = open_page("/", by=house.head)
    head.get_by_role("link", name="Keep a spare chair at each lift").first.click()
    head.get_by_role("button", name="Go ahead, you need nobody’s permission").click()

    porter.goto(porter.url.partition("/st-brides")[0] + "/")
    porter.get_by_role("link", name="Keep a spare chair at each lift").first.click()
    expect(porter.get_by_text("Go ahead, you need nobody’s permission")).to_be_visible()
    porter.get_by_label("What happened?").fill("Four places taped")
    porter.get_by_role("button", name="We are trying it").click()
    expect(porter.get_by_text("Four places taped")).to_be_visible()
    porter.get_by_role("navigation").get_by_role("link", name="Ideas", exact=True).first.click()
    expect(porter.get_by_text("Of 1 ideas, 1 were tried; 0 of those were kept.")).to_be_visible()


def test_a_board_asks_all_staff_and_reads_replies_without_names(open_page: Open, house: House) -> None:
    chair = open_page("/st-brides/problems/new/", by=house.chair, **PLAIN)
    chair.get_by_label("What happens that should not").fill("One in five leaves us in the first year")
    chair.get_by_label("How we know").fill("We counted those who left")
    chair.get_by_role("button", name="Save").click()
    chair.get_by_role("link", name="Ask all staff about it").click()
    expect(chair.get_by_label("Show the replies without names")).to_be_checked()
    chair.get_by_role("button", name="Ask all staff").click()
    expect(chair.get_by_text("Replies are shown without names or grades.")).to_be_visible()
    said = {"porter": "My rota came late", "nurse": "Nobody ate with me", "manager": "I had no time for them"}
    for who, text in said.items():
        page = open_page("/", by=getattr(house, who), viewport=PHONE)
        page.get_by_role("link", name="One in five leaves us in the first year").first.click()
        page.get_by_label("Your reply").fill(text)
        page.get_by_role("button", name="Send my reply").click()
        expect(page.get_by_label("Your reply, which you can change")).to_have_value(text)
    chair.get_by_role("link", name="Reply, and read what others say").click()
    for text in said.values():
        expect(chair.locator("article").get_by_text(text)).to_be_visible()
    for name in ("Porter", "Nurse", "Manager"):
        assert name not in chair.locator("main").inner_text()
    assert set(Reply.objects.values_list("by", flat=True)) == {None}
