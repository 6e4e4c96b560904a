"""Pages that come when things go wrong stand on their own feet."""

from __future__ import annotations

from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from jinja2 import DictLoader

from tests.makers import make_organisation, make_person
from trustwide.house.pages import environment
from trustwide.rooms.places.models import Place


@pytest.fixture
def browser(db: None) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(make_person("Ada", "administrator", make_organisation()))
    return browser


def test_a_database_that_is_away_is_said_without_asking_it_who_reads(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("django.contrib.auth.middleware.auth.get_user", away)
    answer = browser.get("/national/")
    assert answer.status_code == 503
    assert "cannot reach its data" in answer.text
    assert "Ada" not in answer.text


@pytest.mark.parametrize(
    "told",
    [
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/5/2619": No space left on device'),
        OSError(ENOSPC, "No space left on device"),
    ],
    ids=["SQLite", "PostgreSQL", "a file"],
)
def test_a_full_disk_is_said_with_its_cure(browser: Client, monkeypatch: pytest.MonkeyPatch, told: Exception) -> None:
    def full(*_arguments: Any, **_options: Any) -> None:
        raise told

    monkeypatch.setattr("trustwide.rooms.commons.actions.add_record", full)
    browser.force_login(make_person("Chief", "executive", Place.objects.get(name="St Bride's")))
    sent = {"title": "Thanks", "place": "st-brides", "text": "To you all", "sharing": "organisation"}
    answer = browser.post("/st-brides/messages/new/", sent)
    assert answer.status_code == 503
    assert "Its disk is full" in answer.text
    assert answer["Retry-After"]


def test_pages_come_where_they_cannot_be_kept_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trustwide.house.pages.settings.DATA", tmp_path)
    pages = environment(loader=DictLoader({"a": "{{ 6 * 7 }}"}))
    cache = Path(pages.bytecode_cache.directory)
    cache.rmdir()
    assert pages.get_template("a").render() == "42"
    assert not cache.exists()


@pytest.mark.parametrize("asked", ["?q=a%00b", "?%00=x", "?place=%00"])
def test_nul_in_an_address_is_taken_out(browser: Client, asked: str) -> None:
    assert browser.get(f"/st-brides/measures/{asked}").status_code == 200
    assert browser.get(f"/search/{asked}").status_code == 200


def test_the_rest_of_what_an_address_asks_stays(browser: Client) -> None:
    assert 'value="falls here"' in browser.get("/search/?q=falls+%00here&page=%00").text
