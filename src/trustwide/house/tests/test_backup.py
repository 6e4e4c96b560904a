"""A backup made while people write comes back whole, and a damaged one is refused before anything is touched."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as settings_in_use
from django.db import connection, connections

from tests.makers import make_message
from trustwide.engines.uploads import Accepted
from trustwide.house import archive, backup, restore
from trustwide.house.installation import database
from trustwide.house.tests.copies import RESTORE, bare, contents, different, restored
from trustwide.rooms.commons import files
from trustwide.rooms.commons.actions import attach_file, detach_file
from trustwide.rooms.commons.models import File, Record, Version
from trustwide.rooms.people.models import AuditRow

pytestmark = pytest.mark.both_databases  # each database is dumped in its own way

WRITERS = 3


def test_everything_comes_back(installation: Any, elsewhere: Path, tmp_path: Path) -> None:
    record = next(iter(installation.records.values()))
    attach_file(by=installation.people["administrator"], record=record, file=Accepted("a.csv", "text/csv", b"a,b"))
    before, file = contents(connection), tmp_path / "copy.tar"
    assert backup.main([str(file)]) == 0
    done = subprocess.run([*RESTORE, str(file), "--data", str(elsewhere)], env=bare(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Restored" in done.stdout
    after = restored(elsewhere)
    print(f"{len(before)} tables, {sum(count for count, _hash in before.values())} rows, 1 file")
    assert len(before) > 30
    assert different(before, after) == set()
    digest = File.objects.get().sha256
    assert (elsewhere / "files" / digest[:2] / digest).read_bytes() == b"a,b"
    assert (elsewhere / "secret-key").read_text() == settings_in_use.SECRET_KEY
    assert not [each for each in elsewhere.iterdir() if each.name.startswith(".")]


def test_control_one_changed_cell_is_seen(installation: Any, elsewhere: Path, tmp_path: Path) -> None:
    before, file = contents(connection), tmp_path / "copy.tar"
    assert backup.main([str(file)]) == 0
    restore.main([str(file), "--data", str(elsewhere)])
    with archive.connected(database(elsewhere)) as told, told.cursor() as cursor:
        cursor.execute(
            "UPDATE commons_record SET version = version + 1 WHERE title = (SELECT MIN(title) FROM commons_record)"
        )
    assert different(before, restored(elsewhere)) == {"commons_record"}


@pytest.mark.parametrize("kept", [True, False])
def test_a_file_that_comes_and_goes_while_the_database_is_copied_is_there(
    installation: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """The copy names it, since at its moment it stood there; the control keeps nothing back, and loses it."""
    record, by = next(iter(installation.records.values())), installation.people["administrator"]
    copy = backup._copy_database

    def meanwhile(*asked: Any) -> Any:
        brief = attach_file(by=by, record=record, file=Accepted("b.csv", "text/csv", b"brief"))
        told = copy(*asked)
        detach_file(by=by, record=record, file=File.objects.get(pk=brief))
        assert files.take_away({each.sha256 for each in File.objects.all()}, left_alone=0) == 1
        return told

    monkeypatch.setattr(backup, "_copy_database", meanwhile)
    if not kept:
        monkeypatch.setattr(files, "_keep_back", lambda _file: None)
    _manifest, lost = backup.make_backup(tmp_path / "copy.tar")
    assert lost == (set() if kept else {hashlib.sha256(b"brief").hexdigest()})
    assert list(settings_in_use.DATA.glob(".*")) == []


def write(trust: Any, number: int, told: list[int], stop: threading.Event) -> None:
    """Write messages with a file each, and take every second file away again, until it is time to stop."""
    try:
        while not stop.is_set():
            chief = trust.people["executive"]
            message = make_message(chief, trust.organisation, title=f"Message {number} {told[number]}")
            content = f"{number},{told[number]}".encode()
            attach_file(by=chief, record=message, file=Accepted("a.csv", "text/csv", content))
            if told[number] % 2:
                kept = File.objects.get(record=message)
                detach_file(by=chief, record=message, file=kept)
                files._take_away(files.where(kept.sha256), left_alone=0)
            told[number] += 1
    finally:
        connections.close_all()


def test_people_go_on_working_meanwhile(installation: Any, elsewhere: Path, tmp_path: Path) -> None:
    file, stop, told = tmp_path / "copy.tar", threading.Event(), [0] * WRITERS
    writers = [threading.Thread(target=write, args=(installation, each, told, stop)) for each in range(WRITERS)]
    for each in writers:
        each.start()
    try:
        while min(told) < 3 and any(each.is_alive() for each in writers):
            stop.wait(0.05)
        seen = sum(told)
        manifest, lost = backup.make_backup(file)
        meanwhile = sum(told) - seen
    finally:
        stop.set()
        for each in writers:
            each.join()
    assert restore.main([str(file), "--data", str(elsewhere)]) == 0
    counts = {name: count for name, (count, _hash) in restored(elsewhere).items()}
    messages = counts[Record._meta.db_table] - len(installation.records)
    print(f"{seen} messages before the backup, {meanwhile} while it was made, {messages} in it")
    assert seen >= 3 * WRITERS
    assert meanwhile > 0, "nobody wrote meanwhile: this test saw nothing"
    assert messages >= seen
    assert counts == manifest["rows"]
    assert counts[Record._meta.db_table] == counts[Version._meta.db_table]
    assert added(elsewhere) == counts[Record._meta.db_table]
    assert lost == set()
    assert sound_files(elsewhere) >= counts[File._meta.db_table] > 0


def added(folder: Path) -> int:
    with archive.connected(database(folder)) as told, told.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM {AuditRow._meta.db_table} "  # noqa: S608
            f"WHERE verb = 'added' AND thing IN (SELECT {text_of_id(told)} FROM commons_record)"
        )
        return int(cursor.fetchone()[0])


def text_of_id(told: Any) -> str:
    """A record's id as the audit writes it, with its dashes."""
    if told.vendor == "postgresql":
        return "id::text"
    return "substr(id,1,8)||'-'||substr(id,9,4)||'-'||substr(id,13,4)||'-'||substr(id,17,4)||'-'||substr(id,21)"


def sound_files(folder: Path) -> int:
    files = [each for each in (folder / "files").rglob("*") if each.is_file()]
    assert all(archive.sha256(each) == each.name for each in files)
    return len(files)


def test_a_key_that_is_not_the_backups_is_told(
    installation: Any, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    backup.make_backup(tmp_path / "copy.tar")
    monkeypatch.setenv("TRUSTWIDE_SECRET_KEY", "k" * 60)
    assert restore.main([str(tmp_path / "copy.tar"), "--data", str(elsewhere)]) == 0
    assert "TRUSTWIDE_SECRET_KEY is not the key of this backup" in capsys.readouterr().out


def test_a_file_that_was_lost_is_told(installation: Any, tmp_path: Path, settings: Any, capsys: Any) -> None:
    record = next(iter(installation.records.values()))
    attach_file(by=installation.people["administrator"], record=record, file=Accepted("a.csv", "text/csv", b"a,b"))
    shutil.rmtree(settings.DATA / "files")
    assert backup.main([str(tmp_path / "copy.tar")]) == 1
    assert File.objects.get().sha256 in capsys.readouterr().err


def test_what_is_there_is_not_overwritten(installation: Any, elsewhere: Path, tmp_path: Path, capsys: Any) -> None:
    file, words = tmp_path / "copy.tar", ["--data", str(elsewhere)]
    backup.make_backup(file)
    restore.main([str(file), *words])
    make_message(installation.people["executive"], installation.organisation)
    backup.make_backup(tmp_path / "later.tar")
    first = restored(elsewhere)
    with pytest.raises(SystemExit, match=r"holds data already\. Nothing was changed"):
        restore.main([str(tmp_path / "later.tar"), *words])
    assert different(first, restored(elsewhere)) == set()
    assert restore.main([str(tmp_path / "later.tar"), *words, "--replace"]) == 0
    assert different(contents(connection), restored(elsewhere)) == set()
    assert "are in" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        backup.main([str(file)])


def test_a_backup_of_the_other_database_is_refused(
    installation: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make_backup(tmp_path / "copy.tar")
    on_sqlite = connection.vendor == "sqlite"
    monkeypatch.setenv("TRUSTWIDE_DATABASE", "postgresql://sam@127.0.0.1:1/trust" if on_sqlite else "")
    with pytest.raises(SystemExit, match="Name the server|Unset" if not on_sqlite else "Unset TRUSTWIDE_DATABASE"):
        restore.main([str(tmp_path / "copy.tar"), "--data", str(tmp_path / "back")])
    assert list((tmp_path / "back").iterdir()) == []


Members = dict[str, bytes]


def altered(members: Members) -> None:
    members["secret-key"] += b"x"


def lacking(members: Members) -> None:
    del members["secret-key"]


def leading_out(members: Members) -> None:
    members["../outside"] = b"x"


def with_more(members: Members) -> None:
    members[f"files/ab/{'ab' * 32}"] = b"x"


def without_a_manifest(members: Members) -> None:
    members["manifest.json"] = json.dumps([]).encode()


def with_other_counts(members: Members) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["rows"]["commons_record"] += 1
    members["manifest.json"] = json.dumps(manifest).encode()


def with_a_damaged_database(members: Members) -> None:
    """Damaged before its hash was taken, so that only opening it tells."""
    manifest = json.loads(members["manifest.json"])
    name = next(each for each in members if each.startswith("database"))
    members[name] = members[name][: len(members[name]) // 2]
    manifest["sha256"][name] = hashlib.sha256(members[name]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()


#: Each kind of damage, and what is said of it.
CHANGES = {
    altered: "altered: secret-key",
    lacking: "missing or altered: secret-key",
    leading_out: "holds something else",
    with_more: "altered: files/ab",
    without_a_manifest: "cannot be read",
    with_other_counts: "is damaged|not those that it should have",
    with_a_damaged_database: "cannot be used|is damaged|could not do it",
}


def change_members(file: Path, other: Path, change: Callable[[Members], None]) -> Path:
    """A backup written again with its members changed."""
    with tarfile.open(file) as tar:
        members = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
    change(members)
    with tarfile.open(other, "w") as tar:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return other


def test_a_damaged_backup_is_refused(installation: Any, elsewhere: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.tar"
    backup.make_backup(file)
    whole = file.read_bytes()
    damaged = {change_members(file, tmp_path / f"{change.__name__}.tar", change): CHANGES[change] for change in CHANGES}
    for share in (0, 0.3, 0.6, 0.9):
        (cut := tmp_path / f"cut-{share}.tar").write_bytes(whole[: int(len(whole) * share)])
        damaged[cut] = "not a whole backup"
    for each, said in damaged.items():
        with pytest.raises(SystemExit, match=said):
            restore.main([str(each), "--data", str(elsewhere)])
        assert list(elsewhere.iterdir()) == [], each.name
        if os.environ.get("TRUSTWIDE_DATABASE"):
            assert restored(elsewhere) == {}, each.name
    print(f"{len(damaged)} damaged backups refused")
    assert not (tmp_path / "outside").exists()
    assert restore.main([str(file), "--data", str(elsewhere)]) == 0, "control: the whole one is taken"
