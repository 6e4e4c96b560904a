"""A walk through the pages of a shared device, which nobody who is signed in sees."""

from __future__ import annotations

import re

from django.test import Client

from tests.makers import make_organisation, make_person, make_team


def walk_to_a_shared_device() -> None:
    """A leader gets a code, it is typed on a screen, and the screen asks who is there."""
    trust = make_organisation("Screens' Trust")
    leader, screen = Client(), Client()
    leader.force_login(make_person("Lea Leader", "team-leader", make_team(trust, "Ward 1")))
    shown = leader.post(f"/{trust.slug}/board/ward-1/devices/new/", {"name": "Screen"}).content.decode()
    code = re.search(r"code=([A-Z]{8})", shown)
    assert code
    assert screen.post("/shared-device/", {"code": code[1]}).status_code == 302
    for page in ("", "add/"):
        assert screen.get(f"/{trust.slug}/board/ward-1/{page}").status_code == 200
    for what in ("plan", "sheet"):
        assert leader.get(f"/{trust.slug}/board/ward-1/add/{what}/").status_code == 200
