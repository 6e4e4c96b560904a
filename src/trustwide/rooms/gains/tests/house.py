"""What this room tells the house rules of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED
from tests.house_rules.purpose_screens import Way
from tests.sign_in_walk import session_of
from trustwide.rooms.gains import actions
from trustwide.rooms.gains.models import Gain, Signal, Verdict
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources.dates import months_after

KIND, BEGAN = "gains.gain", date(2025, 3, 3)
TEN = [3, 2, 1, 0, None, 3, 3, 2, 2, 1]


def whole(number: UUID) -> Gain:
    return Gain.objects.select_related("place__organisation", "organisation", "owner").get(pk=number)


def verdict(by: Person, number: UUID, word: str) -> None:
    gain, said = whole(number), f"The ward meeting {word}".strip()
    told = {"fits": True, "unequal": said, "decided_by": said, "verdict": "restart", "reason": said}
    actions.give_verdict(by=by, gain=gain, version=gain.version, **told)


def aged(number: UUID) -> Gain:
    """The same gain four months later: its first round is asked."""
    gain = whole(number)
    day = months_after(gain.created_at.date(), -4)
    Gain.objects.filter(pk=number).update(created_at=gain.created_at.replace(year=day.year, month=day.month, day=1))
    return whole(number)


def set_up(trust: Any, word: str) -> None:
    """A verdict, ten answers, and a signal of which all were told."""
    by, number = trust.everyone, trust.records["gains"].pk
    verdict(by, number, word)
    gain = aged(number)
    for person in (by, trust.people["improver"], trust.people["manager"]):
        actions.answer_ten(by=person, gain=gain, given=TEN)
    actions.tell_of_signal(by=by, gain=gain, began=BEGAN)
    actions.tell_others_of_signal(by=by, signal=Signal.objects.get(gain=gain))


def set_scene(trust: Any) -> None:
    by, number = trust.people["manager"], trust.records[KIND].pk
    verdict(by, number, TYPED)
    actions.tell_of_signal(by=by, gain=aged(number), began=BEGAN)


def gain_of(scene: Any) -> Gain:
    return whole(scene.trust.records[KIND].pk)


ACTS: dict[str, tuple[Callable[[Any], None], tuple[str, ...]]] = {
    "gains.give_verdict": (
        lambda scene: verdict(scene.person("manager"), scene.trust.records[KIND].pk, TYPED),
        ("changed", "gave-verdict"),
    ),
    "gains.answer_ten": (
        lambda scene: actions.answer_ten(by=scene.person("manager"), gain=gain_of(scene), given=TEN),
        ("answered-ten",),
    ),
    "gains.tell_of_signal": (
        lambda scene: actions.tell_of_signal(
            by=scene.person("manager"), gain=gain_of(scene), began=BEGAN.replace(day=4)
        ),
        ("told-of-signal",),
    ),
    "gains.tell_others_of_signal": (
        lambda scene: actions.tell_others_of_signal(
            by=scene.person("manager"),
            signal=Signal.objects.select_related("gain__place__organisation", "gain__owner").get(),
        ),
        ("told-of-signal",),
    ),
    "gains.blank_verdict": (
        lambda scene: actions.blank_verdict(
            by=scene.person("administrator"), gain=gain_of(scene), verdict=Verdict.objects.get()
        ),
        ("redacted",),
    ),
}
PARTS: dict[str, Any] = {
    "verdict": lambda world, trust, kind: Verdict.objects.filter(gain=trust.records["gains"].pk).first().pk,  # type: ignore[union-attr]
}


def within(path: str, press: str = "") -> Way:
    """A page of the world's trust; {it} stands for its gain."""

    def way(page: Any, world: Any) -> None:
        trust = world.trust
        page.context.add_cookies([session_of(trust.everyone, page.site)])
        page.goto(f"/{trust.place.slug}/{path.format(it=trust.records['gains'].pk)}")
        if press:
            page.get_by_role("button", name=press).click()

    return way


SCREENS: dict[str, Way] = {
    "what we kept": within("gains/kept/"),
    "a gain": within("gains/{it}/"),
    "keep an eye on something, nothing typed": within("gains/new/", "Save"),
    "what we make of a gain with nothing typed": within("gains/{it}/verdict/", "Save what we decided"),
    "ten plain answers": within("gains/{it}/answers/"),
}
