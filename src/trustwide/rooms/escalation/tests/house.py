"""What the house rules are told of this room: how its actions are called, and its screens."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.house_rules.act import TYPED
from tests.house_rules.lookalikes import Trust
from tests.house_rules.room_screens import shows
from trustwide.rooms.commons.actions import add_record
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.escalation import actions, actions_door, actions_past, codes, queries
from trustwide.rooms.escalation.actions_past import Past, PastStep
from trustwide.rooms.escalation.models import Door, Item
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person

KEY = "escalation.item"
PARTS = {"door": lambda world, trust, kind: codes.key_of(Door.objects.get(team=trust.ward))}


def press_raise(form: Any, key: Any) -> Any:
    """The form behind a QR code, of whoever has no account."""
    Door.objects.get_or_create(team=form.trust.ward)
    return actions_door.raise_without_account(
        by=codes.somebody(), team=form.trust.ward, fields={"title": "Lamps are out"}, key=key
    )


KEYED = {"escalation.raise_without_account": (press_raise, lambda kind: Item)}
#: Each page, as somebody with every role sees it; of an item there is one, which somebody else raised, to answer.
SCREENS = {
    "an item": lambda page, world: goto_item(page, world),
    "what waits for you": lambda page, world: asked(page, world),
    "overnight": shows("escalation:overnight"),
    "who answers": shows("escalation:tiers"),
    "set who answers": shows("escalation:set-tiers"),
    "QR code of a team": shows("escalation:door"),
    "raise with no account, nothing typed": lambda page, world: raise_here(page, world, send=False),
    "raise with no account, sent": lambda page, world: raise_here(page, world, send=True),
    "read an answer by a code": lambda page, world: read_by_code(page, world),
    "read an answer, wrong code": lambda page, world: wrong_code(page, world),
    "raise something, nothing typed": lambda page, world: raise_nothing(page, world),
}


def raised(trust: Trust, **fields: Any) -> Item:
    nurse, typed = trust.people["staff"], {"title": TYPED, "words": TYPED, **fields}
    return queries.item_numbered(add_record(by=nurse, kind=KINDS[KEY], place=trust.ward, fields=typed))


def set_up(trust: Any, word: str) -> None:
    """The trust has named its tiers, and its ward has a QR code: something was raised by it and answered."""
    by = trust.everyone
    tiers = [("Ward", "team", "team-leader"), ("Trust", "organisation", "executive")]
    told = [{"name": f"{name}{word}", "level": level, "role": role, "ring": f"12{word}"} for name, level, role in tiers]
    actions.set_tiers(by=by, organisation=trust.place, tiers=told)
    actions_door.set_door(by=by, team=trust.ward, is_open=True)
    fields = {"title": f"Lamps are out {word}", "words": f"By the lift {word}"}
    number = actions_door.raise_without_account(by=codes.somebody(), team=trust.ward, fields=fields)
    actions.answer_item(by=by, item=queries.item_numbered(number), words=f"New lamps come. {word}")


def set_scene(trust: Trust) -> None:
    """Something that only tells, an answered ask, and one for which more time is asked."""
    leader, until = trust.people["team-leader"], today()
    raised(trust, sort="know")
    actions.answer_item(by=leader, item=raised(trust), words="")
    asking = raised(trust)
    actions_door.set_door(by=leader, team=trust.ward, is_open=True)
    by_code = actions_door.raise_without_account(by=codes.somebody(), team=trust.ward, fields={"title": TYPED})
    actions.answer_item(by=leader, item=queries.item_numbered(by_code), words="")
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


def bring_in_one(scene: Any) -> None:
    nurse, ward = scene.person("staff"), scene.place(scene.trust.ward)
    steps = [PastStep(what, now(), 1, TYPED, ward, nurse, words=TYPED) for what in ("raised", "answer", "yes")]
    past = Past(ward, nurse, {"title": TYPED, "words": TYPED}, steps)
    actions_past.bring_in(by=scene.person("manager"), organisation=scene.place(scene.trust.organisation), past=[past])


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
        lambda scene: actions.tell_raiser(by=leader(scene), item=one(stage="answered", code_hash=None)), ("told-back",),
    ),
    "escalation.say_helped": (
        lambda scene: actions.say_helped(
            by=scene.person("staff"), item=one(stage="answered", code_hash=None), helped=False, words=TYPED
        ),
        ("commented", "said-not-solved"),
    ),
    "escalation.set_tiers": (set_tiers, ("set-tiers",)),
    "escalation.set_door": (
        lambda scene: actions_door.set_door(by=leader(scene), team=scene.place(scene.trust.ward), is_open=False),
        ("set-door",),
    ),
    "escalation.raise_without_account": (
        lambda scene: actions_door.raise_without_account(
            by=codes.somebody(), team=scene.place(scene.trust.ward), fields={"title": TYPED}, key=uuid7()
        ),
        ("added",),
    ),
    "escalation.bring_in": (bring_in_one, ("added",)),
    "escalation.say_by_code": (
        lambda scene: actions_door.say_by_code(
            by=codes.somebody(), item=one(code_hash__isnull=False), helped=False
        ),
        ("said-not-solved",),
    ),
}  # fmt: skip

OPEN_TO_ALL = {"escalation.raise_without_account", "escalation.say_by_code"}
NOT_BY_ROLE = {"escalation.agree_to_wait", "escalation.say_helped"}  # whoever raised it, and nobody else


def walk(client: Any, world: Any) -> None:
    """Raised by the QR code, which answers with a code; what became of it is read by that."""
    door = codes.key_of(Door.objects.get(team=world.trust.ward))
    client.post(f"/{world.trust.place.slug}/raise/{door}/", {"title": "The ramp is slippery", "sort": "help"})
    by_code = Item.objects.filter(code_hash__isnull=False, place=world.trust.ward).earliest("created_at")
    client.post("/answer/", {"code": codes.code_for(by_code.pk)})


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


def raise_here(page: Any, world: Any, *, send: bool) -> None:
    door = Door.objects.select_related("team__organisation").get(team=world.trust.ward)
    page.goto(f"/{world.trust.place.slug}/raise/{codes.key_of(door)}/")
    page.fill("#title", "The ramp is slippery" if send else "")
    page.click("main button")


def read_by_code(page: Any, world: Any) -> None:
    item = Item.objects.filter(code_hash__isnull=False, place=world.trust.ward).order_by("created_at").first()
    assert item
    page.goto("/answer/")
    page.fill("#code", codes.code_for(item.pk))
    page.click("main button")


def wrong_code(page: Any, world: Any) -> None:
    page.goto("/answer/")
    page.fill("#code", "BCDFG HJKLM")
    page.click("main button")
