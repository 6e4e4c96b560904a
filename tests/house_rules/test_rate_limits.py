"""Trying again and again is stopped at the stated number, for whoever does it alone, and the wait ends.

Our own limits are found from the addresses that declare one; those of signing in from ACCOUNT_RATE_LIMITS, each of
which must have a way here by which it is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.core.cache import caches
from django.template.backends import jinja2
from django.test import Client
from django.utils import timezone

from tests.house_rules.reading import Reading
from tests.house_rules.world import EXAMPLES, World, by_name
from tests.house_rules.world import addresses as every_address
from tests.makers import client_of, make_person
from tests.shares import WHOLE
from tests.sign_in_walk import PASSWORD
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.devices import pins
from trustwide.rooms.devices.device_views import CODE_RATES
from trustwide.rooms.people import limits
from trustwide.rooms.people.identity_actions import save_identity_provider
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.limits import Limit
from trustwide.rooms.people.models import Person

WRONG = "not the password at all"
LIMITED = {each.name: each.view.limit for each in every_address() if hasattr(each.view, "limit")}
Try = Callable[[], Any]


@pytest.fixture(autouse=True)
def quick(world: World, settings: Any) -> None:
    """Hashes of passwords that cost nothing, and no tries of other tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for each in caches.settings:
        caches[each].clear()


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing found and nothing drawn: it is asked whether one is let in."""
    monkeypatch.setattr(jinja2.Template, "render", lambda self, context=None, request=None: "")
    monkeypatch.setattr("trustwide.rooms.front.views_search.page_of", lambda person, asked: None)
    monkeypatch.setattr("trustwide.rooms.commons.tried_before.like", lambda person, asked, most: None)


@dataclass
class Tried:
    """Who tries, somebody else who does the same, and at which try the first is stopped."""

    once: Try
    other: Try
    stated: int
    wait: timedelta = timedelta(seconds=limits.SECONDS + 1)

    @property
    def tries(self) -> int:
        return max(200, self.stated + 20) if WHOLE else self.stated + 5


def asking(world: World, name: str, limit: Limit) -> Tried:
    """An address of ours with a limit, asked for by two people with every role."""
    path = world.path(next(each for each in EXAMPLES if each.name == name))
    twin = make_person("Twin", "administrator", world.trust.place)

    def ask(client: Client) -> Try:
        if "POST" in by_name()[name].methods:
            return lambda: client.post(path)
        return lambda: client.get(f"{path}?q=tried")

    return Tried(ask(client_of(world.trust.everyone)), ask(client_of(twin)), limit.most)


def by_post(path: str, one: dict[str, str], other: dict[str, str], person: tuple[Person, Person] | None = None) -> Any:
    def tried(stated: int) -> Tried:
        first, second = (client_of(each) for each in person) if person else (Client(), Client(REMOTE_ADDR="10.0.0.9"))
        return Tried(lambda: first.post(path, one), lambda: second.post(path, other), stated)

    return tried


def password_people() -> tuple[Person, Person]:
    return make_person("Pat", password=PASSWORD), make_person("Pim", password=PASSWORD)


def unlike(path: str, field: str, more: dict[str, str]) -> Any:
    """The same again and again from one address, each time under another name."""

    def tried(stated: int) -> Tried:
        first, second, number = Client(), Client(REMOTE_ADDR="10.0.0.9"), iter(range(10_000))

        def once(client: Client) -> Any:
            return client.post(path, {field: f"nobody{next(number)}@example.org", **more})

        return Tried(lambda: once(first), lambda: once(second), stated)

    return tried


def second_step() -> Any:
    """Wrong codes after a right password."""

    def tried(stated: int) -> Tried:
        clients = [Client(), Client(REMOTE_ADDR="10.0.0.9")]
        for client, person in zip(clients, password_people(), strict=True):
            TOTP.activate(person, "JBSWY3DPEHPK3PXP")
            client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
        first, second = clients
        told = {"code": "000000"}
        return Tried(lambda: first.post("/sign-in/code/", told), lambda: second.post("/sign-in/code/", told), stated)

    return tried


def by_saml() -> Any:
    """An organisation's answer, which anybody may post."""
    told = {"slug": "willow", "name": "Willow", "domains": ["willow.example"], "server_url": "https://in.example.org/"}
    save_identity_provider(organisation=uuid7(), protocol="saml", entity_id="willow", certificate="MII", **told)
    return by_post("/sign-in/with/willow/posted/", {}, {})


SIGN_IN, FORGOTTEN = "/sign-in/", "/forgotten-password/"
NEW = {"oldpassword": WRONG, "password1": "a new one of words", "password2": "a new one of words"}
RIGHT = {"password": PASSWORD}  # a wrong one is a failed sign-in, too
PAT, PIM = {"login": "pat@example.org"}, {"login": "pim@example.org"}
#: A way to be stopped by each rate of each limit on attempts, in the order in which the setting states them.
WAYS: dict[str, list[Callable[[], Any]]] = {
    "login": [lambda: unlike(SIGN_IN, "login", {})],
    "login_failed": [
        lambda: unlike(SIGN_IN, "login", {"password": WRONG}),
        lambda: by_post(SIGN_IN, {**PAT, "password": WRONG}, {**PIM, "password": WRONG}),
        second_step,
    ],
    "reset_password": [
        lambda: unlike(FORGOTTEN, "email", {}),
        lambda: by_post(FORGOTTEN, {"email": "pat@example.org"}, {"email": "pim@example.org"}),
    ],
    "reset_password_from_key": [lambda: by_post("/forgotten-password/ab-cd-ef/", {}, {})],
    "change_password": [lambda: by_post("/me/password/", NEW, NEW, password_people())],
    "reauthenticate": [lambda: by_post("/me/again/", RIGHT, RIGHT, password_people())],
    "answer_posted": [by_saml],
    "shared-device": [lambda: by_post("/shared-device/", {"code": "BCDFGHJK"}, {"code": "BCDFGHJK"})],
}
ATTEMPTS = [(name, place) for name, ways in WAYS.items() for place in range(len(ways))]


def attempt(name: str, place: int) -> Tried:
    rates = parse_rates({**django_settings.ACCOUNT_RATE_LIMITS, **CODE_RATES}[name])
    rate = rates[min(place, len(rates) - 1)]
    made: Tried = WAYS[name][place]()(rate.amount)
    made.wait = timedelta(seconds=rate.duration + 1)
    return made


def stopped_at(tried: Tried) -> int:
    """At which try the answer was that it was tried too often, and every one after; 0 where it never was."""
    answers = [tried.once().status_code for _ in range(tried.tries)]
    first = answers.index(429) + 1 if 429 in answers else 0
    assert not first or set(answers[first - 1 :]) == {429}, "once stopped, it stays so"
    return first


def held(tried: Tried, said: str) -> None:
    """Stopped at the stated number, the other not; and free again once the wait is over."""
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        first = stopped_at(tried)
        others = tried.other().status_code
    with time_machine.travel(moment + tried.wait, tick=False):
        after = tried.once().status_code
    print(f"{said}: {tried.tries} tries, stated {tried.stated}, stopped at {first}; others {others}; after {after}")
    assert abs(first - tried.stated - 1) <= 1
    assert 429 not in (others, after)


def first_with(limit: Limit) -> str:
    return next(name for name, each in LIMITED.items() if each is limit)


@pytest.mark.parametrize("limit", dict.fromkeys(LIMITED.values()), ids=lambda limit: limit.key)
def test_what_costs_much_is_limited(world: World, undrawn: None, limit: Limit) -> None:
    held(asking(world, first_with(limit), limit), limit.key)


def empty_bucket(world: World, limit: Limit) -> None:
    caches[limit.kept_in].set(f"limit:{limit.key}:{world.trust.everyone.pk}", (0.0, timezone.now().timestamp()))


@pytest.mark.parametrize("name", LIMITED)
def test_addresses_share_the_bucket_of_their_limit(world: World, undrawn: None, name: str) -> None:
    asked = asking(world, name, LIMITED[name])
    before = asked.once().status_code
    empty_bucket(world, LIMITED[name])
    after = asked.once().status_code
    print(f"{name}: {before} with a full bucket, {after} with an empty one")
    assert before != 429
    assert after == 429


@pytest.mark.parametrize(("name", "place"), ATTEMPTS)
def test_attempts_are_limited(world: World, undrawn: None, name: str, place: int) -> None:
    held(attempt(name, place), f"{name} {place}")


def test_every_limit_is_tried() -> None:
    stated = {name: rates.split(",") for name, rates in {**django_settings.ACCOUNT_RATE_LIMITS, **CODE_RATES}.items()}
    stated.pop("signup")  # nobody signs up by themselves: the address is not there
    print(f"{len(LIMITED)} addresses with a limit of ours, {len(ATTEMPTS)} ways to be stopped at the doors")
    assert stated.keys() == WAYS.keys()
    assert [name for name, rates in stated.items() if len(WAYS[name]) < len(rates)] == []
    kinds = {name.rpartition(":")[2] for name in LIMITED}
    assert {"search", "export", "export-people", "send", "send-people", "invite"} <= kinds


def test_wrong_pins_are_limited(world: World) -> None:
    """Of one person at a screen; the screen of another ward and its people are not held up."""
    nurse, device = world.trust.people["staff"], world.trust.device
    devices.set_pin(person=nurse, pin="904837")
    token = devices.join_device(code=devices.give_code(by=world.trust.people["team-leader"], device=device))
    assert token
    screen = Client()
    screen.cookies["device"] = token[1]
    board = f"/{world.trust.place.slug}/board/{world.trust.ward.slug}/add/"
    moment = timezone.now()

    def once(pin: str = "730284") -> Any:
        return screen.post(board, {"who": str(nurse.pk), "pin": pin})

    with time_machine.travel(moment, tick=False):
        answers = [once() for _ in range(20)]
        right = once("904837")
    with time_machine.travel(moment + pins.wait_after(pins.FREE_TRIES) + timedelta(seconds=1), tick=False):
        after = once("904837")
    first = [each.status_code for each in answers].index(429) + 1
    print(f"PIN: stated {pins.FREE_TRIES}, stopped at {first}; a right one while it waits {right.status_code}")
    assert abs(first - pins.FREE_TRIES) <= 1
    assert (right.status_code, after.status_code) == (429, 302)
    assert int(right["Retry-After"]) == 61
    assert "Wait a minute" in right.content.decode()


@pytest.mark.parametrize("where", ["ours", "at the door"])
def test_the_page_that_says_so(world: World, where: str) -> None:
    door = where == "at the door"
    tried = attempt("login_failed", 1) if door else asking(world, first_with(limits.SEARCHES), limits.SEARCHES)
    for _ in range(tried.stated if door else 0):
        tried.once()
    empty_bucket(world, limits.SEARCHES)
    answer = tried.once()
    seen = Reading(answer.content.decode()).seen
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "tried too often" in seen
    assert "Wait five minutes, then try again" in seen


def test_control_without_the_limits_nobody_is_stopped(
    world: World, undrawn: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(Limit, "take", lambda self, request: True)
    settings.ACCOUNT_RATE_LIMITS = False
    free = [asking(world, first_with(limits.SEARCHES), limits.SEARCHES), WAYS["login_failed"][1]()(5)]
    stops = [stopped_at(each) for each in free]
    print(f"without limits: {free[0].tries} tries and {free[1].tries}, stopped {sum(map(bool, stops))} times")
    assert stops == [0, 0]
