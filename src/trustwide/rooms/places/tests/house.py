"""What the house rules need to know of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.house_rules.act import LEFT, TYPED
from tests.house_rules.sign_in_screens import sign_in
from trustwide.rooms.people.actions import disable_person, make_invitation, open_account
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Invitation
from trustwide.rooms.places.actions_deputies import name_deputy


def set_up(trust: Any, word: str) -> None:
    """An invitation that waits."""
    email = f"waits{word.strip()}@example.org"
    make_invitation(by=trust.people["administrator"], email=email, role="staff", place=trust.ward)


def set_scene(trust: Any) -> None:
    """Somebody who is away, and who answers for them; and somebody who left."""
    disable_person(by=None, person=open_account(by=None, email=LEFT, name=TYPED, password=None))
    days = {"organisation": trust.organisation, "starts": today(), "ends": today() + timedelta(days=1)}
    name_deputy(by=trust.people["manager"], deputy=trust.people["team-leader"], **days)


def nobody_named(page: Any, world: Any) -> None:
    sign_in(page)
    page.goto("/me/away/")
    page.click("main button:has-text('Save')")


def not_sure(page: Any, world: Any) -> None:
    sign_in(page)
    page.goto("/screen-trust/places/screen-trust/close/")
    page.click("main button:has-text('Close')")


SCREENS = {"while I am away, nothing typed": nobody_named, "close a place, not sure": not_sure}
PARTS = {"places:withdraw number": lambda world, trust, kind: Invitation.objects.get(place=trust.ward.pk).pk}
