"""Trying things on trust: inside the limits nobody is asked, a case is looked back at, and an owner is told first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from trustwide.rooms.decisions.actions import decide
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.experiments.models import TICKS, Experiment
from trustwide.rooms.experiments.tests.made import trying
from trustwide.rooms.gains.tests.test_gains import keep, keeping, look, worse
from trustwide.rooms.people.clock import today
from trustwide.rooms.resources.models import Case
from trustwide.rooms.resources.tests.made import TIME, make_case, make_trust

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERED = {"reversible": "yes", **dict.fromkeys(("risk", *TICKS), "no")}
WORDS = {
    "title": "Tablets the evening before", "what": "The late shift orders", "expect": "8 of 10 by 11",
    "scope": "Two bays", "people": "12", "weeks": "3", "stop_signs": "A wrong bag", "must_know": "The dispensary",
}  # fmt: skip


def plan(page: Any, cost: str) -> None:
    page.set_default_timeout(30_000)  # the first form of a server reads what was tried before
    page.get_by_role("link", name="Plan an experiment").click()
    for name, words in {**WORDS, "cost": cost}.items():
        page.locator(f"#{name}").fill(words)
    for name, said in ANSWERED.items():
        page.locator(f"input[name={name}][value={said}]").check()
    page.get_by_role("button", name="Save", exact=True).click()


def test_inside_the_limits_it_begins_without_asking(open_page: Open) -> None:
    made = trying()
    page = open_page(f"/{made.trust.slug}/safe-limits/", by=made.nurse, viewport=PHONE, java_script_enabled=False)
    expect(page.get_by_text("Inside these limits you need nobody’s permission")).to_be_visible()
    plan(page, "40")
    expect(page.get_by_role("heading", name="No approval needed")).to_be_visible()
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_text("as they were on")).to_be_visible()
    page.get_by_role("link", name="It is over: what happened?").click()
    page.get_by_label("What happened?").fill("7 of 9 were ready")
    page.get_by_label("Keep it: it works").check()
    page.get_by_role("button", name="It is over").click()
    expect(page.get_by_text("7 of 9 were ready")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Experiment.objects.get().stage == "kept"


def test_outside_them_it_becomes_a_decision_request(open_page: Open) -> None:
    made = trying()
    page = open_page(f"/{made.trust.slug}/safe-limits/", by=made.nurse)
    plan(page, "900")
    expect(page.get_by_text("It costs £900. The limit is £500.")).to_be_visible()
    assert page.get_by_role("button", name="Begin it").count() == 0
    page.get_by_role("button", name="Ask for a decision").click()
    expect(page.get_by_text("A decision was asked for:")).to_be_visible()
    decision = decision_numbered(Experiment.objects.get().question_id)
    assert decision.owner
    decide(by=decision.owner, decision=decision, what="yes")
    page.reload()
    expect(page.get_by_role("heading", name="A decision said yes")).to_be_visible()
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_role("link", name="It is over: what happened?")).to_be_visible()


def test_a_finance_partner_and_a_lead_finish_a_case_and_look_back(open_page: Open) -> None:
    made = make_trust()
    case = make_case(made.lead, made.ward, TIME)
    home = f"/{made.trust.slug}/cases/{case.pk}/"
    lead = open_page(home, by=made.lead)
    lead.get_by_label("Who in finance should look at the numbers?").select_option(label="Priya")
    lead.get_by_role("button", name="Ask them").click()
    expect(lead.get_by_text("Priya was asked to look at them.")).to_be_visible()
    finance = open_page("/", by=made.finance)
    finance.get_by_role("link", name=case.title).first.click()
    finance.get_by_role("button", name="I agree to these numbers").click()
    expect(finance.get_by_text("Priya agreed to these numbers")).to_be_visible()
    lead.reload()
    lead.get_by_role("button", name="It goes ahead").click()
    expect(lead.get_by_text("Did it happen? We look on")).to_be_visible()
    Case.objects.update(began_on=today() - timedelta(days=184))
    lead.reload()
    lead.get_by_role("link", name="Did it happen?").click()
    lead.locator("#value-0").fill("400")
    lead.get_by_role("button", name="Save what we saw").click()
    expect(lead.get_by_text("After 6 months we saw 400 hours a week: within what we thought.").first).to_be_visible()


def test_a_watched_measure_tells_its_owner_first(open_page: Open) -> None:
    made = keeping()
    gain = keep(made, watch=worse(made))
    look()
    page = open_page("/", by=made.owner)
    page.get_by_role("link", name=gain.title).first.click()
    expect(page.get_by_text("You are told first.")).to_be_visible()
    page.get_by_role("link", name="Say what we make of it today").click()
    page.locator("input[name=fits][value=yes]").check()
    page.get_by_label("Who is affected more or less").fill("The night team")
    page.get_by_label("Who decided it").fill("The ward meeting")
    page.get_by_role("button", name="Save what we decided").click()
    expect(page.locator("#story ~ ol")).to_contain_text("Keep it, and do more of it")
    other = open_page(f"/{made.trust.slug}/gains/{gain.pk}/", by=made.nurse)
    expect(other.get_by_role("heading", name=gain.title)).to_be_visible()
    assert other.get_by_text("The measure changed for the worse.").count() == 0
