"""Places in a file: what comes out goes in again, all of it or nothing, and what is wrong is told."""

from __future__ import annotations

import io
import re
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import make_organisation, make_person, make_team
from trustwide.engines.sheets import write_csv, write_xlsx
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places import actions, place_sheet
from trustwide.rooms.places.models import Place

HEAD = "address,level,name,under,kind,ods_code,opened,closed\n"
NAMES = st.one_of(
    st.text(min_size=1, max_size=30), st.sampled_from(["=1+1", "'=1", "#a", "A › B", "A", "B", "12", "-"])
)
NAMES = NAMES.filter(lambda text: text.strip() and text.isprintable())


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


def plan_shown(page: str) -> str:
    """The mark of what a page showed, as its button sends it."""
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def planned(trust: Place, text: str | bytes) -> place_sheet.PlacesPlan:
    content = text if isinstance(text, bytes) else text.encode()
    plan = place_sheet.plan_of(None, trust, content, "places.csv")
    place_sheet.carry_out(by=None, organisation=trust, plan=plan, dry=True)
    return plan


@settings(
    max_examples=max(40, settings.default.max_examples // 10),  # each makes a sheet and reads it back
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=st.lists(st.tuples(NAMES, st.booleans()), max_size=6))
def test_what_comes_out_changes_nothing(trust: Place, names: list[tuple[str, bool]]) -> None:
    with transaction.atomic():
        above = trust
        for name, deeper in names:
            level = {"organisation": "directorate", "directorate": "service"}.get(above.level, "team")
            place = Place(id=uuid7(), level=level, name=name.strip(), parent=above, opened_on=today())
            actions.add_places(by=None, organisation=trust, places=[place])  # one name may stand there twice
            above = place if deeper and level != "team" else above
        table = place_sheet.table_of(trust)
        for content in (write_csv(table).encode(), write_xlsx(table)):
            plan = planned(trust, content)
            assert (plan.words, plan.problems) == ([], [])
        transaction.set_rollback(True)


def test_a_merged_place_comes_out_and_changes_nothing(trust: Place) -> None:
    seven, eight = make_team(trust, "Ward 7"), make_team(trust, "Ward 8")
    actions.merge_places(by=None, place=seven, into=eight)
    table = place_sheet.table_of(trust)
    assert ["ward-7", "St Bride's › Ward 8"] in [[row[0], row[3]] for row in table]
    plan = planned(trust, write_csv(table).encode())
    assert (plan.words, plan.problems) == ([], [])


def test_a_file_refuses_a_name_that_stands_there(trust: Place) -> None:
    make_team(trust, "Ward 7")
    make_team(trust, "Ward 8")
    plan = planned(trust, HEAD + "ward-7,team,Ward 8,St Bride's,clinical,,,\n")
    assert ["There is a place of this name here already" in each.cure for each in plan.problems] == [True]


def test_a_file_is_looked_at_then_used_once(trust: Place, client: Client) -> None:
    client.force_login(make_person("Ada", "administrator", trust))
    make_team(trust, "Ward 7")
    text = (
        HEAD
        + "ward-7,team,Willow,St Bride's › Medicine,clinical,,2020-01-01,\n"
        + ",team,Ward 8,St Bride's › Medicine,clinical,,,\n"
        + ",directorate,Medicine,St Bride's,,,,\n"
    )
    look = client.post("/st-brides/places/import/", {"file": SimpleUploadedFile("a.csv", text.encode())})["Location"]
    page = client.get(look).text
    assert "Rename Ward 7 to Willow" in page
    assert "Move Willow to Medicine" in page
    assert Place.objects.count() == 2
    shown = plan_shown(page)
    answers = [client.post(look, {"shown": shown}).status_code for _ in range(2)]
    assert answers == [302, 404]
    assert Place.objects.get(name="Willow").parent.name == "Medicine"
    assert AuditRow.objects.filter(verb="opened", kind="places.place").exclude(by=None).count() == 2


def test_problems_name_row_column_and_cure(trust: Place) -> None:
    make_team(trust, "Ward 7")
    text = (
        HEAD + ",ward,A,St Bride's,,,,\n,team,B,Nowhere,,,,\nno-such,team,C,,,,,\nward-7,team,Ward 7,St Bride's,,,,x\n"
    )
    plan = planned(trust, text)
    assert [(each.row, each.column) for each in plan.problems] == [
        (2, "level"),
        (3, "under"),
        (4, "address"),
        (5, "closed"),
    ]
    assert all(each.cure for each in plan.problems)


def test_an_error_of_the_spreadsheet_changes_nothing(trust: Place) -> None:
    ward = make_team(trust, "Ward 7")
    actions.describe_place(by=None, place=ward, kind="clinical", ods_code="RX1")
    book = openpyxl.Workbook()
    for row in (HEAD.strip().split(","), ["ward-7", "team", "Ward 7", "St Bride's", "clinical", "#REF!", None, None]):
        book.active.append(row)
    book.active["F2"].data_type = "e"
    book.save(out := io.BytesIO())
    plan = place_sheet.plan_of(None, trust, out.getvalue(), "a.xlsx")
    assert [(each.row, each.column, str(each.message)) for each in plan.problems] == [
        (2, "ods_code", "#REF! is an error of the spreadsheet.")
    ]


def test_one_refusal_stops_all(trust: Place) -> None:
    medicine = actions.add_place(by=None, level="directorate", name="Medicine", parent=trust)
    make_team(medicine, "Ward 7")
    text = HEAD + "medicine,directorate,Medicine,St Bride's,,,,2026-01-01\n,team,Ward 9,St Bride's,,,,\n"
    plan = place_sheet.plan_of(None, trust, text.encode(), "a.csv")
    place_sheet.carry_out(by=None, organisation=trust, plan=plan)
    assert [each.row for each in plan.problems] == [2]
    assert not Place.objects.filter(name="Ward 9").exists()


def test_five_thousand_rows_are_fast(trust: Place) -> None:
    text = HEAD + "".join(f",team,Team {number},St Bride's,clinical,,,\n" for number in range(5_000))
    started = time.monotonic()
    with CaptureQueriesContext(connection) as seen:
        plan = place_sheet.plan_of(None, trust, text.encode(), "a.csv")
        place_sheet.carry_out(by=None, organisation=trust, plan=plan)
    print(f"5,000 rows: {time.monotonic() - started:.1f} s, {len(seen)} queries")
    assert plan.problems == []
    assert Place.objects.count() == 5_001
    assert len(seen) < 200  # SQLite takes some eighty rows a statement
