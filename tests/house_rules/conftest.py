"""The world that the house rules are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template.backends import jinja2
from django.test import Client

from tests.house_rules.canaries import Outsider, make_outsider
from tests.house_rules.lookalikes import Trust, make_trust
from tests.house_rules.own_database import Made, connected_to, made_in_a_copy
from tests.house_rules.put_back import put_back
from tests.house_rules.scene import Scene
from tests.house_rules.world import World, make_world
from tests.makers import client_of, make_organisation, make_team
from trustwide.rooms.devices.live import PULSE
from trustwide.rooms.measures import comparison_page, queries
from trustwide.rooms.people import sessions


@pytest.fixture
def forget() -> Any:
    """Forget what pages remember, so that each counts from nothing."""

    def now() -> None:
        queries.charted.cache_clear()
        comparison_page._report.cache_clear()
        PULSE.forget()

    now()
    return now


def made_once(make: Callable[[], Any]) -> Any:
    """A fixture: something that each process makes once, in a database of its own."""

    @pytest.fixture(scope="session")
    def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
        with django_db_blocker.unblock(), made_in_a_copy(make, tmp_path_factory.mktemp("made")) as found:
            yield found

    return made


a_world, a_scene, a_trust = made_once(make_world), made_once(Scene), made_once(make_trust)


@pytest.fixture(scope="module")
def made_world(a_world: Made, django_db_blocker: Any) -> Iterator[World]:
    """For all tests of a file, each of which takes back what it did, as the last of them what the file did."""
    with django_db_blocker.unblock(), connected_to(a_world.database), put_back():
        yield a_world.unpacked()


@pytest.fixture
def world(made_world: World, a_world: Made, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    PULSE.forget()  # what another test took back
    settings.DEMO = True  # so that its pages are held to the rules too
    monkeypatch.setattr(sessions, "NOTE_EVERY", 86_400)  # on a slow machine too, looking at pages writes nothing
    unpacked: World = a_world.unpacked()
    return unpacked


@pytest.fixture
def fuller(world: World) -> World:
    """With another organisation to ask in, and another ward to merge into."""
    make_organisation("Willow Parc")
    make_team(world.trust.place, "Ward 9")
    return world


@pytest.fixture(scope="module")
def outsider(made_world: World, django_db_blocker: Any) -> Iterator[Outsider]:
    """A trust of another group beside that world, every text of which is a canary."""
    with django_db_blocker.unblock(), put_back():
        yield make_outsider(made_world)


@pytest.fixture(scope="module")
def beside_a_trust(a_trust: Made, django_db_blocker: Any) -> Iterator[None]:
    """For all tests of a file, each of which takes back what it did or does it in a copy."""
    with django_db_blocker.unblock(), connected_to(a_trust.database):
        yield


@pytest.fixture
def trust(a_trust: Made, beside_a_trust: None) -> Trust:
    """A trust like others, as it was made: ask for it before the database that it is used in."""
    unpacked: Trust = a_trust.unpacked()
    return unpacked


@pytest.fixture
def client(world: World) -> Client:
    """A browser in which somebody with every role of the world's trust is signed in."""
    return client_of(world.trust.everyone)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without their words: who asks who is let in need not read them."""
    monkeypatch.setattr(jinja2.Template, "render", lambda self, context=None, request=None: "")
