"""Ideas from anyone: a porter may go ahead, a board reads replies without names, a director waits, a nurse does not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Open
from trustwide.rooms.ideas.models import Reply
from trustwide.rooms.ideas.tests.made import House, make_house

PLAIN = {"java_script_enabled": False}  # what these people do needs no scripts
REFRAMED = {
    "What happens that": "People wait for chairs",
    "Where it happens": "At the lifts",
    "Who it touches": "People who go home",
    "Since when": "Since the spring",
    "How we know": "We counted 14",
}
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


def tell_side(page: Page, role: str, words: str) -> None:
    page.get_by_text("Tell how it looks from your side").click()
    page.get_by_label("Who sees it like this?").select_option(role)
    page.get_by_label("How does it look from there?").fill(words)
    page.get_by_role("button", name="Add this side").click()


def test_a_directors_solution_is_nudged_and_waits_and_a_nurses_idea_is_let_in(open_page: Open, house: House) -> None:
    director = open_page("/st-brides/problems/new/", by=house.director, **PLAIN)
    director.get_by_label("What happens that should not").fill("We need an app for the porters")
    director.get_by_role("button", name="Save").click()
    expect(director.get_by_role("heading", name="This may be an answer already")).to_be_visible()
    problem = "/" + director.url.split("/", 3)[3]
    director.get_by_role("link", name="Have an idea for it").click()
    director.get_by_label("Your idea, in a sentence").fill("Buy the app")
    director.get_by_role("button", name="Save").click()
    expect(director.get_by_text("Only you see this.")).to_be_visible()
    waiting = "/" + director.url.split("/", 3)[3]

    nurse = open_page(problem, by=house.nurse, **PLAIN)
    assert nurse.get_by_text("Buy the app").count() == 0
    tell_side(nurse, "clinical", "We ring three numbers for a chair")
    expect(nurse.get_by_text("We ring three numbers for a chair")).to_be_visible()
    nurse.get_by_role("link", name="Have an idea for it").click()
    nurse.get_by_label("Your idea, in a sentence").fill("One phone at the hub")
    nurse.get_by_role("button", name="Save").click()
    expect(nurse.get_by_role("heading", level=1, name="One phone at the hub")).to_be_visible()

    director.goto(director.url.partition("/st-brides")[0] + problem)
    expect(director.get_by_role("link", name="One phone at the hub").first).to_be_visible()
    director.get_by_role("button", name="It is framed").click()
    expect(director.get_by_text("Nearly there.").first).to_be_visible()
    director.get_by_role("link", name="Change it").click()
    for label, text in REFRAMED.items():
        director.get_by_label(label).first.fill(text)
    director.get_by_role("button", name="Save").click()
    tell_side(director, "support", "We walk to the store and it is empty")
    director.get_by_role("button", name="It is framed").click()
    expect(director.get_by_role("heading", level=1, name="People wait for chairs")).to_be_visible()
    director.goto(director.url.partition("/st-brides")[0] + waiting)
    director.get_by_role("button", name="Put the idea in").click()
    expect(director.get_by_role("heading", name="Support")).to_be_visible()
