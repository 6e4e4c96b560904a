"""Pages that come when things go wrong stand on their own feet."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.makers import make_organisation, make_person


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


@pytest.mark.parametrize("asked", ["?q=a%00b", "?%00=x", "?place=%00"])
def test_nul_in_an_address_is_taken_out(browser: Client, asked: str) -> None:
    assert browser.get(f"/st-brides/measures/{asked}").status_code == 200
    assert browser.get(f"/search/{asked}").status_code == 200


def test_the_rest_of_what_an_address_asks_stays(browser: Client) -> None:
    assert 'value="falls here"' in browser.get("/search/?q=falls+%00here&page=%00").text
