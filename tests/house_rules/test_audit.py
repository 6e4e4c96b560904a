"""Whatever is written, it is told who wrote it: in the same transaction, with no word of what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.house_rules.act import TYPED
from tests.house_rules.actions_found import actions, asks_for
from tests.house_rules.acts import ACTS
from tests.house_rules.acts_nobody import BY_NOBODY
from tests.house_rules.cases import cases
from tests.house_rules.own_database import Made, connected_to
from tests.house_rules.put_back import put_back
from tests.house_rules.scene import Scene
from tests.house_rules.test_get_is_safe import table_contents
from tests.house_rules.watching import AUDIT, Cut, untold, watching
from tests.shares import WHOLE
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.people.models import AuditRow, Person

pytestmark = pytest.mark.both_databases(dear=True)  # each holds a transaction together in its own way

#: Actions in which nobody is named, and why.
NOBODY = {
    "commons.plain": "writes nothing",
    "commons.forget_record": "the system, once it was closed for long enough",
    "people.forget_class": "the system, once it was kept for long enough",
    "people.pseudonymise": "the system, long after the person left",
    "measures.look_again": "what the charts say, worked out anew in the transaction of the act that is told",
    "people.begin_visit": "the person, who signs in",
    "people.forget_ended_visits": "sessions that are past their limit",
    "jobs.forget_done": "jobs that were done long ago",
    "notices.mark_read": "a mark of what was read, not an act",
    "notices.mark_all_read": "a mark of what was read, not an act",
    "notices.mark_sent": "a mark of what was sent, not an act",
    "notices.choose_notices": "the person, whose own it is",
    "notices.stop_email": "the person, whose own it is",
    "notices.note_answer": "the system's own: how a channel answered",
    "people.note_visit": "a mark of time, not an act",
    "people.forget_visit": "the person, who signs out",
    "people.carry_on_visit": "the person, whose own session goes on",
    "people.set_password": "the person, whose own it is",
    "people.lock_invitation": "writes nothing",
    "people.record_second_step": "the person, whose own it is",
    "people.leave_own_ways": "the person, whose own it is",
    "people.record_identity": "the person, whose own it is",
    "decisions.raise_silent": "the system's own: nobody decided it in time",
    "devices.join_device": "whoever types the code; the row names the device",
    "devices.note_seen": "a mark of time, not an act",
    "devices.set_pin": "the person, whose own it is",
    "devices.remove_pin": "the person, whose own it is",
    "devices.take_hand": "the person, whose PIN it is; nobody where it is wrong",
    "devices.put_down": "the person, whose time at the device it was",
    "measures.save_open_data": "the data that ships with Trustwide",
    "measures.work_out": "the system's own; add_computed_measure is called here and calls it",
    "escalation.raise_late": "the system, when nobody answered in time",
    "escalation.note_read": "the system, once who raised it has read the answer",
    "escalation.pass_on": "the system, when nobody holds it any more",
    "places.close_left": "the system, some weeks after their last role",
    "places.is_own_key": "writes nothing",
}
#: With the scope said: pytest would set the scene anew for each name.
CALLED = {**ACTS, **BY_NOBODY}
EACH = pytest.mark.parametrize(("name", "scene"), cases(CALLED), ids=str, indirect=["scene"], scope="module")
FIRST = pytest.mark.parametrize("scene", list(KINDS)[:1], indirect=True)


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest, a_scene: Made, django_db_blocker: Any) -> Iterator[Scene]:
    """Set once for all that is done in it with a kind of record, each of which takes back what it did."""
    with django_db_blocker.unblock(), connected_to(a_scene.database), put_back():
        yield a_scene.unpacked().with_kind(KINDS[request.param])


def untouched(scene: Scene) -> Scene:
    """As it was set: what an act notes in one is not in the next."""
    return deepcopy(scene, {id(scene.kind): scene.kind})


def cuts(writes: int) -> list[int]:
    """The writes at which the power goes: all of them, or in the short run the first, the middle and the last."""
    return sorted(set(range(1, writes + 1)) if WHOLE else {1, (writes + 1) // 2, writes} - {0})


def texts_in_audit() -> list[str]:
    """Every cell of the table of the audit, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {AUDIT}")  # noqa: S608 (our own table)
        return [str(cell) for row in cursor for cell in row]


def test_every_action_is_called() -> None:
    found = actions()
    by_somebody = {name for name, action in found.items() if asks_for(action, "by")}
    told = f"{len(by_somebody)} by somebody, {len(NOBODY)} by nobody of which {len(BY_NOBODY)} are called"
    print(f"{len(found)} actions: {told}; {len(KINDS)} kinds")
    assert by_somebody - set(ACTS) == set(), "add a line to ACTS in tests/house_rules/acts.py that calls each of these"
    assert set(found) - by_somebody - set(NOBODY) == set(), "give these a `by`, or say in NOBODY why nobody is named"
    assert (set(ACTS) | set(NOBODY)) - set(found) == set(), "take these lines away: no such action is left"
    assert set(BY_NOBODY) - set(NOBODY) == set(), "say in NOBODY why nobody is named in these"


@EACH
def test_an_act_is_told_in_its_own_transaction(scene: Scene, db: None, name: str) -> None:
    scene, act = untouched(scene), CALLED[name]
    last = AuditRow.objects.last().pk
    before = table_contents()
    with watching() as written, put_back():
        act.call(scene)
        told, cells = list(AuditRow.objects.filter(pk__gt=last)), texts_in_audit()
    assert [each.verb for each in told] == list(act.verbs)
    organisation = None if act.of_a_person else scene.trust.organisation.pk
    assert all(each.thing and each.organisation == organisation for each in told)
    assert [each.verb for each in told if each.by_id is None] == list(act.by_system)
    assert [cell for cell in cells if "zq7" in cell.lower()] == [], "typed text is in the audit"
    assert untold(written) == []
    assert table_contents() == before
    for write in cuts(len(written)):
        with pytest.raises(Cut), watching(cut_at=write):
            act.call(scene)
        assert table_contents() == before, f"cut at write {write} of {len(written)}, something stayed"
    print(f"{name} {scene.kind.key}: {len(written)} writes, {len(told)} told, nothing stays when any of them fails")


def test_control_a_typed_word_is_seen_in_the_audit(db: None) -> None:
    AuditRow.objects.create(verb="added", kind="x", thing="1", fields=[TYPED])
    assert [cell for cell in texts_in_audit() if "zq7" in cell]


@FIRST
@pytest.mark.both_databases  # each refuses by a trigger in its own words
def test_the_database_refuses_to_change_the_audit(scene: Scene, db: None) -> None:
    count = AuditRow.objects.count()
    tries = [f"UPDATE {AUDIT} SET verb = 'x'", f"DELETE FROM {AUDIT}"]  # noqa: S608 (our own table)
    if connection.vendor == "postgresql":
        tries += [f"TRUNCATE {AUDIT}", f"TRUNCATE {Person._meta.db_table} CASCADE"]
    for statement in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    print(f"{count} audit rows, {len(tries)} ways to change them refused by {connection.vendor}")
    assert count == AuditRow.objects.count() > 0
    assert not AuditRow.objects.filter(verb="x").exists()


@FIRST
def test_control_a_write_that_nobody_is_told_of_is_seen(scene: Scene, db: None) -> None:
    with watching() as written:
        scene.kind.model.objects.filter(pk=scene.number).update(title="Unseen")
    assert untold(written) == ["commons_record"]
    with watching() as written:
        scene.role("staff").delete()
    assert "places_roleheld" in untold(written)


@pytest.mark.parametrize("scene", ["purpose.message"], indirect=True)
def test_control_an_act_without_its_transaction_is_seen_half_done(scene: Scene, db: None) -> None:
    act = commons.change_record
    before = table_contents()
    bare = act.__wrapped__  # type: ignore[attr-defined]
    for change, stays in ((act, False), (bare, True)):
        record = scene.record
        with pytest.raises(Cut), watching(cut_at=3):
            change(by=scene.writer, record=record, version=record.version, fields={"title": "Half"})
        transaction.set_rollback(False)  # what Django would undo of its own accord, we want to see
        assert (table_contents() != before) is stays
