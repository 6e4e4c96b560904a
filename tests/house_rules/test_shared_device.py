"""A shared device opens its own team's board, and is a stranger at every other address there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from tests.house_rules.put_back import put_back
from tests.house_rules.trusts import make_trust
from tests.house_rules.world import ASKED, EXAMPLES, Example, World
from tests.shares import in_share
from trustwide.rooms.devices.actions import give_code, join_device

#: Its numbers are new each time, for whoever asks.
NEVER_THE_SAME = {"metrics"}
METHODS = ("get", "head", "post", "put", "options")
OPENED = {"devices:board", "devices:add", "devices:add-one", "devices:finish", "devices:offline", "devices:offline-one"}


@pytest.fixture
def screen(world: World) -> Client:
    """A browser that is a shared device of the world's ward."""
    joined = join_device(code=give_code(by=world.trust.people["team-leader"], device=world.trust.device))
    assert joined
    browser = Client()
    browser.cookies["device"] = joined[1]
    return browser


def answer(client: Client, method: str, path: str) -> tuple[Any, ...]:
    with put_back():
        found = getattr(client, method)(path)
        length = 0 if found.streaming or "csrfmiddlewaretoken" in found.content.decode() else len(found.content)
        return found.status_code, found.headers.get("Location"), found.headers.get("Refresh"), length


def some(case: str) -> bool:
    """One in four in a short run, divided between the databases."""
    return in_share(case, one_in=4)


def differences(
    world: World, screen: Client, examples: Iterable[Example], chosen: Callable[[str], bool] = some
) -> tuple[int, set[str]]:
    """How many answers were compared with those to somebody who is not signed in; the addresses where any differs."""
    other, asked, found = make_trust("Willow Parc"), 0, set()
    for whose, trust in (("own", world.trust), ("other", other)):
        for example in examples:
            for method in METHODS if example.name not in NEVER_THE_SAME else ():
                seen = method == "get" and example.name in OPENED  # the rest is asked on either database
                if not seen and not chosen(f"{whose} {example} {method}"):
                    continue
                asked += 1
                path = world.path(example, trust)
                if answer(screen, method, path) != answer(Client(), method, path):
                    found.add(f"{example.name} {whose}")
    return asked, found


def test_a_device_is_a_stranger_elsewhere(world: World, screen: Client) -> None:
    asked, found = differences(world, screen, ASKED)
    print(f"{asked} answers to a shared device; {len(found)} addresses that it opens")
    assert found == {f"{name} own" for name in OPENED}


def test_control_a_door_left_open_is_seen(world: World, screen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trustwide.rooms.devices.gates.queries.team_at", lambda *_names: world.trust.device.place)
    boards = [each for each in EXAMPLES if each.name == "devices:board"]
    _asked, found = differences(world, screen, boards, lambda _case: True)
    assert "devices:board other" in found
