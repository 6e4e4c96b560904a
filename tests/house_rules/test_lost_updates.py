"""Several people change the same thing at once: nobody's words are written over without their knowing."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.house_rules.lookalikes import Trust
from tests.house_rules.own_database import at_once
from tests.kinds_asked import some_kinds
from tests.shares import WHOLE
from trustwide.rooms.commons.actions import SomeoneChangedThis, change_record
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Record, Version
from trustwide.rooms.people.models import AuditRow, Person

pytestmark = pytest.mark.both_databases  # each has its own locks

WRITERS = 4
EDITS = 100 if WHOLE else 7  # of each writer
EACH_KIND = pytest.mark.parametrize("kind", some_kinds("lost updates"), ids=lambda kind: kind.key)


def change(by: Person, number: Any, kind: Kind, text: str) -> int:
    """Read, add a line, save: how often it was refused before it was saved, as for a person who then tries again."""
    for refused in itertools.count():
        record = kind.model.objects.select_related("place").get(pk=number)
        try:
            change_record(by=by, record=record, version=record.version, fields={"title": text})
        except SomeoneChangedThis:
            continue
        return refused
    raise AssertionError


def careless(by: Person, number: Any, kind: Kind, text: str) -> int:
    """The control: what was read is added to and saved, whoever saved in between."""
    record = Record.objects.get(pk=number)
    Record.objects.filter(pk=number).update(title=text, version=record.version + 1)
    return 0


def edit_together(trust: Trust, kind: Kind, save: Any) -> list[Any]:
    """Each writer makes all their edits; what each answered: how often they were refused."""
    number, writer = trust.records[kind.key].pk, trust.who_may_change(kind).pk

    def work(place: int) -> int:
        by = Person.objects.get(pk=writer)
        return sum(save(by, number, kind, f"Writer {place} edit {edit}") for edit in range(EDITS))

    return at_once(WRITERS, work)


@EACH_KIND
def test_no_update_is_lost(trust: Trust, real_transactions: None, kind: Kind) -> None:
    refusals = edit_together(trust, kind, change)
    assert all(isinstance(each, int) for each in refusals), refusals
    record = kind.model.objects.get(pk=trust.records[kind.key].pk)
    kept = list(Version.objects.filter(record=record).order_by("number"))
    print(f"{kind.key}: {WRITERS} writers, {WRITERS * EDITS} edits saved, {sum(refusals)} refused first, 0 lost")
    assert [each.number for each in kept] == list(range(1, WRITERS * EDITS + 2)), "the numbers have a gap"
    written = {f"Writer {place} edit {edit}" for place in range(WRITERS) for edit in range(EDITS)}
    assert {each.fields["title"] for each in kept[1:]} == written
    assert (record.title, record.version) == (kept[-1].fields["title"], kept[-1].number)
    assert AuditRow.objects.filter(thing=str(record.pk), verb="changed").count() == WRITERS * EDITS


def test_control_without_the_version_some_are_lost(trust: Trust, real_transactions: None) -> None:
    kind = next(iter(KINDS.values()))
    answers = edit_together(trust, kind, careless)
    counted = Record.objects.get(pk=trust.records[kind.key].pk).version - 1
    print(f"control: {WRITERS * EDITS} careless edits, {WRITERS * EDITS - counted} written over unseen")
    assert answers == [0] * WRITERS
    assert counted < WRITERS * EDITS
