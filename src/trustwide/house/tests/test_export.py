"""The export of one organisation holds all of it, nothing of another's, and no cell that could run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction
from django.test import override_settings

from tests.house_rules.trusts import Trust, make_trust
from tests.makers import make_group, make_person
from trustwide.engines.archives import look_into
from trustwide.engines.sheets import safe_cell
from trustwide.house import export_command, export_organisation
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Comment
from trustwide.rooms.gains.models import Answers, Gain
from trustwide.rooms.measures.models import Measure, Observation
from trustwide.rooms.people.acts import record_act
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places.models import RoleHeld

OTHER, RUNS = "zq7other", "=1+1"


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[Trust, Trust]]:
    """Made once for all tests of this file, each of which takes back what it did."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(DATA=folder), transaction.atomic():
        group = make_group()
        yield make_trust("St Bride's", group), make_trust("Elsewhere", group, word=OTHER)
        transaction.set_rollback(True)


@pytest.fixture
def trusts(made: tuple[Trust, Trust], db: None) -> tuple[Trust, Trust]:
    return deepcopy(made)


def exported(slug: str, folder: Path) -> zipfile.ZipFile:
    assert export_command.main([slug, str(folder / f"{slug}.zip")]) == 0
    return zipfile.ZipFile(folder / f"{slug}.zip")


def table(opened: zipfile.ZipFile, label: str) -> list[dict[str, Any]]:
    return json.loads(opened.read(f"tables/{label}.json"))


def labels(opened: zipfile.ZipFile) -> list[str]:
    return [Path(name).stem for name in opened.namelist() if name.endswith(".json") and "/" in name]


def ids_of(kind: Kind, trust: Trust) -> set[str]:
    return {str(each) for each in kind.model.objects.filter(organisation=trust.place).values_list("pk", flat=True)}


def test_everything_of_it_is_there(trusts: tuple[Trust, Trust], tmp_path: Path, capsys: Any) -> None:
    ours, _other = trusts
    with exported("st-brides", tmp_path) as opened:
        rows = json.loads(opened.read("contents.json"))["rows"]
        for kind in KINDS.values():
            titles = {row["id"]: row["title"] for row in table(opened, kind.key)}
            record = ours.records[kind.address]
            assert titles[str(record.pk)] == record.title
            assert set(titles) == ids_of(kind, ours), "rooms add more of some kinds"
        assert len(table(opened, "measures.observation")) == 12
        assert {row["id"] for row in table(opened, "places.place")} == {str(ours.place.pk), str(ours.ward.pk)}
        assert {each.email for each in ours.people.values()} <= {row["email"] for row in table(opened, "people.person")}
        kept = [name for name in opened.namelist() if name.startswith("files/")]
        assert sorted(opened.read(name) for name in kept) == [b"a,"] * len(KINDS)
        assert len(table(opened, "people.auditrow")) == AuditRow.objects.filter(organisation=ours.place.pk).count()
    print(f"{len(rows)} tables, {sum(rows.values())} rows, {len(kept)} files")
    assert len(rows) > 20
    assert AuditRow.objects.filter(verb="exported", thing=str(ours.place.pk)).count() == 1
    assert "Keep it safe: it names people" in capsys.readouterr().out
    assert (tmp_path / "st-brides.zip").stat().st_mode & 0o077 == 0


def words_in(opened: zipfile.ZipFile) -> str:
    return "\n".join(f"{name} {opened.read(name).decode()}" for name in opened.namelist())


def test_nothing_of_another_is_there(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    with exported("st-brides", tmp_path) as opened:
        assert OTHER not in words_in(opened)


def test_control_the_others_words_are_in_its_own(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    with exported(trusts[1].place.slug, tmp_path) as opened:
        assert words_in(opened).count(OTHER) > 20


def test_no_secret_is_there(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    trusts[0].everyone.set_password("zq7 a password of theirs")
    trusts[0].everyone.save()
    with exported("st-brides", tmp_path) as opened:
        assert trusts[0].everyone.password not in words_in(opened)
        columns = {name for label in labels(opened) for row in table(opened, label)[:1] for name in row}
    assert len(columns) > 50
    assert not [name for name in columns if "password" in name or "sealed" in name or name.endswith("_hash")]


def test_whose_the_ten_answers_are_is_not_told(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    ours, _other = trusts
    gain, people = Gain.objects.filter(organisation=ours.place)[0], list(ours.people.values())[:6]
    Answers.objects.all().delete()
    for number, each in enumerate([*people, *people[:2]]):
        months = 3 if number < len(people) else 6
        kept = Answers.objects.create(by=each, gain=gain, months=months, given=[number % 4] * 10)
        record_act(by=each, verb="answered-ten", thing=kept, organisation=ours.place.pk, related=gain.pk)
    with exported("st-brides", tmp_path) as opened:
        rows = table(opened, "gains.answers")
        acts = [row for row in table(opened, "people.auditrow") if row["verb"] == "answered-ten"]
        assert {each for row in rows for each in row} == {"gain_id", "months", "given"}
        assert sorted(row["given"][0] for row in rows) == [0, 0, 1, 1, 2, 3], "of two nobody is told: they are guessed"
    assert len(acts) >= len(people), "that they answered is told"


def test_answers_stand_in_no_order_of_time(trusts: tuple[Trust, Trust]) -> None:
    assert export_organisation.rows_of(Answers, trusts[0].place).query.order_by == ("?",)
    assert export_organisation.rows_of(Gain, trusts[0].place).query.order_by == ("pk",), "control"


def test_of_who_never_worked_there_the_name_alone_is_told(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    ours, _other = trusts
    guest, left = make_person("Otto Elsewhere"), make_person("Lea Left", "staff", ours.ward)
    for each in (guest, left):
        Comment.objects.create(record_id=ours.records["gains"].pk, by=each, text="Well done")
    RoleHeld.objects.filter(person=left).update(starts=today() - timedelta(days=9), ends=today() - timedelta(days=8))
    with exported("st-brides", tmp_path) as opened:
        rows = {row["name"]: row for row in table(opened, "people.person")}
        assert guest.email not in words_in(opened)
    assert {name for name, value in rows["Otto Elsewhere"].items() if value is not None} == {"id", "name"}
    assert rows["Lea Left"]["email"] == left.email, "control"


def test_no_cell_can_run(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    Measure.objects.update(why=RUNS)
    with exported("st-brides", tmp_path) as opened:
        sheets = [name for name in opened.namelist() if name.endswith(".csv")]
        cells = [cell for name in sheets for cell in cells_of(opened.read(name).decode("utf-8-sig"))]
        assert table(opened, "measures.measure")[0]["why"] == RUNS, "a program reads what was typed"
    print(f"{len(cells)} cells of {len(sheets)} sheets")
    assert f"'{RUNS}" in cells, "control: one of them would have run"
    assert [cell for cell in cells if safe_cell(cell) != cell] == []


def cells_of(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_the_file_can_be_opened_with_care(trusts: tuple[Trust, Trust], tmp_path: Path) -> None:
    exported("st-brides", tmp_path).close()
    with (tmp_path / "st-brides.zip").open("rb") as opened:
        assert "contents.json" in look_into(opened, most_unpacked=10_000_000).names


def test_every_table_of_every_room_is_in_or_left_out_on_purpose() -> None:
    nowhere = [model._meta.label for model in export_organisation.tables() if not is_found(model)]
    print(f"{len(export_organisation.tables())} tables in, {len(export_organisation.LEFT_OUT)} left out")
    assert nowhere == [], "name an organisation in the table, or say in LEFT_OUT why it is not exported"
    assert Observation in export_organisation.tables()


def is_found(model: type[models.Model]) -> bool:
    return bool(export_organisation.way_to_organisation(model))


def test_control_a_table_of_nobody_is_seen() -> None:
    assert not all(map(is_found, export_organisation.LEFT_OUT))


def test_an_organisation_that_is_not_there_is_said(db: None, tmp_path: Path, capsys: Any) -> None:
    assert export_command.main(["nowhere", str(tmp_path / "a.zip")]) == 1
    assert "no organisation called 'nowhere'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
