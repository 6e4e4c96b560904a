"""How the actions about people and their accounts are called."""

from __future__ import annotations

from tests.house_rules.act import TYPED, Act
from trustwide.rooms.people import actions as people
from trustwide.rooms.people.models import Invitation, Visit

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
        lambda scene: people.withdraw_invitation(by=scene.administrator, invitation=Invitation.objects.get()),
        ("withdrew",),
    ),
    "people.use_invitation": Act(
        lambda scene: people.use_invitation(by=scene.person("staff"), token=scene.token), ("accepted",)
    ),
}
