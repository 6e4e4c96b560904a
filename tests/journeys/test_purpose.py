"""Why we are here: a chair prints the page, two sides agree an objective, and a member of the public reads it."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.journeys.conftest import DESK, PHONE, Open
from tests.makers import make_person
from trustwide.rooms.purpose.actions import share_strategy
from trustwide.rooms.purpose.models import Objective, Strategy, Value
from trustwide.rooms.purpose.tests.made import Sides, add, again, two_sides

pytestmark = pytest.mark.django_db(transaction=True)


def with_values(sides: Sides) -> Sides:
    kind = add(Value, sides.chief, sides.trust, "Kind", in_method="We ask first")
    add(Objective, sides.chief, sides.trust, "Go home as you came", lives=kind, helps=sides.strategy)
    return sides


def test_a_chair_prints_the_strategy_on_one_page(open_page: Open) -> None:
    sides = with_values(two_sides())
    page = open_page("/", by=make_person("Marian", "board-member", sides.trust))
    page.get_by_role("link", name="Strategy", exact=True).click()
    page.get_by_role("heading", level=1, name="Home sooner").wait_for()
    for part in ("We try small things", "Kind", "Go home as you came"):
        page.locator(".sheet").get_by_text(part).first.wait_for()
    address = page.get_by_role("link", name="Print it on one page").get_attribute("href")
    answer = page.request.get(page.url.partition("/st-brides")[0] + str(address))
    paper = pypdf.PdfReader(io.BytesIO(answer.body()))
    assert len(paper.pages) == 1
    assert "Go home as you came" in paper.pages[0].extract_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_ward_leader_and_a_director_agree_in_two_rounds(open_page: Open, scripts: bool) -> None:
    sides = with_values(two_sides())
    ward = open_page(f"/{sides.trust.slug}/objectives/{sides.upper.pk}/", by=sides.leader,
                     viewport=PHONE, java_script_enabled=scripts)  # fmt: skip
    ward.get_by_role("link", name="Propose an objective that helps this one").click()
    ward.get_by_text("It will help: Nobody waits another night").wait_for()
    ward.get_by_label("What we want to get better at").fill("Tablets ready by 11")
    ward.get_by_label("Less waiting").fill("People are home for lunch")
    ward.get_by_label("Which of our values it lives").select_option(label="Kind (St Bride's)")
    ward.get_by_role("button", name="Save").click()
    ward.get_by_label("We agree to these words").check()
    ward.get_by_role("button", name="Send it to the other side").click()
    ward.get_by_text("One side agreed. Medicine has still to say.").wait_for()

    director = open_page("/", by=sides.director, java_script_enabled=scripts)
    director.get_by_text("This objective waits for your word").first.wait_for()
    director.get_by_role("link", name="Tablets ready by 11").first.click()
    director.get_by_label("We would put it like this").check()
    director.get_by_label("In your words").fill("Tablets and letter ready by 11")
    director.get_by_role("button", name="Send it to the other side").click()

    ward.reload()
    ward.get_by_role("button", name="Take these words").click()
    ward.get_by_role("heading", level=1, name="Tablets and letter ready by 11").wait_for()
    ward.get_by_text("One side agreed.").wait_for()
    director.reload()
    director.get_by_label("We agree to these words").check()
    director.get_by_role("button", name="Send it to the other side").click()
    director.get_by_text("Both sides agreed to these words.").wait_for()
    ward.reload()
    ward.get_by_role("link", name="Make it live").click()
    ward.get_by_role("button", name="Make it live").click()
    assert ward.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Objective.objects.get(title="Tablets and letter ready by 11").stage == "live"


def test_a_member_of_the_public_reads_what_was_made_public_and_no_more(open_page: Open) -> None:
    sides = with_values(two_sides())
    page = open_page(f"/{sides.trust.slug}/strategy/", viewport=PHONE)
    assert "/sign-in/" in page.url
    share_strategy(by=sides.chief, strategy=again(Strategy, sides.strategy), version=1, public=True)
    add(Objective, sides.chief, sides.trust, "For staff alone", helps=sides.strategy)
    page = open_page(f"/{sides.trust.slug}/strategy/", viewport=PHONE)
    page.get_by_role("heading", level=1, name="Home sooner").wait_for()
    page.get_by_text("Go home as you came").wait_for()
    assert page.get_by_text("For staff alone").count() == 0
    assert page.locator("main a").count() == 1, "the printed page is all there is to open"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
