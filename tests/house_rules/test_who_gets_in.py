"""Who gets in, as it is written by hand in `who_gets_in.py`: no gate is read here, so that one removed is missed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house_rules.put_back import put_back
from tests.house_rules.test_matrix import NOT_ALLOWED, NOT_FOUND, ask
from tests.house_rules.who_gets_in import ACCOUNT, GETS_IN, LOOKS_CLOSER, roles
from tests.house_rules.world import ANSWERED, ASKED, EXAMPLES, World, by_name
from tests.makers import client_of, make_organisation, make_person
from tests.shares import WHOLE, sampled
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES

pytestmark = pytest.mark.seen_once  # whom a gate lets in is in the code: `test_matrix.py` asks both databases


@pytest.fixture
def world(world: World, undrawn: None) -> World:
    return world


def rows(table: str) -> list[list[str]]:
    return [line.split(None, 2) for line in table.strip().splitlines()]


def visitor(world: World, who: str) -> Person:
    """One of a role; an executive of the group above, who reads what the trust shares and is not of it; a stranger
    who has every right elsewhere."""
    if who == "above":
        return make_person("Above", "executive", world.trust.place.parent)
    if who == "stranger":
        return make_person("Stranger", "administrator", make_organisation("Elsewhere"))
    return world.trust.people[who]


def asked(let_in: set[str]) -> list[str]:
    """Who asks: all; in a short run one who gets in, and those who would if a gate asked less."""
    everybody = [*ROLES, "above", "stranger"]
    if WHOLE:
        return everybody
    refused = [each for each in everybody if each not in let_in]
    closest = [each for each in ("staff", "analyst", "administrator", "above", "partner-guest") if each in refused][:2]
    return [*sorted(let_in)[:1], *closest, *(["above"] if "above" in refused else [])]


def answers(world: World, name: str, method: str, who: list[str]) -> dict[str, int]:
    example, found = next(each for each in EXAMPLES if str(each) == name), {}
    for each in dict.fromkeys(who):
        found[each] = ask(client_of(visitor(world, each)), world.path(example), method)
    return found


def wrong(found: dict[str, int], let_in: set[str]) -> dict[str, int]:
    refused = NOT_ALLOWED | NOT_FOUND
    return {who: said for who, said in found.items() if said not in (ANSWERED if who in let_in else refused)}


@pytest.mark.parametrize(("name", "method", "words"), rows(GETS_IN), ids=lambda told: told.split()[0])
def test_who_gets_in(world: World, name: str, method: str, words: str) -> None:
    let_in = roles(words)
    found = answers(world, name, method, asked(let_in))
    print(f"{name}: {found}")
    assert wrong(found, let_in) == {}


def test_control_a_gate_that_asks_nothing_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it says itself that it asks nothing."""
    monkeypatch.setattr("trustwide.rooms.places.reach.Reach.may", lambda self, what, place: True)
    found = answers(world, "jobs:not-done", "get", ["staff", "administrator"])
    assert wrong(found, {"administrator"}) == {"staff": 200}


def test_those_that_look_closer_let_somebody_in(world: World) -> None:
    """Each who must get in does; where it is the sender's or the other side's alone, somebody with every role."""
    wrong, count = [], 0
    for example in (each for each in ASKED if each.name in LOOKS_CLOSER):
        method = "get" if "GET" in by_name()[example.name].methods else "post"
        for who in ("everyone", *roles(LOOKS_CLOSER[example.name])):
            if who != "everyone" and not sampled(f"{who} {example}", one_in=6):
                continue
            browser = client_of(world.trust.everyone if who == "everyone" else world.trust.people[who])
            count += 1
            status = ask(browser, world.path(example), method)
            wrong += [] if status in ANSWERED else [f"{who} {method} {example}: {status}"]
    print(f"{count} cells of {len(LOOKS_CLOSER)} addresses that look closer")
    assert LOOKS_CLOSER.keys() <= {each.name for each in ASKED}
    assert wrong == []


def told(answer: Any) -> str:
    """Its status, or in a word where it sends."""
    sent = answer.headers.get("Location", "")
    return "there" if sent == "/" else "again" if sent.startswith("/me/again/") else str(answer.status_code)


def test_ones_own_account_answers_each_role_alike(world: World) -> None:
    """Those who are signed in, of whatever role, and nobody who is not."""
    found, count = [], 0
    for role in ROLES:
        person = make_person(f"{role} with a password", role, world.trust.place, password="three quiet porters walk")  # noqa: S106
        browser = client_of(person)
        for name, *said in rows(ACCOUNT):
            example = next(each for each in EXAMPLES if each.name == name)
            for method, expects in zip(("get", "post"), said, strict=True):
                if sampled(f"{role} {method} {name}", one_in=6):
                    count += 1
                    with put_back():
                        answer = told(getattr(browser, method)(world.path(example)))
                    found += [] if answer == expects else [f"{role} {method} {name}: {answer}, not {expects}"]
    print(f"{len(rows(ACCOUNT))} addresses of one's own account × {len(ROLES)} roles × 2 methods: {count} cells")
    assert found == []
