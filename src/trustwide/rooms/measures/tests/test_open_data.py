"""The open data that ships: whole, and every name belongs to a code that is in it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
#: Two services of one provider, which the source gives one name.
SHARED_NAMES = {"Dr Local Care Direct OOH": 2}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_attendances_are_whole() -> None:
    attendances = rows("ae_attendances.csv")
    assert len(attendances) == 12_765
    assert list(attendances[0]) == ["org_code", "type", "period", "attendances", "breaches", "admissions"]
    assert min(row["period"] for row in attendances) == "2016-04-01"
    assert max(row["period"] for row in attendances) == "2019-03-01"


def test_every_name_belongs_to_a_code_in_the_attendances() -> None:
    codes = [row["org_code"] for row in rows("organisations.csv")]
    assert codes == sorted(set(codes))
    reporting = {row["org_code"] for row in rows("ae_attendances.csv")}
    assert set(codes) <= reporting
    assert len(reporting - set(codes)) == 12


def test_names_are_filled_in_and_tell_organisations_apart() -> None:
    names = [row["name"] for row in rows("organisations.csv")]
    assert all(name and name == " ".join(name.split()) for name in names)
    assert not [name for name in names if name.isupper()]
    assert {name: count for name, count in Counter(names).items() if count > 1} == SHARED_NAMES


def test_every_major_department_has_a_name() -> None:
    major = {row["org_code"] for row in rows("ae_attendances.csv") if row["type"] == "1"}
    assert major <= {row["org_code"] for row in rows("organisations.csv")}


def test_a_name_stands_beside_its_own_code() -> None:
    names = {row["org_code"]: row["name"] for row in rows("organisations.csv")}
    assert names["RJ1"] == "Guy's and St Thomas' NHS Foundation Trust"
    assert names["RRK"] == "University Hospitals Birmingham NHS Foundation Trust"
    assert names["RW3"] == "Central Manchester University Hospitals NHS Foundation Trust"
