"""A button pressed twice, or by eight impatient fingers at once, adds one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest

from tests.house_rules.actions_found import actions, asks_for
from tests.house_rules.acts_board import HELD
from tests.house_rules.acts_purpose import open_talk, whole
from tests.house_rules.lookalikes import Trust
from tests.house_rules.of_rooms import told_together
from tests.house_rules.own_database import at_once
from tests.kinds_asked import some_kinds
from tests.makers import filled
from tests.shares import WHOLE, sampled
from trustwide.engines.uploads import Accepted
from trustwide.rooms.boards import actions as boards
from trustwide.rooms.boards.models import Huddle, Thanks
from trustwide.rooms.commons.actions import add_record, attach_file, comment_on
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Comment, File
from trustwide.rooms.devices.actions import add_device
from trustwide.rooms.devices.models import Device
from trustwide.rooms.notices.actions import add_channel
from trustwide.rooms.notices.models import Channel
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import AuditRow, OnceKey, Person
from trustwide.rooms.purpose.actions import answer_objective, check_again
from trustwide.rooms.purpose.models import DocumentCheck, Round

pytestmark = pytest.mark.both_databases(dear=True)  # each has its own locks

AT_ONCE = 8


@dataclass
class Form:
    """One form on somebody's screen: what pressing its button does, given its key."""

    trust: Trust
    kind: Kind

    def __post_init__(self) -> None:
        open_talk(self.trust)

    def who(self) -> Person:
        """Read anew, as each request does."""
        return Person.objects.get(pk=self.trust.who_may_change(self.kind).pk)

    def add(self, key: UUID | None) -> Any:
        by, place = self.who(), self.trust.place_for(self.kind)
        return add_record(by=by, kind=self.kind, place=place, fields=filled(self.kind, by, place), key=key)

    def comment(self, key: UUID | None) -> Any:
        record = self.kind.model.objects.get(pk=self.trust.records[self.kind.key].pk)
        return comment_on(by=self.who(), record=record, text="Twice is once", key=key)

    def answer(self, key: UUID | None) -> Any:
        lower = whole(self.trust.records["purpose.objective"].pk)
        return answer_objective(by=self.who(), objective=lower, what="agree", worded=lower.worded, key=key)

    def check(self, key: UUID | None) -> Any:
        earlier = DocumentCheck.objects.select_related("place").get(pk=self.trust.records["purpose.documentcheck"].pk)
        fields = {"title": "Twice is once", "sort": "advert", "text": "Be kind"}
        return check_again(by=self.who(), earlier=earlier, fields=fields, key=key)

    def have_channel(self, key: UUID | None) -> Any:
        asked = {"name": "Ward chat", "address": "https://chat.example.org/", "kinds": ["added"]}
        by = Person.objects.get(pk=self.trust.people["manager"].pk)
        return add_channel(by=by, place=self.trust.organisation, key=key, **asked)

    def thank(self, key: UUID | None) -> Any:
        return boards.thank(by=self.nurse(), team=self.trust.ward, to="the porters", why="For the chair", key=key)

    def huddle(self, key: UUID | None) -> Any:
        return boards.record_huddle(by=self.nurse(), team=self.trust.ward, told=HELD, key=key)

    def sheet(self, key: UUID | None) -> Any:
        return boards.enter_sheet(by=self.nurse(), team=self.trust.ward, told=[HELD], key=key)

    def screen(self, key: UUID | None) -> Any:
        by = Person.objects.get(pk=self.trust.people["team-leader"].pk)
        return add_device(by=by, place=self.trust.ward, name="In the corridor", key=key)[0].pk

    def nurse(self) -> Person:
        return Person.objects.get(pk=self.trust.people["staff"].pk)

    def attach(self, key: UUID | None) -> Any:
        record = self.kind.model.objects.get(pk=self.trust.records[self.kind.key].pk)
        return attach_file(by=self.who(), record=record, file=Accepted("a.csv", "text/csv", b"a,b"), key=key)


#: How each action that takes a key is pressed, and the table that it adds to.
KEYED: dict[str, tuple[Callable[[Form, UUID | None], Any], Callable[[Kind], Any]]] = {
    "boards.enter_sheet": (Form.sheet, lambda kind: Huddle),
    "boards.record_huddle": (Form.huddle, lambda kind: Huddle),
    "boards.thank": (Form.thank, lambda kind: Thanks),
    "commons.add_record": (Form.add, lambda kind: kind.model),
    "commons.attach_file": (Form.attach, lambda kind: File),
    "commons.comment_on": (Form.comment, lambda kind: Comment),
    "devices.add_device": (Form.screen, lambda kind: Device),
    "notices.add_channel": (Form.have_channel, lambda kind: Channel),
    "purpose.check_again": (Form.check, lambda kind: DocumentCheck),
    "purpose.answer_objective": (Form.answer, lambda kind: Round),
    **told_together("KEYED"),
}
#: How many rows of the audit one pressing writes, where it is not one.
TOLD = {"purpose.check_again": 2, **told_together("WRITES")}  # it is added, and joined to the earlier one
ADDS = "commons.add_record"  # each kind is added in its own way; what is done to one is done to all alike


def some_kind(name: str) -> Kind:
    """A kind for the short run, always the same one for an action."""
    return list(KINDS.values())[crc32(name.encode()) % len(KINDS)]


def tried_with(name: str) -> list[Kind]:
    """All in the full run; else some where each kind is added in its own way, and one where it is done to all alike."""
    if WHOLE:
        return list(KINDS.values())
    return some_kinds(name) if name == ADDS else [some_kind(name)]


CASES = [(name, kind) for name in KEYED for kind in tried_with(name)]
EACH, SOME = (
    pytest.mark.parametrize(("name", "kind"), cases, ids=lambda each: getattr(each, "key", each))
    for cases in (CASES, [case for case in CASES if sampled(f"{case[0]} without a key", one_in=3)])
)
#: Each database has its own locks: a short run tries some actions on both, a full one all.
BOTH = pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(*case, marks=[pytest.mark.both_databases] if sampled(f"{case[0]} on both", one_in=5) else [])
        for case in CASES
    ],
    ids=lambda each: getattr(each, "key", each),
)


def pressed(
    trust: Trust, name: str, kind: Kind, press_all: Callable[[Callable[[UUID | None], Any]], list[Any]]
) -> tuple[list[Any], int, int]:
    """The answers that came of pressing, and how many rows and audit rows were added."""
    press, table = KEYED[name]
    form, counts = Form(trust, kind), lambda: (table(kind).objects.count(), AuditRow.objects.count())
    before = counts()
    answers = press_all(lambda key: press(form, key))
    rows, acts = counts()
    return answers, rows - before[0], acts - before[1]


def test_every_action_that_takes_a_key_is_pressed_twice() -> None:
    keyed = {name for name, action in actions().items() if asks_for(action, "key")}
    print(f"{len(keyed)} actions take a key, tried with {len(tried_with(ADDS))} of {len(KINDS)} kinds")
    assert keyed == set(KEYED), "add a line to KEYED that presses its button, or take one away"


@EACH
def test_twice_is_once(trust: Trust, db: None, name: str, kind: Kind) -> None:
    key = uuid7()
    answers, rows, acts = pressed(trust, name, kind, lambda press: [press(key), press(key)])
    assert (len(set(answers)), rows, acts) == (1, 1, TOLD.get(name, 1))


@BOTH
def test_eight_at_once_is_once(trust: Trust, real_transactions: None, name: str, kind: Kind) -> None:
    key = uuid7()
    answers, rows, acts = pressed(trust, name, kind, lambda press: at_once(AT_ONCE, lambda _: press(key)))
    print(f"{name} {kind.key}: {AT_ONCE} at once with one key, {len(set(answers))} answer, {rows} row")
    assert all(isinstance(each, UUID) for each in answers), answers
    assert (len(set(answers)), rows, acts) == (1, 1, TOLD.get(name, 1))
    assert OnceKey.objects.count() == 1


@SOME
def test_control_without_a_key_eight_are_eight(trust: Trust, real_transactions: None, name: str, kind: Kind) -> None:
    answers, rows, _ = pressed(trust, name, kind, lambda press: at_once(AT_ONCE, lambda _: press(None)))
    print(f"control: {name} {kind.key}: {AT_ONCE} at once without a key, {rows} rows")
    assert (len(set(answers)), rows) == (AT_ONCE, AT_ONCE)


@EACH
def test_a_key_is_one_persons_own(trust: Trust, db: None, name: str, kind: Kind) -> None:
    """Nobody is given what came of somebody else's form by sending its key."""
    press, table = KEYED[name]
    form, key = Form(trust, kind), uuid7()
    first = press(form, key)
    other = Person.objects.create_user("another@example.org", "Another")
    OnceKey.objects.filter(key=key).update(person=other)
    assert press(form, key) != first
    assert table(kind).objects.count() >= 2
