"""Every action of every room refuses whoever holds no right where it would be done, and writes nothing."""

from __future__ import annotations

from contextlib import nullcontext, suppress

import pytest
from django.db import transaction

from tests.house_rules.acts import ACTS, Scene
from tests.house_rules.cases import cases
from tests.house_rules.lookalikes import make_trust
from tests.house_rules.of_rooms import told
from tests.house_rules.test_audit import watching
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places.actions import give_role
from trustwide.rooms.places.models import Place

#: The room of people stands below places and knows no rights: who calls these asks first, or it is one's own account.
ASKED_BEFORE = "people."
#: What whoever has no account may do.
OPEN_TO_ALL = set().union(*told("OPEN_TO_ALL"))
#: What nobody does to themselves, or for another: the control below is one person, who plays all parts.
NEVER_ONESELF = {
    *set().union(*told("NOT_BY_ROLE")),
    *("places.close_account", "places.reopen_account", "places.end_sessions"),
    *("places.name_deputy", "places.end_deputy"),
}


def asked(kind: str) -> list[str]:
    """The actions that ask for a right themselves, of those tried with a kind."""
    ours = [name for name, served in cases() if served == kind and not name.startswith(ASKED_BEFORE)]
    return [name for name in ours if name not in OPEN_TO_ALL]


class Others(Scene):
    """A scene in which, once it is set, one and the same person does everything."""

    instead: Person | None = None

    def person(self, role: str) -> Person:
        return Person.objects.get(pk=self.instead.pk) if self.instead else super().person(role)

    def give_all_to(self, person: Person) -> None:
        self.instead = self.writer = person


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


@pytest.mark.parametrize("who", [stranger, without_a_role])
@pytest.mark.parametrize("first_kind", [True, False])
def test_every_action_refuses(db: None, who: object, first_kind: bool) -> None:
    kinds = list(KINDS)[:1] if first_kind else [each for each in list(KINDS)[1:] if asked(each)]
    other, tried, allowed = who(), 0, []  # type: ignore[operator]
    for kind in kinds:
        with transaction.atomic():
            scene = Others(KINDS[kind])
            scene.give_all_to(other)
            for name in asked(kind):
                tried += 1
                with watching() as written, suppress(NotAllowed), transaction.atomic():
                    ACTS[name].call(scene)
                    allowed.append(name)
                    transaction.set_rollback(True)
                allowed += [f"{name} wrote to {table}" for table in set(written)] if written else []
            transaction.set_rollback(True)
    print(f"{tried} acts tried by {who.__name__}, {len(allowed)} allowed")  # type: ignore[attr-defined]
    assert tried
    assert allowed == []


def test_control_who_holds_every_role_here_is_allowed(db: None) -> None:
    kind = next(iter(KINDS))
    scene = Others(KINDS[kind])
    scene.give_all_to(with_every_role(scene.trust.organisation))
    for name in asked(kind):
        with transaction.atomic(), suppress(NotAllowed) if name in NEVER_ONESELF else nullcontext():
            ACTS[name].call(scene)
            transaction.set_rollback(True)
