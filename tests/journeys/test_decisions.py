"""Decisions: one tap from a phone, silence that goes up, and a quarter of an hour with whoever decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from trustwide.rooms.decisions import chores
from trustwide.rooms.decisions.actions_drop_ins import offer_slots
from trustwide.rooms.decisions.models import Decision
from trustwide.rooms.decisions.tests.trust import again, make_trust
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.jobs.work import run_ready
from trustwide.rooms.people.clock import now, today

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_chief_operating_officer_decides_from_the_phone_in_one_tap(open_page: Open, scripts: bool) -> None:
    trust = make_trust()
    decision = trust.ask(money=9_000, question="May we open on Sundays until Easter?", needed_by=today())
    page = open_page("/", by=trust.people["chief"], viewport=PHONE, java_script_enabled=scripts)
    page.get_by_role("link", name="May we open on Sundays until Easter?").first.click()
    expect(page.get_by_role("heading", name="What we recommend")).to_be_in_viewport()
    expect(page.get_by_text("Yes, as recommended:")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_text("Chief St Bride'S said yes.").first).to_be_in_viewport()
    expect(page.get_by_text("Nurse St Bride'S, who asked, was told.")).to_be_in_viewport()
    assert again(decision).stage == "yes"
    nurse = open_page("/notices/", by=trust.people["nurse"], java_script_enabled=scripts)
    expect(nurse.get_by_text("Chief St Bride'S gave an answer to this").first).to_be_visible()


def test_silence_goes_up_and_everyone_is_told(open_page: Open) -> None:
    trust = make_trust()
    decision = trust.ask(needed_by=today())
    Decision.objects.filter(pk=decision.pk).update(next_review=today() - timedelta(days=1))
    later(chores.find_silent, key="this morning")
    run_ready()
    for who in ("nurse", "leader", "manager"):
        page = open_page("/notices/", by=trust.people[who], viewport=PHONE)
        expect(page.get_by_text("Nobody decided this in time, so it went up").first).to_be_visible()
    page.get_by_role("link", name=decision.title).first.click()
    expect(page.get_by_text("No word had come, so it went up: Manager St Bride'S decides")).to_be_visible()
    expect(page.get_by_role("heading", name="Your decision")).to_be_visible()


def test_a_nurse_books_a_drop_in_for_a_question_that_she_asks(open_page: Open) -> None:
    trust = make_trust()
    first = (now() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    starts = [first, first + timedelta(minutes=15)]
    offer_slots(by=trust.people["manager"], organisation=trust.place, starts=starts, where="Office on level 2")

    page = open_page("/st-brides/decisions/", by=trust.people["nurse"], viewport=PHONE)
    page.get_by_role("link", name="Ask for a decision").click()
    page.get_by_label("The question, in one sentence").fill("May we buy a second trolley?")
    page.get_by_label("Why now?").fill("We walk to the store eleven times a morning.")
    page.get_by_label("What could we do?").fill("Buy one")
    page.get_by_label("What do you recommend").fill("Buy one")
    page.get_by_label("What does it cost").fill("400")
    page.get_by_label("What is it mostly about?").select_option("service")
    page.get_by_role("button", name="Go on: see who decides").click()
    expect(page.get_by_text("Manager St Bride'S decides this.")).to_be_visible()
    page.get_by_role("button", name="Ask Manager").click()
    page.get_by_role("link", name="Talk it over: book a drop-in").click()
    page.get_by_role("link", name="Book").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_text("You booked it.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Put it into my calendar").click()
    assert download.value.suggested_filename == "drop-in.ics"

    manager = open_page("/", by=trust.people["manager"])
    manager.get_by_role("link", name="Drop-in with Nurse").first.click()
    expect(manager.get_by_role("link", name="May we buy a second trolley?")).to_be_visible()
