"""What people send: guesses that help and messages that say what to do."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.makers import make_organisation, make_person, make_upload
from trustwide.engines.spc.model import Settings
from trustwide.rooms.measures.forms import LARGEST_UPLOAD, ROLES, ColumnsForm, MeasuresForm, UploadForm, guess
from trustwide.rooms.measures.models import Upload

NOBODYS = UUID(int=7)


@pytest.mark.parametrize(
    ("role", "headers", "found"),
    [
        ("series", ["Month", "Indicator", "Actual"], "Indicator"),
        ("date", ["Indicator", " Month Ending ", "Actual"], " Month Ending "),
        ("value", ["Metric", "Week", "ACTUAL"], "ACTUAL"),
        ("value", ["Metric", "Value", "Actual"], "Value"),
        ("target", ["Standard", "KPI"], "Standard"),
        ("note", ["Comment"], "Comment"),
        ("value", ["Ward", "Month"], ""),
    ],
)
def test_the_likely_column_is_chosen_already(role: str, headers: list[str], found: str) -> None:
    assert guess(role, headers) == found


def test_only_the_columns_that_were_chosen_are_used() -> None:
    form = ColumnsForm(["A", "B"], {"title": "Board", "chart": "xmr", "date": "A", "value": "B"})
    assert form.is_valid()
    assert form.mapping == {"date": "A", "value": "B"}


@pytest.mark.parametrize("role", ROLES)
def test_a_column_that_the_file_has_not_is_refused_in_words(role: str) -> None:
    form = ColumnsForm(["A"], {"title": "Board", "chart": "xmr", role: "Z"})
    assert form.errors[role] == ["Choose a column that is in the file"]


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"title": ""}, "title", "Give the report a title, such as Board report, March 2019"),
        ({"title": "x" * 201}, "title", "Make the title 200 letters or fewer"),
        ({"title": "Board", "chart": "pie"}, "chart", "Choose a chart from the list"),
    ],
)
def test_messages_say_what_to_do(sent: dict[str, str], field: str, message: str) -> None:
    assert ColumnsForm(["A"], {"chart": "xmr", **sent}).errors[field] == [message]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (None, "Choose a file: CSV, Excel (XLSX) or Parquet"),
        (SimpleUploadedFile("a.csv", b""), "The file is empty."),
        (SimpleUploadedFile("x" * 201, b"a"), "The file's name is too long."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(file: SimpleUploadedFile | None, message: str) -> None:
    form = UploadForm({}, {"file": file} if file else {})
    assert form.errors["file"][0].startswith(message)


def test_a_file_may_be_20_mb_and_not_a_byte_more() -> None:
    fits, too_large = (SimpleUploadedFile("a.csv", b" " * size) for size in (LARGEST_UPLOAD, LARGEST_UPLOAD + 1))
    assert UploadForm({}, {"file": fits}).is_valid()
    assert "larger than 20 MB" in UploadForm({}, {"file": too_large}).errors["file"][0]


@pytest.mark.parametrize(
    ("name", "way"),
    [("Falls per 1,000 bed days", "decrease"), ("Staff sickness", "decrease"), ("Seen in four hours", "increase")],
)
def test_the_way_that_is_better_is_guessed_from_the_name(name: str, way: str) -> None:
    assert MeasuresForm([name], "xmr").fields["improvement-0"].initial == way


def test_each_measure_keeps_what_was_chosen_for_it() -> None:
    sent = {"improvement-0": "decrease", "chart-0": "c", "target-0": "", "improvement-1": "neutral", "chart-1": "run"}
    form = MeasuresForm(["Falls", "Beds"], "xmr", {**sent, "target-1": " 95 "})
    assert form.is_valid(), form.errors
    assert form.settings() == {
        "Falls": Settings(chart="c", improvement="decrease"),
        "Beds": Settings(chart="run", improvement="neutral", target=95.0),
    }


@pytest.mark.parametrize("written", ["lots", "inf", "nan"])
def test_a_target_that_is_no_number_is_refused_by_the_measures_name(written: str) -> None:
    form = MeasuresForm(["Falls"], "xmr", {"improvement-0": "decrease", "chart-0": "c", "target-0": written})
    assert form.errors["target-0"] == ["Write the target of Falls as a number, such as 95"]


def test_what_is_not_there_or_not_ones_own_is_not_found(db: None, client: Client) -> None:
    trust = make_organisation()
    client.force_login(make_person("Ana", "analyst", trust))
    for page in ("", "report.pdf"):
        assert client.get(f"/st-brides/reports/{NOBODYS}/{page}").status_code == 404
    assert client.get(f"/st-brides/reports/new/{NOBODYS}/").status_code == 404
    other = make_upload(by=make_person("Olu", "analyst", trust))
    assert client.get(f"/st-brides/reports/new/{other.pk}/").status_code == 404


def test_a_file_that_can_no_longer_be_read_is_not_found(db: None, client: Client) -> None:
    upload = make_upload()
    client.force_login(upload.by)
    page = f"/{upload.organisation.slug}/reports/new/{upload.pk}/"
    assert client.get(page).status_code == 200
    Upload.objects.update(content=b"%PDF-1.7")
    assert client.get(page).status_code == 404
