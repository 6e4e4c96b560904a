"""How the actions of telling people, and of work in the background, are called."""

from __future__ import annotations

from tests.house_rules.act import TYPED, Act
from trustwide.rooms.jobs import actions as jobs
from trustwide.rooms.notices import actions as notices
from trustwide.rooms.people.ids import uuid7

TELLING: dict[str, Act] = {
    "jobs.try_again": Act(
        lambda scene: jobs.try_again(
            by=scene.administrator, organisation=scene.place(scene.trust.organisation), job=scene.job
        ),
        ("tried-again",),
    ),
    "notices.add_channel": Act(
        lambda scene: notices.add_channel(
            by=scene.person("team-leader"),
            place=scene.place(scene.trust.ward),
            name=TYPED,
            address=f"https://{'zq7-typed'}.example.org/",
            kinds=["moved"],
            key=uuid7(),
        ),
        ("added",),
    ),
    "notices.change_channel": Act(
        lambda scene: notices.change_channel(
            by=scene.person("manager"), channel=scene.channel, version=1, name=TYPED, address="", kinds=["added"]
        ),
        ("changed",),
    ),
    "notices.start_channel": Act(
        lambda scene: notices.start_channel(by=scene.person("manager"), channel=scene.channel), ("started",)
    ),
    "notices.remove_channel": Act(
        lambda scene: notices.remove_channel(by=scene.person("manager"), channel=scene.channel), ("removed",)
    ),
}
