"""Every address answers as declared, and every template is reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from jinja2 import Environment

from tests.device_walk import walk_to_a_shared_device
from tests.house_rules.of_rooms import told
from tests.house_rules.world import ANSWERED, ASKED, EXAMPLES, PARTS, TOLD, VARIATIONS, Example, World, addresses
from tests.makers import make_batch
from tests.shares import sampled
from tests.sign_in_walk import walk_through_sign_in
from trustwide.engines.spc.analysis import Analysis
from trustwide.rooms.measures.board_report import BoardReport
from trustwide.rooms.measures.report_html import report_as_html
from trustwide.rooms.people.gates import SIGNED_IN

NEVER = ("put", "patch", "delete", "options", "trace")
BY_NAME = pytest.mark.parametrize("example", [each for each in ASKED if sampled(f"{each} answers", one_in=4)], ids=str)
NOTHING = [each for each in ASKED if each.unknown and sampled(f"{each} of nothing", one_in=4)]


def test_every_url_has_an_example() -> None:
    walked, told = {each.name for each in addresses()}, {each.name for each in EXAMPLES}
    ours = [each for each in addresses() if each.name not in {x.name for x in TOLD}]
    unfilled = {f"{each.name} {part}" for each in ours for part in each.parts if part not in PARTS} - set(PARTS)
    print(f"{len(walked)} addresses, {len(EXAMPLES)} examples, {len(ASKED)} of them asked in each way")
    assert walked, "the walk found nothing"
    assert walked == told
    assert unfilled == set(), "say in PARTS of world.py what fills these parts of addresses"


@BY_NAME
def test_url_answers_as_declared(world: World, client: Client, example: Example) -> None:
    path = world.path(example)
    client = client if example.signed_in else Client()
    looked = ["get", "head"] if sampled(f"{example} by head", one_in=4) else ["get"]
    found = {method: getattr(client, method)(path).status_code for method in looked}
    posted = client.post(path).status_code
    assert found == dict.fromkeys(looked, example.get)
    assert posted in (ANSWERED if example.post is None else {example.post})


@pytest.mark.parametrize("example", [each for each in ASKED if sampled(f"{each} refuses", one_in=6)], ids=str)
def test_url_refuses_other_methods(world: World, client: Client, example: Example) -> None:
    client, path = client if example.signed_in else Client(), world.path(example)
    answers = {method: getattr(client, method)(path).status_code for method in NEVER}
    public = getattr(resolve(path).func, "policy", SIGNED_IN).public
    assert answers == dict.fromkeys(NEVER, 405 if example.signed_in or public else 302)


@pytest.mark.parametrize("example", NOTHING, ids=str)
def test_url_of_nothing_is_not_found(client: Client, example: Example) -> None:
    path = reverse(example.name, kwargs=example.unknown)
    assert client.get(path).status_code in (404, example.get if example.get == 405 else 404)
    assert client.post(path).status_code in (404, example.post if example.post == 405 else 404)


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


def one_of_each_first(examples: list[Example]) -> list[Example]:
    """One example of each address, then the others of it: what is drawn for one kind is mostly drawn for all."""
    first = {each.name: each for each in reversed(examples)}
    return [*first.values(), *(each for each in examples if first[each.name] is not each)]


@pytest.mark.seen_once
def test_every_template_is_reached(world: World, client: Client, reached: set[str]) -> None:
    for walk in told("walk"):
        walk(client, world)
    Client().get("/sign-in/")
    walk_through_sign_in()
    walk_to_a_shared_device()
    report_as_html(BoardReport.of("A report alone", Analysis(make_batch())))
    ours = templates()
    for path in [*VARIATIONS, *map(world.path, one_of_each_first([each for each in ASKED if each.get == 200]))]:
        if ours <= reached:
            break
        client.get(path)
    print(f"{len(ours & reached)} of {len(ours)} templates reached")
    assert ours - reached == set()


def test_control_an_unasked_template_is_missed(world: World, client: Client, reached: set[str]) -> None:
    client.get("/reading-charts/")
    assert "measures/reading-charts.jinja" in reached
    assert "measures/report.jinja" in templates() - reached
