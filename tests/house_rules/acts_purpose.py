"""How the actions of the room of purpose are called, in a trust where two sides talk about an objective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.house_rules.lookalikes import Trust
from tests.makers import filled
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.purpose import actions as purpose
from trustwide.rooms.purpose.agreement import side_of
from trustwide.rooms.purpose.models import Objective

SAID = "zq7-typed"


@dataclass(frozen=True)
class Talk:
    """The trust's objective, which a manager made; the executive's that it helps; one beside that."""

    lower: UUID
    upper: UUID
    beside: UUID


def open_talk(trust: Trust) -> Talk:
    kind, executive, place = KINDS["purpose.objective"], trust.people["executive"], trust.organisation
    fields = filled(kind, executive, place, canary=True)
    upper, beside = (
        commons.add_record(by=executive, kind=kind, place=place, fields=fields, stage=stage)
        for stage in ("live", "proposed")
    )
    lower = whole(trust.records[kind.key].pk)
    commons.link_records(by=trust.people["manager"], start=lower, meaning="contributes-to", end=whole(upper))
    said = {"what": "wording", "worded": lower.worded, "text": SAID}
    for by in (executive, trust.people["manager"]):
        purpose.answer_objective(by=by, objective=lower, **said)
    return Talk(lower.pk, upper, beside)


def whole(number: UUID) -> Objective:
    return Objective.objects.select_related("place", "owner").get(pk=number)


def record(scene: Any, key: str) -> Any:
    """The trust's record of a kind, read anew."""
    return KINDS[key].model.objects.select_related("place__organisation").get(pk=scene.trust.records[key].pk)


def start_one(scene: Any) -> None:
    """Another stops to make room."""
    stop, beside = whole(scene.talk.upper), whole(scene.talk.beside)
    by, why = scene.person("executive"), {"reason": SAID, "hours": 3}
    purpose.start_objective(by=by, objective=beside, version=beside.version, stop=stop, **why)


def answer_one(scene: Any) -> None:
    lower = whole(scene.talk.lower)
    said = {"what": "help", "worded": lower.worded, "text": SAID, "key": uuid7()}
    purpose.answer_objective(by=scene.person("manager"), objective=lower, **said)


def take_one(scene: Any) -> None:
    by, lower = scene.person("manager"), whole(scene.talk.lower)
    theirs = lower.rounds.exclude(side=side_of(by, lower, whole(scene.talk.upper))).first()
    purpose.take_wording(by=by, objective=lower, answer=theirs, version=lower.version)


def stop_one(scene: Any) -> None:
    lower = whole(scene.talk.lower)
    purpose.stop_objective(by=scene.person("manager"), objective=lower, version=lower.version, reason=SAID, hours=2)


def review_one(scene: Any) -> None:
    value = record(scene, "purpose.value")
    purpose.review_value(by=scene.person("manager"), value=value, version=value.version, said=SAID)


def share_one(scene: Any) -> None:
    strategy = record(scene, "purpose.strategy")
    purpose.share_strategy(by=scene.person("manager"), strategy=strategy, version=strategy.version, public=True)


def check_one_again(scene: Any) -> None:
    earlier = record(scene, "purpose.documentcheck")
    fields = {"title": SAID, "sort": "advert", "text": SAID}
    purpose.check_again(by=scene.person("staff"), earlier=earlier, fields=fields, key=uuid7())


def keep_one(scene: Any) -> None:
    check = record(scene, "purpose.documentcheck")
    purpose.keep_found(by=scene.person("manager"), check=check, quotes=[SAID], found={"values": []})


#: Each action, and the verbs of its audit rows.
PURPOSE: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "purpose.review_value": (review_one, ("changed",)),
    "purpose.answer_objective": (answer_one, ("commented", "answered")),
    "purpose.take_wording": (take_one, ("changed", "answered")),
    "purpose.stop_objective": (stop_one, ("changed", "moved")),
    "purpose.start_objective": (start_one, ("changed", "moved", "linked", "moved")),
    "purpose.check_again": (check_one_again, ("added", "linked")),
    "purpose.keep_found": (keep_one, ("changed",)),
    "purpose.share_strategy": (share_one, ("changed", "changed", "changed")),
}
