"""What the house rules need to know of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.house_rules.act import TYPED
from tests.house_rules.room_screens import Way, shows
from tests.sign_in_walk import session_of
from trustwide.rooms.decisions import actions, actions_drop_ins, actions_past, actions_scheme
from trustwide.rooms.decisions.actions_past import Past
from trustwide.rooms.decisions.models import SERVICE, Booking, Decision, SchemeLine, Slot
from trustwide.rooms.decisions.queries import decision_numbered
from trustwide.rooms.people.clock import now

KEY = Decision._meta.label_lower
ASKED = {
    "question": TYPED, "why": TYPED, "options": [TYPED], "recommendation": TYPED, "sort": SERVICE, "money": 20,
}  # fmt: skip
LINE = {
    "sort": "policy", "level": "organisation", "role": "manager", "limit": 20, "undo_only": True,
    "committee": TYPED, "why_committee": TYPED,
}  # fmt: skip


def ahead(days: int) -> datetime:
    return (now() + timedelta(days=days)).replace(hour=10, minute=15, second=0, microsecond=0)


def set_up(trust: Any, word: str) -> None:
    """A line of the scheme, and a drop-in that is booked."""
    executive, words = trust.people["executive"], {"committee": f"A committee {word}", "why_committee": f"A law {word}"}
    actions_scheme.set_line(by=executive, organisation=trust.place, line={**LINE, **words})
    where = f"Room {word}"
    actions_drop_ins.offer_slots(by=trust.everyone, organisation=trust.place, starts=[ahead(2)], where=where)
    about = f"The tea round {word}"
    actions_drop_ins.book_slot(by=executive, slot=slot_at(trust.place), about=about)


def slot_at(place: Any) -> Slot:
    return Slot.objects.select_related("person", "organisation").filter(organisation=place).earliest("starts_at")


def set_scene(trust: Any) -> None:
    """A line, a drop-in that is booked, and one that is free."""
    executive, home = trust.people["executive"], trust.organisation
    actions_scheme.set_line(by=executive, organisation=home, line=LINE)
    actions_drop_ins.offer_slots(by=executive, organisation=home, starts=[ahead(2), ahead(3)], where=TYPED)
    actions_drop_ins.book_slot(by=trust.people["staff"], slot=slot_at(home), about=TYPED)


def free(scene: Any) -> Slot:
    return Slot.objects.select_related("person", "organisation").filter(organisation=scene.home).latest("starts_at")


def booked(scene: Any) -> Booking:
    found = Booking.objects.select_related("slot__organisation", "slot__person", "person")
    return found.get(slot__organisation=scene.home)


def the_line(scene: Any) -> SchemeLine:
    return SchemeLine.objects.select_related("organisation").get(organisation=scene.home)


def set_another(scene: Any) -> None:
    line = {**LINE, "limit": 30}
    actions_scheme.set_line(by=scene.person("executive"), organisation=scene.home, line=line)


def enter(scene: Any) -> None:
    fields = {"title": TYPED, "why": TYPED, "options": TYPED, "recommendation": TYPED, "sort": SERVICE}
    day = ahead(0).date()
    past = Past(scene.place(scene.trust.ward), scene.person("staff"), fields, day, day, "yes")
    actions_past.enter_past(by=scene.person("executive"), organisation=scene.home, past=[past])


def offer(scene: Any) -> None:
    told = {"starts": [ahead(5)], "where": TYPED}
    actions_drop_ins.offer_slots(by=scene.person("executive"), organisation=scene.home, **told)


def the_one(scene: Any) -> Decision:
    """The question of the scene: no line says who decides it, so an executive does."""
    return decision_numbered(scene.trust.records[KEY].pk)


def ask(scene: Any) -> None:
    actions.ask_decision(by=scene.person("staff"), place=scene.place(scene.trust.ward), **ASKED)


def press_ask(form: Any, key: UUID | None) -> Any:
    return actions.ask_decision(by=form.nurse(), place=form.trust.ward, key=key, **ASKED)


ACTS: dict[str, Any] = {
    "decisions.ask_decision": (ask, ("added",)),
    "decisions.join_asking": (
        lambda scene: actions.join_asking(by=scene.person("staff"), decision=the_one(scene)), ("joined-asking",),
    ),
    "decisions.decide": (
        lambda scene: actions.decide(
            by=scene.person("executive"), decision=the_one(scene), what="yes", reason=TYPED
        ),
        ("commented", "decided"),
    ),
    "decisions.enter_past": (enter, ("added",)),
    "decisions.set_line": (set_another, ("set-scheme",)),
    "decisions.name_at_top": (
        lambda scene: actions_scheme.name_at_top(
            by=scene.administrator, organisation=scene.home, named={"executive": scene.person("executive")}
        ),
        ("named-at-top",),
    ),
    "decisions.end_line": (
        lambda scene: actions_scheme.end_line(by=scene.administrator, line=the_line(scene)), ("ended-scheme",),
    ),
    "decisions.blank_line": (
        lambda scene: actions_scheme.blank_line(by=scene.administrator, line=the_line(scene)), ("blanked-scheme",),
    ),
    "decisions.offer_slots": (offer, ("offered-slots",)),
    "decisions.book_slot": (
        lambda scene: actions_drop_ins.book_slot(by=scene.person("staff"), slot=free(scene), about=TYPED),
        ("booked-slot",),
    ),
    "decisions.leave_slot": (
        lambda scene: actions_drop_ins.leave_slot(by=scene.person("staff"), booking=booked(scene)), ("left-slot",),
    ),
    "decisions.blank_booking": (
        lambda scene: actions_drop_ins.blank_booking(by=scene.person("staff"), booking=booked(scene)),
        ("blanked-booking",),
    ),
    "decisions.call_off_slot": (
        lambda scene: actions_drop_ins.call_off_slot(by=scene.person("executive"), slot=slot_at(scene.home)),
        ("called-off-slot", "left-slot"),
    ),
}  # fmt: skip
KEYED: dict[str, Any] = {"decisions.ask_decision": (press_ask, lambda kind: Decision)}
#: A drop-in of somebody who plays every part, in place of the executive's own, which nobody books for themselves.
PARTS: dict[str, Any] = {"slot": lambda world, trust, kind: slot_at(trust.place).pk}


def walk(client: Any, world: Any) -> None:
    """A question is written, and its next page says who decides it."""
    typed = {"title": "May we try it?", "why": "They ask", "options": "Try it", "recommendation": "Try it"}
    told = {"place": world.trust.ward.slug, "sort": SERVICE, "sharing": "organisation", "look": "yes"}
    client.post(f"/{world.trust.place.slug}/decisions/new/", {**typed, **told})


def written(page: Any, world: Any, **more: str) -> None:
    page.context.add_cookies([session_of(world.trust.everyone, page.site)])
    page.goto(f"/{world.trust.place.slug}/decisions/new/")
    for name, words in {"title": "May we try it?", "why": "They ask", "recommendation": "Try it", **more}.items():
        page.fill(f"#{name}", words)
    page.click("text=Go on: see who decides")


def refused(name: str, button: str) -> Way:
    def way(page: Any, world: Any) -> None:
        shows(name)(page, world)
        page.click(f"main button:has-text('{button}')")

    return way


SCREENS: dict[str, Way] = {
    "ask for a decision": shows("decisions:ask"),
    "ask for a decision, no options": written,
    "who decides it": lambda page, world: written(page, world, options="Try it"),
    "who may decide what": shows("decisions:scheme"),
    "change who may decide what with nothing typed": refused("decisions:change-scheme", "Save this line"),
    "what would let it be decided lower": shows("decisions:lower"),
    "drop-ins": shows("decisions:drop-ins"),
    "a drop-in": shows("decisions:drop-in"),
    "offer drop-ins with nothing typed": refused("decisions:offer", "Offer them"),
}
