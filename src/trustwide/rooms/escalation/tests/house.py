"""What the house rules are told of this room: how its actions are called, and its screens."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.house_rules.act import TYPED
from tests.house_rules.lookalikes import Trust
from tests.house_rules.room_screens import shows
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.escalation import actions, queries
from trustwide.rooms.escalation.models import Item
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person

KEY = "escalation.item"
#: Each page, as somebody with every role sees it; of an item there is one, which somebody else raised, to answer.
SCREENS = {
    "an item": lambda page, world: goto_item(page, world),
    "what waits for you": lambda page, world: asked(page, world),
    "overnight": shows("escalation:overnight"),
    "who answers": shows("escalation:tiers"),
    "set who answers": shows("escalation:set-tiers"),
    "raise something, nothing typed": lambda page, world: raise_nothing(page, world),
}


def raised(trust: Trust, **fields: Any) -> Item:
    nurse, typed = trust.people["staff"], {"title": TYPED, "words": TYPED, **fields}
    return queries.item_numbered(add_record(by=nurse, kind=KINDS[KEY], place=trust.ward, fields=typed))


def set_scene(trust: Trust) -> None:
    """Something that only tells, an answered ask, and one for which more time is asked."""
    leader, until = trust.people["team-leader"], today()
    raised(trust, sort="know")
    actions.answer_item(by=leader, item=raised(trust), words="")
    asking = raised(trust)
    for _again in range(2):
        actions.promise_word(by=leader, item=asking, words="", until=until)


def item_of(scene: Any) -> Item:
    return queries.item_numbered(scene.trust.records[KEY].pk)


def one(**found: Any) -> Item:
    return queries.item_numbered(Item.objects.get(**found).pk)


def leader(scene: Any) -> Person:
    person: Person = scene.person("team-leader")
    return person


def set_tiers(scene: Any) -> None:
    tier = {"name": TYPED, "level": "team", "role": "team-leader", "ring": TYPED}
    actions.set_tiers(by=scene.administrator, organisation=scene.place(scene.trust.organisation), tiers=[tier])


def promise(scene: Any) -> None:
    actions.promise_word(by=leader(scene), item=item_of(scene), words=TYPED, until=date(2100, 1, 4))


ACTS: dict[str, Any] = {
    "escalation.answer_item": (
        lambda scene: actions.answer_item(by=leader(scene), item=item_of(scene), words=TYPED, told=True),
        ("commented", "gave-answer", "told-back"),
    ),
    "escalation.see_item": (
        lambda scene: actions.see_item(by=leader(scene), item=one(sort="know")), ("gave-answer",),
    ),
    "escalation.promise_word": (promise, ("commented", "promised-word")),
    "escalation.agree_to_wait": (
        lambda scene: actions.agree_to_wait(
            by=scene.person("staff"), item=one(asks_until__isnull=False), agrees=True
        ),
        ("said-of-time",),
    ),
    "escalation.pass_up": (
        lambda scene: actions.pass_up(by=leader(scene), item=item_of(scene), words=TYPED), ("commented", "passed-up"),
    ),
    "escalation.tell_raiser": (
        lambda scene: actions.tell_raiser(by=leader(scene), item=one(stage="answered")), ("told-back",),
    ),
    "escalation.say_helped": (
        lambda scene: actions.say_helped(
            by=scene.person("staff"), item=one(stage="answered"), helped=False, words=TYPED
        ),
        ("commented", "said-not-solved"),
    ),
    "escalation.set_tiers": (set_tiers, ("set-tiers",)),
}  # fmt: skip


def goto_item(page: Any, world: Any) -> None:
    shows("commons:list")(page, world)
    page.goto(f"/{world.trust.place.slug}/items/{world.trust.records['items'].pk}/")


def asked(page: Any, world: Any) -> None:
    """The page with one ask on it, sent with nothing typed."""
    nurse, home = world.trust.people["staff"], world.trust.ward
    item = add_record(by=nurse, kind=KINDS[KEY], place=home, fields={"title": "Lamps are out", "sort": "help"})
    Item.objects.filter(pk=item).update(owner=world.trust.everyone)
    shows("escalation:asks")(page, world)
    page.click("main button:text-is('Answer')")


def raise_nothing(page: Any, world: Any) -> None:
    shows("commons:list")(page, world)
    page.goto(f"/{world.trust.place.slug}/items/new/")
    page.click("main button:text-is('Save')")
