"""The world that the house rules are held against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from pickle import dumps, loads
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.house_rules.canaries import Outsider, make_outsider
from tests.house_rules.own_database import own_database
from tests.house_rules.world import World, make_world
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


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all tests of a file, each of which takes back what it did; gone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def packed_world(made_world: World) -> bytes:
    """That world as it was made: unpacking it takes a fifth of the time of copying it."""
    return dumps(made_world)


@pytest.fixture
def world(packed_world: bytes, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    PULSE.forget()  # what another test took back
    settings.DEMO = True  # so that its pages are held to the rules too
    monkeypatch.setattr(sessions, "NOTE_EVERY", 86_400)  # on a slow machine too, looking at pages writes nothing
    packed: World = loads(packed_world)  # noqa: S301 - packed by this very process
    return packed


@pytest.fixture(scope="module")
def outsider(made_world: World, django_db_blocker: Any) -> Iterator[Outsider]:
    """A trust of another group beside that world, every text of which is a canary."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_outsider(made_world)
        transaction.set_rollback(True)


@pytest.fixture
def client(world: World) -> Client:
    """A browser in which somebody with every role of the world's trust is signed in."""
    browser = Client()
    browser.force_login(world.trust.everyone)
    return browser


@pytest.fixture
def real_transactions(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database of this test's own, in which many write at once and what is committed stays."""
    with own_database(tmp_path):
        yield
