"""How the actions in which nobody is named are called: a person's own account, and what Trustwide does by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from tests.house_rules.act import TYPED, Act
from trustwide.rooms.commons.actions_retention import forget_record
from trustwide.rooms.decisions.actions import raise_silent
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.devices import actions as devices
from trustwide.rooms.escalation import actions_clock, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.people import actions as people
from trustwide.rooms.people import clock
from trustwide.rooms.people.actions_retention import pseudonymise
from trustwide.rooms.people.models import IdentityProvider

PIN = "904837"
LATER = datetime(2100, 1, 4, 12, tzinfo=UTC)  # when all that waits for a day has waited for too long


@transaction.atomic
def add_a_step(scene: Any) -> None:
    """As the door to allauth's page does, in the transaction of its own writes; a signal tells of it."""
    Authenticator.objects.create(user=scene.person("staff"), type=Authenticator.Type.TOTP, data={"secret": TYPED})


def be_silent(scene: Any) -> None:
    with clock.at(LATER):
        raise_silent(decision=decision_numbered(scene.trust.records["decisions.decision"].pk))


def be_late(scene: Any) -> None:
    with clock.at(LATER):
        actions_clock.raise_late(item=queries.item_numbered(scene.trust.records["escalation.item"].pk))


@transaction.atomic
def pass_on_one(scene: Any) -> None:
    """Whoever had it answers for it no more."""
    item = scene.trust.records["escalation.item"].pk
    Item.objects.filter(pk=item).update(owner=scene.person("analyst"))
    actions_clock.pass_on(item=queries.item_numbered(item))


def note_one_read(scene: Any) -> None:
    found = Item.objects.get(stage="answered", code_hash=None)
    actions_clock.note_read(item=queries.item_numbered(found.pk))


BY_NOBODY: dict[str, Act] = {
    "people.set_password": Act(
        lambda scene: people.set_password(person=scene.person("staff"), password=TYPED), ("changed",), of_a_person=True
    ),
    "people.record_second_step": Act(add_a_step, ("added-step",), of_a_person=True),
    "people.record_identity": Act(
        lambda scene: people.record_identity(person=scene.person("staff"), provider=IdentityProvider.objects.get()),
        ("linked-identity",),
    ),
    "people.pseudonymise": Act(
        lambda scene: pseudonymise(person=scene.person("staff")),
        ("pseudonymised",),
        of_a_person=True,
        by_system=("pseudonymised",),
    ),
    "devices.set_pin": Act(
        lambda scene: devices.set_pin(person=scene.person("analyst"), pin=PIN), ("set-pin",), of_a_person=True
    ),
    "devices.remove_pin": Act(
        lambda scene: devices.remove_pin(person=scene.person("staff")), ("removed-pin",), of_a_person=True
    ),
    "devices.join_device": Act(lambda scene: devices.join_device(code=scene.code), ("joined",), by_system=("joined",)),
    "decisions.raise_silent": Act(be_silent, ("went-up",), by_system=("went-up",)),
    "escalation.raise_late": Act(be_late, ("rose",), by_system=("rose",)),
    "escalation.pass_on": Act(pass_on_one, ("passed-on",), by_system=("passed-on",)),
    "escalation.note_read": Act(note_one_read, ("told-back",), by_system=("told-back",)),
    "commons.forget_record": Act(
        lambda scene: forget_record(record=scene.record), ("forgot",), every_kind=True, by_system=("forgot",)
    ),
}
