"""What was kept for long enough goes, what was not stays, and the audit has the counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import ProtectedError
from django.utils import timezone

from tests.makers import make_message, make_organisation, make_person, make_upload
from trustwide.engines.uploads import Accepted
from trustwide.house import retention_command
from trustwide.house.retention import letters
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons import files
from trustwide.rooms.commons.models import File, Notice, Record
from trustwide.rooms.jobs import timed
from trustwide.rooms.jobs.chores import find_kept_for_long
from trustwide.rooms.jobs.queue import later
from trustwide.rooms.jobs.work import run_ready
from trustwide.rooms.measures.models import Upload
from trustwide.rooms.people import actions as people
from trustwide.rooms.people import clock
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import AuditRow, Invitation, OnceKey, Person, Visit
from trustwide.rooms.people.retention import (
    CLASSES,
    as_table,
    due_now,
    forget_what_is_due,
    pseudonymise_leavers,
    register_class,
)
from trustwide.rooms.places.models import KeptSheet
from trustwide.rooms.purpose.models import Message

ROOT = Path(__file__).resolve().parents[4]
YEARS_AGO = timezone.now() - timedelta(days=365 * 9)


@pytest.fixture
def old(db: None, tmp_path: Path, settings: Any) -> Any:
    """One of each class, all of it nine years old, and a newer one of each beside it."""
    settings.DATA = tmp_path
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    trust = make_organisation()
    for moment, name in ((YEARS_AGO, "Old"), (timezone.now(), "New")):
        with clock.at(moment):
            leave_one_of_each(trust, name, moment)
    older, _newer = make_upload("Old"), make_upload("New")
    Upload.objects.filter(pk=older.pk).update(created_at=YEARS_AGO)
    return trust


def leave_one_of_each(trust: Any, name: str, moment: Any) -> None:
    chief, leaver = make_person(f"{name} chief", "executive", trust), make_person(f"{name} leaver", password="x" * 20)
    message = make_message(chief, trust, title=f"{name} message")
    commons.attach_file(by=chief, record=message, file=Accepted("a.csv", "text/csv", name.encode()))
    open_one = make_message(chief, trust, title=f"{name} and open")
    commons.link_records(by=chief, start=open_one, meaning="came-from", end=message)
    commons.move_record(by=chief, record=message, version=1, stage="withdrawn")
    Notice.objects.create(person=chief, record_id=open_one.pk, what="moved", at=moment)
    OnceKey.objects.create(person=chief, key=uuid7(), at=moment)
    visit = people.begin_visit(person=chief, session_key=name, device="")
    Visit.objects.filter(pk=visit.pk).update(began_at=moment)
    invited, _token = people.make_invitation(by=chief, email=f"{name}@example.org", role="staff", place=trust)
    Invitation.objects.filter(pk=invited.pk).update(ends_at=moment)
    sheet = KeptSheet.objects.create(by=chief, organisation=trust, what="places", name=name, content=b"")
    KeptSheet.objects.filter(pk=sheet.pk).update(created_at=moment)
    Authenticator.objects.create(user=leaver, type="totp", data={})
    people.disable_person(by=None, person=leaver)
    Person.objects.filter(pk=leaver.pk).update(left_at=moment)


EACH_ONE = {"people", "visits", "once-keys", "invitations", "sheets", "uploads", "closed-records"}
KEPT = (OnceKey, Visit, Invitation, Upload, KeptSheet)


def test_what_was_kept_for_long_enough_goes(old: Any, django_capture_on_commit_callbacks: Any) -> None:
    due, audit = due_now(), AuditRow.objects.count()
    assert {key: due[key] for key in EACH_ONE} == dict.fromkeys(EACH_ONE, 1)
    assert due["notices"] >= 1
    with django_capture_on_commit_callbacks(execute=True):
        gone = forget_what_is_due()
    print(f"{len(CLASSES)} classes, gone: {gone}")
    assert gone == due
    assert due_now() == dict.fromkeys(due, 0)
    assert set(Record.objects.values_list("title", flat=True)) == {"Old and open", "New message", "New and open"}
    files.take_away({each.sha256 for each in File.objects.all()}, left_alone=0)
    assert [files.where(each.sha256).read_bytes() for each in File.objects.all()] == [b"New"]
    assert len([each for each in (files.where("ab").parents[1]).rglob("*") if each.is_file()]) == 1
    assert {model: model.objects.count() for model in KEPT} == dict.fromkeys(KEPT, 1)
    told = AuditRow.objects.filter(verb="forgot", kind="class")
    assert {row.thing: row.fields for row in told}["uploads"] == ["1 older than 1 days"]
    assert {row.thing for row in told} == {key for key, count in gone.items() if count}
    assert AuditRow.objects.filter(verb="forgot", kind="purpose.message", organisation=old.pk).count() == 1
    assert AuditRow.objects.count() > audit, "the audit itself stays"


def test_a_worker_takes_it_away_each_night(old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class at a time: one that goes wrong stops none of the others."""
    assert find_kept_for_long in [each.task for each in timed.TIMED]
    due = due_now()
    broken = replace(CLASSES["uploads"], forget=lambda _before: 1 // 0)
    monkeypatch.setitem(CLASSES, "uploads", broken)
    later(find_kept_for_long, key="this night")
    later(find_kept_for_long, key="this night, from another worker")
    done = run_ready()
    print(f"{done} jobs, {len(CLASSES)} classes, due before: {due}, after: {due_now()}")
    assert due_now() == {**dict.fromkeys(due, 0), "uploads": due["uploads"]}
    assert due["uploads"] == 1
    told = list(AuditRow.objects.filter(verb="forgot", kind="class").values_list("thing", flat=True))
    assert sorted(told) == sorted({key for key, count in due.items() if count} - {"uploads"}), "each is counted once"


def test_who_left_long_ago_is_known_no_more(old: Any) -> None:
    forget_what_is_due()
    old_one, new_one = Person.objects.filter(is_active=False).order_by("left_at")
    assert (old_one.name, old_one.email) == ("Someone who left", f"{old_one.pk}@left.invalid")
    assert not old_one.has_usable_password()
    assert new_one.name == "New leaver"
    assert [each.user for each in Authenticator.objects.all()] == [new_one]
    assert pseudonymise_leavers(timezone.now() - timedelta(days=1)) == 0


def test_a_dry_run_removes_nothing(old: Any, capsys: Any) -> None:
    before = due_now(), AuditRow.objects.count()
    assert retention_command.main(["--dry-run"]) == 0
    said = capsys.readouterr().out
    assert (due_now(), AuditRow.objects.count()) == before
    assert "Nothing was removed." in said
    assert all(each.what in said for each in CLASSES.values())
    assert retention_command.main([]) == 0
    assert "removed. The audit has the counts." in capsys.readouterr().out


def test_control_what_is_not_closed_stays(old: Any) -> None:
    Record.objects.update(closed_at=None)
    forget_what_is_due()
    assert Record.objects.count() == 4


def test_one_that_others_need_stays_and_nothing_is_said_of_it(old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def needed(self: Any) -> None:
        raise ProtectedError("others need it", set())

    monkeypatch.setattr(Message, "delete", needed)
    assert forget_what_is_due()["closed-records"] == 0
    assert Record.objects.filter(title="Old message").exists()
    assert not AuditRow.objects.filter(verb="forgot", thing="closed-records").exists()


def test_a_class_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered already"):
        register_class(CLASSES["audit"])


def test_letters_in_files_go_after_a_month(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.log").touch()
    assert list(letters(timezone.now() - timedelta(days=30))) == []
    assert CLASSES["letters"].due(timezone.now() + timedelta(days=1)) == 1
    assert CLASSES["letters"].forget(timezone.now() + timedelta(days=1)) == 1
    assert list((tmp_path / "letters").iterdir()) == []


def test_the_guide_shows_the_classes() -> None:
    assert as_table() in (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8"), as_table()


def test_every_room_with_tables_says_how_long_it_keeps_them() -> None:
    """Records are commons' own class; whatever a room has beside them it must speak of."""
    silent = []
    for room in apps.get_app_configs():
        beside = [each for each in room.get_models() if not issubclass(each, Record)]
        if room.name.startswith("trustwide.rooms.") and beside and not (Path(room.path) / "retention.py").exists():
            silent.append(room.label)
    assert silent == []
