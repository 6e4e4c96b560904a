"""How the actions about people and their accounts are called."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.house_rules.act import DAY, LEFT, TYPED, Act
from trustwide.rooms.people import actions as people
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Invitation, Person, Visit
from trustwide.rooms.places import actions_deputies as deputies
from trustwide.rooms.places import actions_people as accounts
from trustwide.rooms.places.models import Deputy


def reopen_one(scene: Any) -> None:
    """Of an account that is closed, as it was read."""
    person = scene.person("staff")
    person.is_active = False
    accounts.reopen_account(by=scene.administrator, person=person)


def typed_invitation() -> Invitation:
    return Invitation.objects.get(email__startswith=TYPED)


def leave_one(scene: Any) -> None:
    """With a password that is saved in the same step."""
    person = scene.person("staff")
    person.set_password(TYPED)
    people.leave_own_ways(person=person)


def name_one(scene: Any) -> None:
    told = {"starts": today(), "ends": today() + timedelta(days=1), "organisation": scene.trust.organisation}
    deputies.name_deputy(by=scene.person("executive"), deputy=scene.person("staff"), **told)


def end_one(scene: Any) -> None:
    row = Deputy.objects.get(person=scene.trust.people["manager"])
    deputies.end_deputy(by=scene.person("manager"), row=row)


PEOPLE: dict[str, Act] = {
    "people.rename_person": Act(
        lambda scene: people.rename_person(by=scene.person("staff"), person=scene.person("staff"), name=TYPED),
        ("changed",),
        of_a_person=True,
    ),
    "people.open_account": Act(
        lambda scene: people.open_account(by=None, email=f"{TYPED}-2@example.org", name=TYPED, password=None),
        ("opened-account",),
        of_a_person=True,
    ),
    "people.disable_person": Act(
        lambda scene: people.disable_person(by=scene.administrator, person=scene.person("staff")),
        ("disabled",),
        of_a_person=True,
    ),
    "people.enable_person": Act(
        lambda scene: people.enable_person(by=scene.administrator, person=scene.person("staff")),
        ("enabled",),
        of_a_person=True,
    ),
    "people.forget_identities": Act(
        lambda scene: people.forget_identities(by=scene.administrator, person=scene.person("staff")),
        ("forgot-identity", "ended-session"),
        of_a_person=True,
    ),
    "places.forget_identities": Act(
        lambda scene: accounts.forget_identities(by=scene.administrator, person=scene.person("staff")),
        ("forgot-identity", "ended-session"),
        of_a_person=True,
    ),
    "people.leave_own_ways": Act(leave_one, ("changed",), of_a_person=True),
    "people.end_visit": Act(
        lambda scene: people.end_visit(by=scene.person("staff"), visit=Visit.objects.get()),
        ("ended-session",),
        of_a_person=True,
    ),
    "people.end_other_visits": Act(
        lambda scene: people.end_other_visits(by=scene.person("staff"), person=scene.person("staff"), keep=None),
        ("ended-session",),
        of_a_person=True,
    ),
    "people.make_invitation": Act(
        lambda scene: people.make_invitation(
            by=scene.administrator, email=f"{TYPED}@example.org", role="staff", place=scene.place(scene.trust.ward)
        ),
        ("withdrew", "invited"),
    ),
    "people.withdraw_invitation": Act(
        lambda scene: people.withdraw_invitation(by=scene.administrator, invitation=typed_invitation()),
        ("withdrew",),
    ),
    "places.withdraw_invitations": Act(
        lambda scene: accounts.withdraw_invitations(
            by=scene.administrator, organisation=scene.home, email=typed_invitation().email
        ),
        ("withdrew",),
    ),
    "people.use_invitation": Act(
        lambda scene: people.use_invitation(by=scene.person("staff"), token=scene.token), ("accepted",)
    ),
    "people.open_accounts": Act(
        lambda scene: people.open_accounts(
            by=scene.administrator, people=[Person(email=f"{TYPED}-3@example.org", name=TYPED)]
        ),
        ("opened-account",),
        of_a_person=True,
    ),
    "people.use_others": Act(
        lambda scene: people.use_others(
            by=scene.person("staff"), beside=Invitation(email=f"{TYPED}@example.org", organisation=scene.home.pk)
        ),
        ("accepted",),
    ),
    "places.give_roles": Act(
        lambda scene: accounts.give_roles(
            by=scene.administrator, organisation=scene.home, roles=[scene.unsaved_role()]
        ),
        ("gave-role",),
    ),
    "places.change_roles": Act(
        lambda scene: accounts.change_roles(
            by=scene.administrator, organisation=scene.home, roles=[scene.role("staff")]
        ),
        ("changed-role",),
    ),
    "places.end_roles": Act(
        lambda scene: accounts.end_roles(
            by=scene.administrator, organisation=scene.home, roles=[scene.role("staff")], days=[DAY]
        ),
        ("ended-role",),
    ),
    "places.close_account": Act(
        lambda scene: accounts.close_account(by=scene.administrator, person=scene.person("staff")),
        ("disabled",),
        of_a_person=True,
    ),
    "places.name_deputy": Act(name_one, ("named-deputy",)),
    "places.end_deputy": Act(end_one, ("ended-deputy",)),
    "places.reopen_account": Act(reopen_one, ("enabled",), of_a_person=True),
    "places.let_back_in": Act(
        lambda scene: accounts.let_back_in(by=scene.administrator, email=LEFT, place=scene.home),
        ("enabled",),
        of_a_person=True,
    ),
    "places.end_sessions": Act(
        lambda scene: accounts.end_sessions(by=scene.administrator, person=scene.person("staff")),
        ("ended-session",),
        of_a_person=True,
    ),
}
