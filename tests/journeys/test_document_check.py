"""An HR adviser checks a consultant's contract, and pastes the missing clause into its next version."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import DESK, PHONE, Open
from tests.journeys.files import sent
from tests.makers import make_directorate, make_organisation, make_person
from trustwide.engines.documents.tests.makers import docx_of
from trustwide.rooms.jobs import work
from trustwide.rooms.purpose.models import DocumentCheck, Strategy, Value
from trustwide.rooms.purpose.tests.made import add

pytestmark = pytest.mark.django_db(transaction=True)
CONTRACT = (
    "The terms and conditions of service are those of the national contract for consultants.",
    "You take part in the on-call rota, one night in eight.",
    "When care has gone wrong you sit down with the family and say that you are sorry.",
)


@pytest.mark.parametrize(("scripts", "screen"), [(True, DESK), (False, PHONE)], ids=["scripts", "phone, no scripts"])
def test_an_hr_adviser_adds_the_missing_clause_to_a_contract(
    open_page: Open, scripts: bool, screen: dict[str, int]
) -> None:
    trust = make_organisation("St Bride's")
    chief, adviser = make_person("Chief", "executive", trust), make_person("Hana", "staff", make_directorate(trust))
    add(Strategy, chief, trust, "Home sooner", method="We try small things")
    add(Value, chief, trust, "Kind", behaviours="We say sorry before we explain")
    page = open_page(f"/{trust.slug}/strategy/", by=adviser, viewport=screen, java_script_enabled=scripts)
    page.get_by_role("link", name="What our job descriptions, contracts and adverts carry").click()
    page.get_by_role("link", name="Check a document").click()
    page.get_by_label("What it is called").fill("Consultant in elderly care")
    page.get_by_label("What kind of document it is").select_option(label="Consultant’s contract")
    page.get_by_label("The document").set_input_files(sent("contract.docx", docx_of(*CONTRACT)))
    page.get_by_role("button", name="Save").click()
    read(page)
    page.get_by_text("It does not ask people to help improve our work.").wait_for()
    assert page.locator(".quoted").first.inner_text().startswith(CONTRACT[2])
    page.get_by_text("A consultant’s national contract is not ours to edit").wait_for()
    page.get_by_text("HR and staff side decide").wait_for()
    clause = page.get_by_label("A part in improving our work").input_value()

    page.get_by_role("link", name="Check a new version").click()
    page.get_by_label("Or paste its text").fill("\n".join([*CONTRACT, clause]))
    page.get_by_role("button", name="Save").click()
    read(page)
    page.get_by_text("It carries 1 of our 1 values. It asks people to help improve our work.").wait_for()
    page.get_by_text("Nothing is missing.").wait_for()
    page.get_by_text("Earlier check:").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    page.get_by_role("link", name="What all our documents carry").click()
    page.get_by_text("We checked 1 document.").wait_for()
    assert DocumentCheck.objects.exclude(text="").count() == 0


def read(page: Any) -> None:
    """The page says that it is being read, and turns by itself once a worker has."""
    page.get_by_role("heading", name="It is being read").wait_for()
    assert work.run_ready() >= 1
    page.get_by_role("link", name="Check a new version").wait_for()
