"""Every action of every room refuses whoever holds no right where it would be done, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from itertools import product
from typing import Any

import pytest

from tests.house_rules.acts import ACTS
from tests.house_rules.cases import cases
from tests.house_rules.lookalikes import make_trust
from tests.house_rules.of_rooms import told
from tests.house_rules.own_database import Made, connected_to
from tests.house_rules.put_back import put_back
from tests.house_rules.scene import Scene
from tests.house_rules.watching import watching
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place

#: The room of people stands below places and knows no rights: who calls these asks first, or it is one's own account.
ASKED_BEFORE = "people."
#: What whoever has no account may do.
OPEN_TO_ALL = set().union(*told("OPEN_TO_ALL"))
#: What nobody does to themselves, or for another: the control below is one person, who plays all parts.
NEVER_ONESELF = {
    *set().union(*told("NOT_BY_ROLE")),
    *("places.close_account", "places.reopen_account", "places.end_sessions", "places.forget_identities"),
    *("places.name_deputy", "places.end_deputy"),
}


def asked(kind: str) -> list[str]:
    """The actions that ask for a right themselves, of those tried with a kind."""
    ours = [name for name, served in cases() if served == kind and not name.startswith(ASKED_BEFORE)]
    return [name for name in ours if name not in OPEN_TO_ALL]


@pytest.fixture(scope="module")
def set_scene(a_scene: Made, django_db_blocker: Any) -> Iterator[Callable[[str], Scene]]:
    """The scene with a kind of record; what is done in it must be taken back before the next."""
    with django_db_blocker.unblock(), connected_to(a_scene.database):
        yield lambda kind: a_scene.unpacked().with_kind(KINDS[kind])


def stranger() -> Person:
    """Who holds every role there is, in another trust."""
    return with_every_role(make_trust("St Bride's East").organisation)


def with_every_role(place: Place, name: str = "Everything") -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", name)
    for role in ROLES:
        give_role(by=None, person=person, role=role, place=place)
    return person


def without_a_role() -> Person:
    return Person.objects.create_user("nobody@example.org", "Nobody")


@pytest.mark.parametrize("first_kind", [True, False])
def test_every_action_refuses(set_scene: Callable[[str], Scene], db: None, first_kind: bool) -> None:
    kinds = list(KINDS)[:1] if first_kind else [each for each in list(KINDS)[1:] if asked(each)]
    others, tried, allowed = [stranger(), without_a_role()], 0, []
    for kind in kinds:
        with put_back():
            scene = set_scene(kind)
            for other, name in product(others, asked(kind)):
                scene.give_all_to(other)
                tried += 1
                with watching() as written, suppress(NotAllowed), put_back():
                    ACTS[name].call(scene)
                    allowed.append(f"{name} by {other}")
                allowed += [f"{name} wrote to {table}" for table in set(written)] if written else []
    print(f"{tried} acts tried by {len(others)}, {len(allowed)} allowed")
    assert tried
    assert allowed == []


def test_control_who_holds_every_role_here_is_allowed(set_scene: Callable[[str], Scene], db: None) -> None:
    kind = next(iter(KINDS))
    scene = set_scene(kind)
    scene.give_all_to(with_every_role(scene.trust.organisation))
    for name in asked(kind):
        with put_back(), suppress(NotAllowed) if name in NEVER_ONESELF else nullcontext():
            ACTS[name].call(scene)
