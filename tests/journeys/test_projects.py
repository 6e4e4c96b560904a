"""From an idea to what is kept or stopped: a porter, a team that predicts late, a good stop, and a governor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Open
from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.places.models import Place
from trustwide.rooms.projects.actions import end_project
from trustwide.rooms.projects.models import Project, TestOfChange
from trustwide.rooms.projects.tests.made import make_project, run_test

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_porters_idea_becomes_a_test_in_two_weeks(open_page: Open, trust: Place, scripts: bool) -> None:
    porters = make_team(trust, "Porters", "corporate")
    jo = make_person("Jo Marlow", "staff", porters)
    fields = {"title": "Ring us at eleven", "more": "Ward 7 rings with how many go home"}
    idea = add_record(by=jo, kind=KINDS["ideas.idea"], place=porters, fields=fields)
    Record.objects.filter(pk=idea).update(created_at=now() - timedelta(days=14))
    page = open_page(f"/{trust.slug}/ideas/{idea}/", by=jo, viewport=PHONE, java_script_enabled=scripts)
    page.get_by_role("link", name="Try it as a small test").click()
    expect(page.get_by_label("What we try")).to_have_value("Ward 7 rings with how many go home")
    page.get_by_label("What we think will happen").fill("A chair is there within five minutes")
    page.get_by_label("Stop if").fill("Ward 7 loses time")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Test 1: Ring us at eleven").click()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("locked when the test began")).to_be_visible()
    page.goto(page.url.partition(f"/{trust.slug}")[0] + "/")
    expect(page.get_by_text("Day 1 of your test: what happened?")).to_be_visible()
    assert Project.objects.get().links_out.filter(meaning="came-from", end=idea).exists()


def test_a_team_predicts_late_and_the_page_says_so(open_page: Open, trust: Place) -> None:
    ward = make_team(trust)
    ruby = make_person("Ruby Adeyemi", "team-leader", ward)
    project = make_project(ruby, ward)
    page = open_page(f"{address_of(project)}test/", by=ruby)
    page.get_by_label("The question that it asks").fill("Does a round at 9 help?")
    page.get_by_label("What we try").fill("A round at 9")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nobody has said yet what they think will happen")).to_be_visible()
    page.get_by_role("button", name="Begin without a prediction").click()
    page.get_by_role("link", name="What happened", exact=True).click()
    page.get_by_label("What did you think would happen?").fill("8 of 10 bags")
    page.get_by_label("What happened", exact=True).fill("8 of 10 were ready")
    page.get_by_label("Did what you thought happen?").select_option(label="Yes")
    page.get_by_label("What you learned").fill("Nine is early enough")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".beside__late")).to_have_text("written afterwards")
    page.get_by_role("link", name="Decide what now").click()
    page.get_by_label("What do you do now?").select_option("adopt")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("link", name="Tablets by 11").first.click()
    expect(page.locator(".beside__late")).to_have_text("written afterwards")
    assert TestOfChange.objects.get().afterwards


def test_a_project_stops_well_and_the_next_team_finds_it(open_page: Open, trust: Place) -> None:
    ward, other = make_team(trust), make_team(trust, "Ward 8")
    ruby, sam = make_person("Ruby Adeyemi", "team-leader", ward), make_person("Sam Castle", "staff", other)
    project = make_project(ruby, ward, title="Fewer bags sent back")
    run_test(ruby, project, right="no", act="abandon")
    page = open_page(address_of(project), by=ruby)
    page.get_by_role("link", name="How it ends").click()
    page.get_by_label("What do you do?").select_option("stopped")
    page.get_by_label("Why", exact=True).fill("The wards changed the form")
    page.get_by_label("What is kept").fill("The tally sheet")
    page.get_by_label("Hours a week that this frees").fill("5")
    page.get_by_role("button", name="Save, and thank the team").click()
    expect(page.get_by_text("Thank you to all who took part.")).to_be_visible()
    next_team = open_page("/search/?q=bags+tally", by=sam)
    next_team.get_by_role("link", name="Fewer bags sent back").click()
    expect(next_team.get_by_text("The tally sheet")).to_be_visible()
    stops = open_page(f"/{trust.slug}/stops/", by=sam)
    expect(stops.get_by_text("5 hours a week in all, offered back to the teams")).to_be_visible()


def test_a_governor_leads_a_project(open_page: Open, trust: Place) -> None:
    council = make_team(trust, "Council of governors", "peoples-voice")
    pat = make_person("Pat Linwood", "peoples-voice", council)
    page = open_page("/", by=pat)
    page.get_by_role("link", name="Start something").click()
    page.get_by_role("link", name="Project", exact=True).click()
    page.get_by_label("What gets better").fill("A bus that stops at our door")
    page.get_by_label("Part of the organisation").select_option("peoples-voice")
    page.get_by_label("Aim: how much").fill("From 400 metres to 20")
    page.get_by_label("Stop if").fill("The council says no twice")
    page.get_by_label("Stop, or decide to go on, by").fill(f"{today() + timedelta(days=90):%-d/%-m/%Y}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Charter, no team yet")).to_be_visible()
    page.get_by_role("link", name="Change the team").click()
    page.get_by_label("Their name, as it stands on the page of people").fill("Pat Linwood")
    page.get_by_label("What they do in it").select_option("lead")
    page.get_by_role("button", name="Add to the team").click()
    page.get_by_role("link", name="A bus that stops at our door").first.click()
    expect(page.get_by_text("Charter and team, no test yet")).to_be_visible()
    found = Project.objects.get()
    end_project(by=pat, project=found, version=found.version, how="done", reason="The bus comes")
    page.reload()
    expect(page.get_by_text("Done. Charter and team, no test yet")).to_be_visible()
