"""An analyst makes a board report of a file in their own words."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import files
from tests.journeys.conftest import PHONE, Open
from tests.makers import make_organisation, make_person, make_report
from trustwide.rooms.measures.models import MeasureSet
from trustwide.rooms.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def send(page: Page, file: Any) -> None:
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    page.wait_for_load_state()


def make(page: Page, file: Any) -> None:
    """From the file to the report, taking what is guessed."""
    send(page, file)
    page.get_by_role("button", name="Go on to the measures").click()
    page.get_by_role("button", name="Make the report").click()
    page.wait_for_url("**/reports/*-*/")


def pdf_of(page: Page) -> pypdf.PdfReader:
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as PDF").click()
    assert download.value.suggested_filename == "board-report-march-2019.pdf"
    return pypdf.PdfReader(str(download.value.path()))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_a_file_with_mistakes_to_a_report_and_its_pdf(open_page: Open, scripts: bool) -> None:
    page = open_page("/st-brides/reports/", by=analyst(), java_script_enabled=scripts)
    page.get_by_role("button", name="Make a report").or_(page.get_by_role("link", name="Make a report")).click()
    send(page, files.with_mistakes())
    assert page.get_by_role("cell", name=files.FALLS).first.is_visible(), "the preview shows the file's own words"
    chosen = [page.get_by_label(label).input_value() for label in ("Name of the measure", "Date", "Value", "Target")]
    assert chosen == files.HEADER[:4]

    page.get_by_role("button", name="Go on to the measures").click()
    page.get_by_role("heading", name="3 problems to mend").wait_for()
    told = [row.split("\t")[:2] for row in page.locator(".problem-table tbody tr").all_inner_texts()]
    assert told == [["5", "Month Ending"], ["8", "Actual"], ["11", "Month Ending"]]
    assert "lots" in page.locator(".problem-table").inner_text()
    assert not MeasureSet.objects.exists()

    page.get_by_role("link", name="Send another file").click()
    send(page, files.good())
    page.get_by_label("Title of the report").fill("Board report, March 2019")
    page.get_by_label("Note").select_option("What happened")
    page.get_by_role("button", name="Go on to the measures").click()
    assert page.get_by_label(f"Which way is better for {files.FALLS}").input_value() == "decrease"
    page.get_by_role("button", name="Make the report").click()

    assert page.get_by_role("heading", level=1).inner_text().startswith("Board report, March 2019")
    summary = page.get_by_text("Of 2 measures, 1 is moving the wrong way and 1 is as usual.")
    summary.wait_for()
    row = page.locator(".glance tbody tr").filter(has=page.get_by_role("rowheader", name="Concern"))
    assert row.inner_text().count(files.FALLS) == 1
    first = page.locator("section.measure").first
    assert "higher than usual for 8 months, since May 2018" in first.inner_text()
    assert "What to ask: What changed at about that time, and what is being tried?" in first.inner_text()
    page.locator("section.measure").nth(1).get_by_text("New rota").first.wait_for(state="attached")

    text = "".join(each.extract_text() for each in pdf_of(page).pages)
    assert "What to ask" in text


def test_going_back_keeps_what_was_said(open_page: Open) -> None:
    page = open_page("/st-brides/reports/new/", by=analyst())
    send(page, files.good())
    page.get_by_label("Title of the report").fill("My own title")
    page.get_by_label("Target").select_option("")
    page.get_by_role("button", name="Go on to the measures").click()
    page.get_by_role("link", name="Columns").click()
    assert page.get_by_label("Title of the report").input_value() == "My own title"
    assert page.get_by_label("Target").input_value() == ""


def analyst() -> Person:
    return make_person("Ana", "analyst", make_organisation())


#: What has the focus, by the name that people know it by.
FOCUSED = """(e => e.getAttribute("aria-label") || e.labels?.[0]?.innerText || e.innerText || "")
    (document.activeElement)"""


PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def tab_to(page: Page, what: str) -> None:
    """Press Tab until what has the focus is named so, as somebody without a mouse does."""
    page.evaluate(PAINTED)  # a browser drops keys that are pressed before it has shown the page
    for _ in range(80):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        if name.strip().startswith(what):
            shown = page.evaluate(
                "(e => getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow)(document.activeElement)"
            )
            assert shown != "nonenone", f"{what} does not show that it has the focus"
            return
    pytest.fail(f"{what!r} cannot be reached by keyboard")


def test_the_whole_story_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/national/", by=analyst())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to main content"
    for link in ("More", "Board reports", "Make a report"):
        tab_to(page, link)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    tab_to(page, "File")  # what a browser opens for a field of files is its own, not the page's
    page.locator("input[type=file]:focus").set_input_files(files.good())
    for button in ("Send the file", "Go on to the measures", "Make the report"):
        tab_to(page, button)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    tab_to(page, f"The numbers of {files.FALLS}")
    page.keyboard.press("Enter")
    page.locator("section.measure").first.get_by_role("table").wait_for()


def test_every_step_fits_a_phone(open_page: Open) -> None:
    page = open_page("/st-brides/reports/new/", by=analyst(), viewport=PHONE)

    def assert_fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url

    send(page, files.good())
    assert_fits()
    page.get_by_role("button", name="Go on to the measures").click()
    assert_fits()
    page.get_by_role("button", name="Make the report").click()
    page.wait_for_url("**/reports/*-*/")
    assert_fits()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("Paper.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("Empty.csv", b"", "empty"),
        ("Header.csv", b"Indicator,Month,Actual\n", "no rows"),
        ("Large.csv", b"a,b\n" * 5_000_000 + b"\n", "larger than 20 MB"),
    ],
    ids=["a PDF", "empty", "header only", "one byte too many"],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    open_page: Open, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    page = open_page("/st-brides/reports/new/", by=analyst())
    (tmp_path / name).write_bytes(content)
    send(page, tmp_path / name)  # from the disk: 20 MB are slow by way of the browser's driver
    if page.get_by_role("button", name="Go on to the measures").count():
        page.get_by_role("button", name="Go on to the measures").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert words.casefold() in page.locator("main").inner_text().casefold()
    assert not MeasureSet.objects.exists()


def test_a_file_from_a_spreadsheet_abroad_is_read(open_page: Open) -> None:
    page = open_page("/st-brides/reports/new/", by=analyst())
    make(page, files.as_excel_abroad())
    assert "higher than usual for 8 months" in page.locator("section.measure").first.inner_text()


def test_a_workbook_with_a_cover_sheet_is_read_from_its_first_table(open_page: Open) -> None:
    page = open_page("/st-brides/reports/new/", by=analyst())
    make(page, files.workbook_of_sheets())
    page.get_by_role("heading", name=files.FALLS).wait_for()


def test_a_printed_report_has_its_charts_and_no_navigation(open_page: Open) -> None:
    report = make_report("On paper", measures=3)
    page = open_page(f"/st-brides/reports/{report.pk}/", by=report.by)
    page.emulate_media(media="print")
    for hidden in ("nav", ".nhsuk-back-link", ".no-print", "section.measure details", ".chart--narrow"):
        assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden
    assert all(each.is_visible() for each in page.locator(".chart--wide").all())
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "".join(each.extract_text() for each in printed.pages)
    assert "Measure 3" in text
    assert "Average" in text, "the words of the charts are printed"
    assert "How to read the charts" not in text


def test_a_report_that_is_removed_is_gone_and_the_others_stay(open_page: Open) -> None:
    going, staying = make_report("Going"), make_report("Staying")
    page = open_page(f"/st-brides/reports/{going.pk}/", by=going.by)
    page.get_by_text("Remove this report").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("link", name="Staying").wait_for()
    assert not page.get_by_role("link", name="Going").count()
    assert page.goto(page.url + f"{going.pk}/").status == 404
    assert page.goto(page.url.replace(str(going.pk), str(staying.pk))).ok
