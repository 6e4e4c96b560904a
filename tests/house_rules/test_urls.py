"""Every address answers as declared, and every template is reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from jinja2 import Environment

from tests.house_rules.world import EXAMPLES, VARIATIONS, Example, World, url_names
from tests.makers import make_batch, make_measure, make_organisation, make_person
from trustwide.engines.spc.analysis import Analysis
from trustwide.rooms.measures.board_report import BoardReport
from trustwide.rooms.measures.report_html import report_as_html

NEVER = ("put", "patch", "delete", "options", "trace")
BY_NAME = pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)


def test_every_url_has_an_example() -> None:
    walked, told = list(url_names()), [each.name for each in EXAMPLES]
    print(f"{len(walked)} addresses, {len(told)} examples")
    assert walked, "the walk found nothing"
    assert sorted(walked) == sorted(told), "add a row to EXAMPLES in world.py, or take one away"


@BY_NAME
def test_url_answers_as_declared(world: World, client: Client, example: Example) -> None:
    path = world.path(example)
    found = {"get": client.get(path).status_code, "head": client.head(path).status_code}
    found["post"] = client.post(path).status_code
    assert found == {"get": example.get, "head": example.get, "post": example.post}


@BY_NAME
def test_url_refuses_other_methods(world: World, client: Client, example: Example) -> None:
    answers = {method: getattr(client, method)(world.path(example)).status_code for method in NEVER}
    assert answers == dict.fromkeys(NEVER, 302 if example.get == 302 else 405)


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.unknown], ids=lambda each: each.name)
def test_url_of_nothing_is_not_found(db: None, client: Client, example: Example) -> None:
    path = reverse(example.name, kwargs=example.unknown)
    answers = [client.get(path).status_code if example.get != 405 else 404, client.post(path).status_code]
    assert answers == [404, 404 if example.post != 405 else 405]


def templates() -> set[str]:
    """Every template of ours, by the name that pages call it."""
    folders = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    return {file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.jinja")}


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of templates as they are asked for: pages, what they extend, and what they import."""
    names: set[str] = set()
    get: Callable[..., object] = Environment.get_template

    def remember(self: Environment, name: str, *arguments: object, **options: object) -> object:
        names.add(str(name))
        return get(self, name, *arguments, **options)

    monkeypatch.setattr(Environment, "get_template", remember)
    return names


def measure_pages(client: Client) -> list[str]:
    organisation = make_organisation()
    analyst = make_person("Ann", "analyst", organisation)
    measure = make_measure(analyst, organisation)
    client.force_login(analyst)
    return [f"/{organisation.slug}/measures/{measure.pk}/{page}/" for page in ("numbers", "resets")]


def test_every_template_is_reached(world: World, client: Client, reached: set[str]) -> None:
    for path in [*map(world.path, EXAMPLES), *VARIATIONS]:
        client.get(path)
    client.force_login(make_person())
    client.get("/")
    for page in measure_pages(client):
        assert client.get(page).status_code == 200
    report_as_html(BoardReport.of("A report alone", Analysis(make_batch())))
    ours = templates()
    print(f"{len(ours & reached)} of {len(ours)} templates reached")
    assert ours - reached == set()


def test_control_an_unasked_template_is_missed(world: World, client: Client, reached: set[str]) -> None:
    client.get("/reading-charts/")
    assert "measures/reading-charts.jinja" in reached
    assert "measures/report.jinja" in templates() - reached
