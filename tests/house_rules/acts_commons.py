"""How the actions that every kind of record has are called, on the record of a scene."""

from __future__ import annotations

from typing import Any

from tests.house_rules.act import TYPED
from tests.makers import canary_word, filled
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.people.ids import uuid7


def add_one(scene: Any) -> Any:
    place = scene.trust.place_for(scene.kind)
    typed = filled(scene.kind, scene.writer, place, canary=True)
    return commons.add_record(by=scene.writer, kind=scene.kind, place=place, fields=typed, key=uuid7())


def change_one(scene: Any) -> None:
    """Everything that is typed, and the owner, so that somebody is told; words that somebody supports stay."""
    record = scene.record
    locked = record.WORDS if getattr(record, "is_locked", False) else ()
    typed = {name: f"{canary_word(scene.kind, name)}-2" for name in scene.kind.typed if name not in locked}
    owner = scene.person("executive" if scene.writer.name[0] != "E" else "manager")
    commons.change_record(by=scene.writer, record=record, version=record.version, fields={**typed, "owner": owner})


def move_one(scene: Any) -> None:
    record = scene.record
    stage = scene.kind.after(record.stage)[-1].key
    commons.move_record(by=scene.writer, record=record, version=record.version, stage=stage)


def comment_one(scene: Any) -> None:
    nurse = scene.person("staff")
    commons.comment_on(by=nurse, record=scene.record, text=TYPED, mentions=[scene.person("analyst")], key=uuid7())


def link_two(scene: Any) -> None:
    commons.link_records(by=scene.writer, start=scene.record, meaning="contributes-to", end=scene.second)


def redact_one(scene: Any) -> None:
    commons.redact(by=scene.administrator, record=scene.record, names=scene.kind.typed)
