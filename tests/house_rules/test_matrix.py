"""Every address, for every role, by every method: answered as the gates declare it, and as a nurse would expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.house_rules.put_back import put_back
from tests.house_rules.trusts import Trust, make_trust
from tests.house_rules.who_gets_in import LOOKS_CLOSER
from tests.house_rules.world import ANSWERED, ASKED, EXAMPLES, Address, Example, World, by_name
from tests.makers import client_of, make_person
from tests.shares import PARTS, WHOLE, in_share
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.commons.queries import places_to_add
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.reach import Reach, reach_of

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
SIGN_IN, NOT_FOUND, NOT_ALLOWED, WRONG_METHOD = {302}, {404}, {403}, {405}


@pytest.fixture
def world(world: World, undrawn: None) -> World:
    return world


def expected(example: Example, address: Address, person: Person | None, trust: Trust, method: str) -> set[int]:
    """What the gate of an address declares for a person, worked out from their roles."""
    policy = address.policy
    if not example.signed_in:
        return {example.get if method in ("get", "head") else example.post, 302, 405}
    answered = {example.get} if method in ("get", "head") else ANSWERED if example.post is None else {example.post}
    allowed = answered if method.upper() in address.methods else WRONG_METHOD
    if policy.public:
        return allowed
    if person is None:
        return SIGN_IN
    reach = reach_of(person)
    where = trust.ward if policy.at_team or policy.place_alone else trust.place
    adds_below = policy.adds and places_to_add(person, trust.place, kind_at(example.kind))
    if (policy.at_place or policy.at_team) and not (reach.can_read_place(where) or adds_below):
        return NOT_FOUND
    looks_after = policy.unless and reach.may(policy.unless, trust.place)
    if policy.inside and not looks_after and not reach.belongs_to(trust.place):
        return NOT_FOUND
    if policy.needs and not reach.may(policy.needs, where):
        return NOT_ALLOWED
    kind = example.kind
    if policy.adds and not places_to_add(person, trust.place, kind_at(kind)):
        return NOT_ALLOWED
    if policy.at_record:
        made = trust.records[kind]
        record = type(made).objects.visible_to(person).filter(pk=made.pk).first()  # as it has become since
        if record is None:
            return NOT_FOUND
        if policy.may and not policy.may(person, record):
            return NOT_ALLOWED
    return allowed | (NOT_ALLOWED | NOT_FOUND if example.name in LOOKS_CLOSER else set())


def ask(client: Client, path: str, method: str) -> int:
    with put_back():
        return getattr(client, method)(path).status_code


def visitors(trust: Trust) -> dict[str, Person | None]:
    disabled = make_person("Once here", "administrator", trust.place)
    disabled.is_active = False
    disabled.save()
    return {"anonymous": None, "no role": make_person("No role"), "disabled": disabled, **trust.people}


def sampled(cell: str, method: str, *, own: bool) -> bool:
    """One in 16 pages of the own trust, by person and page, one in 96 of the rest; all in `--full`."""
    return in_share(cell, one_in=16 if method == "get" and own else 96)


def wrong_cells(
    world: World, people: dict[str, Person | None], trust: Trust, chosen: Callable[..., bool] = sampled
) -> tuple[int, list[str]]:
    """How many cells were asked for, and those that were answered otherwise than declared."""
    asked, wrong = 0, []
    for name, person in people.items():
        client = client_of(person) if person else Client()
        who = person if person is not None and person.is_active else None
        for example in ASKED:
            if person is not None and not example.signed_in:
                continue  # a door sends those who are in to where they were going
            path, address = world.path(example, trust), by_name()[example.name]
            for method in METHODS:
                cell = f"{name} {method} {example} {trust is world.trust}"
                if not chosen(cell, method, own=trust is world.trust):
                    continue
                asked += 1
                status = ask(client, path, method)
                if status not in expected(example, address, who, trust, method):
                    wrong.append(f"{name} {method} {example}: {status}")
    return asked, wrong


@pytest.mark.both_databases  # some of the cells on each
def test_every_cell_is_as_declared(world: World) -> None:
    other, people = make_trust("Willow Parc"), visitors(world.trust)
    cells = [wrong_cells(world, people, trust) for trust in (world.trust, other)]
    count = sum(asked for asked, _wrong in cells)
    sides = f"{len(people)} visitors × {len(ASKED)} of {len(EXAMPLES)} addresses × {len(METHODS)} methods × 2 trusts"
    print(f"{sides}: {count} cells")
    assert count > (5_000 if WHOLE else 250 // PARTS)
    assert [each for _asked, wrong in cells for each in wrong] == []


#: What a nurse, a chair and a stranger would say, written by hand: who, page of the trust's own, what they get.
BY_HAND = """
staff                 /                                           200
staff                 /{org}/measures/                            200
staff                 /{org}/measures/{measure}/                  200
staff                 /{org}/measures/{measure}/history/          200
staff                 /{org}/measures/{measure}/change/           403
staff                 /{org}/measures/{measure}/numbers/          403
staff                 /{org}/measures/new/                        403
staff                 /{org}/messages/                            200
staff                 /{org}/messages/{message}/                  200
staff                 /{org}/messages/new/                        403
staff                 /{org}/messages/{message}/redact/           403
team-leader           /{org}/measures/new/                        200
team-leader           /{org}/measures/{measure}/change/           403
team-leader           /{org}/messages/new/                        403
manager               /{org}/measures/{measure}/change/           200
manager               /{org}/measures/{measure}/numbers/          200
manager               /{org}/measures/{measure}/redact/           403
improver              /{org}/measures/new/                        200
improvement-lead      /{org}/messages/{message}/redact/           200
analyst               /{org}/measures/new/                        200
analyst               /{org}/measures/{measure}/resets/           200
analyst               /{org}/measures/{measure}/change/           403
analyst               /{org}/messages/new/                        403
executive             /{org}/messages/new/                        200
executive             /{org}/measures/new/                        200
board-member          /{org}/measures/{measure}/                  200
board-member          /{org}/measures/new/                        403
board-member          /{org}/messages/new/                        403
peoples-voice         /{org}/measures/{measure}/                  200
peoples-voice         /{org}/measures/new/                        403
service-user-partner  /                                           200
service-user-partner  /{org}/messages/{message}/                  404
service-user-partner  /{org}/measures/{measure}/                  404
service-user-partner  /{org}/messages/new/                        404
service-user-partner  /{org}/strategies/new/                      404
partner-guest         /                                           200
partner-guest         /{org}/messages/{message}/                  404
administrator         /{org}/messages/{message}/redact/           200
administrator         /{org}/messages/new/                        403
administrator         /{org}/measures/new/                        403
stranger              /                                           200
stranger              /{org}/measures/                            404
stranger              /{org}/measures/{measure}/                  404
stranger              /{org}/measures/{measure}/change/           404
stranger              /{org}/measures/{measure}/history/          404
stranger              /{org}/measures/{measure}/numbers/          404
stranger              /{org}/measures/new/                        404
stranger              /{org}/measures/export/                     404
stranger              /{org}/messages/                            404
stranger              /{org}/messages/{message}/                  404
stranger              /{org}/messages/new/                        404
stranger              /{org}/messages/{message}/redact/           404
anonymous             /                                           302
anonymous             /national/                                  200
anonymous             /{org}/measures/                            302
anonymous             /{org}/measures/{measure}/                  302
anonymous             /{org}/messages/{message}/                  302
anonymous             /{org}/messages/new/                        302
anonymous             /no-such-page/                              404
"""


def test_the_table_that_a_nurse_could_read(world: World) -> None:
    trust = world.trust
    stranger = make_person("Stranger", "administrator", make_trust("Elsewhere").place)
    people = {**trust.people, "stranger": stranger}
    named = {"org": trust.place.slug, "measure": trust.records["measures"].pk, "message": trust.records["messages"].pk}
    rows = [line.split() for line in BY_HAND.strip().splitlines()]
    found = {}
    for who, page, _said in rows:
        client = client_of(people[who]) if who != "anonymous" else Client()
        found[who, page] = client.get(page.format(**named)).status_code
    print(f"{len(rows)} cells by hand, {Counter(found.values())}")
    assert found == {(who, page): int(said) for who, page, said in rows}


def test_control_an_open_gate_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_trust("Willow Parc")
    monkeypatch.setattr("trustwide.rooms.places.reach.Reach.can_read_place", lambda self, place: True)
    staff = {"staff": world.trust.people["staff"]}
    monkeypatch.setattr("tests.house_rules.test_matrix.reach_of", Truth)
    _asked, wrong = wrong_cells(world, staff, other, lambda _cell, method, own: method == "get")
    assert any("commons:list" in cell for cell in wrong)


class Truth:
    """What the reach of a stranger says when nobody has tampered with it."""

    def __init__(self, person: Person) -> None:
        self.reach = Reach.of(person)

    def can_read_place(self, place: Any) -> bool:
        return place.organisation_id in self.reach.organisations

    def belongs_to(self, place: Any) -> bool:
        return self.reach.belongs_to(place)

    def may(self, what: Any, place: Any) -> bool:
        return self.reach.may(what, place)
