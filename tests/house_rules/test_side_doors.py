"""What may not be read does not come out by a side door either: one test for each, and one without its wall."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house_rules.canaries import Outsider
from tests.house_rules.side_doors import DOORS, Scene
from tests.house_rules.world import World

pytestmark = pytest.mark.both_databases(dear=True)  # each puts its answers together in its own way


@pytest.fixture
def scene(world: World, outsider: Outsider, settings: Any, forget: Any) -> Scene:
    settings.DEMO = False
    return Scene(world, outsider)


@pytest.mark.parametrize("name", DOORS)
def test_nothing_comes_out_by(scene: Scene, name: str) -> None:
    found = DOORS[name].look(scene)
    print(f"{name}: {len(found)} leaks")
    assert found == []


@pytest.mark.parametrize("name", DOORS)
def test_control_without_the_wall_it_comes_out_by(scene: Scene, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for wall in DOORS[name].walls:
        monkeypatch.setattr(*wall)
    scene.client.raise_request_exception = False
    found = DOORS[name].look(scene)
    print(f"{name}, without its wall: {len(found)} leaks, such as {found[:1]}")
    assert found
