"""The report and spc commands, as people type them: exit codes, every problem told, each form of output."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as parquet
import pypdf
import pytest

from tests.makers import SPREADSHEET
from trustwide.engines.spc import command as spc
from trustwide.rooms.measures import report_command as report

GOOD = SPREADSHEET.replace("measure,", "series,", 1)
BAD = "series,date,value\nFalls,01/04/2018,12\nFalls,32/05/2018,9\nFalls,01/06/2018,lots\nWaits,01/04/2018,3\n"
COMMANDS = pytest.mark.parametrize("main", [spc.main, report.main], ids=["spc", "report"])
Main = Callable[[list[str]], int]


@pytest.fixture
def good(tmp_path: Path) -> str:
    (tmp_path / "Board_measures.csv").write_text(GOOD)
    return str(tmp_path / "Board_measures.csv")


@pytest.fixture
def bad(tmp_path: Path) -> str:
    (tmp_path / "bad.csv").write_text(BAD)
    return str(tmp_path / "bad.csv")


@COMMANDS
def test_a_good_file_is_done_without_a_word_of_complaint(
    main: Main, good: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([good]) == 0
    out, err = capfdbinary.readouterr()
    assert b"Falls" in out
    assert not err


@COMMANDS
def test_every_problem_is_told_and_nothing_written(
    main: Main, bad: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.html"
    assert main([bad, "--out", str(out)]) == 2
    said = capfd.readouterr()
    errors = [line for line in said.err.splitlines() if line.startswith("error: ")]
    assert [line.partition(":")[2].partition(":")[0].strip() for line in errors] == [
        "row 3, column date",
        "row 4, column value",
    ]
    assert "Traceback" not in said.err
    assert not said.out
    assert not out.exists()


@COMMANDS
def test_keep_going_leaves_out_what_is_wrong_and_says_so(
    main: Main, bad: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([bad, "--keep-going"]) == 0
    said = capfd.readouterr()
    assert "Waits" in said.out
    assert "Falls" not in said.out
    assert said.err.count("error: row") == 2


@COMMANDS
def test_a_file_comes_by_standard_input(
    main: Main, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))
    assert main(["-"]) == 0
    assert "Falls" in capfd.readouterr().out


@COMMANDS
@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_is_not_there_is_refused(
    main: Main, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / name)]) == 2
    assert capfd.readouterr().err.startswith("error: ")


@COMMANDS
def test_output_into_a_missing_folder_is_refused_with_a_cure(
    main: Main, good: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([good, "--out", str(tmp_path / "missing" / "out.html")]) == 2
    assert "could not be written" in capfd.readouterr().err


@COMMANDS
def test_a_setting_that_cannot_be_is_refused(main: Main, good: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([good, "--target", "lots"]) == 2
    assert "target" in capfd.readouterr().err


def test_each_form_of_output_of_spc_holds_every_point(good: str, tmp_path: Path) -> None:
    made = {}
    for form in ("json", "csv", "parquet", "svg", "html", "table"):
        out = tmp_path / f"out.{form}"
        assert spc.main([good, "--format", form, "--out", str(out)]) == 0
        made[form] = out
    assert len(json.loads(made["json"].read_text())["series"][0]["points"]) == 24
    assert len(made["csv"].read_text().splitlines()) == 25
    assert parquet.read_table(made["parquet"]).num_rows == 24
    assert made["svg"].read_text().lstrip().startswith("<svg")
    assert "<table" in made["html"].read_text()
    assert "Falls" in made["table"].read_text()


def test_a_report_is_a_pdf_by_its_ending_or_by_word(good: str, tmp_path: Path) -> None:
    by_ending, by_word = tmp_path / "board.pdf", tmp_path / "board"
    assert report.main([good, "--out", str(by_ending)]) == 0
    assert report.main([good, "--format", "pdf", "--title", "March", "--out", str(by_word)]) == 0
    titles = [metadata.title for path in (by_ending, by_word) if (metadata := pypdf.PdfReader(path).metadata)]
    assert titles == ["Board measures", "March"]


def test_a_report_page_stands_alone(good: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert report.main([good]) == 0
    page = capfd.readouterr().out
    assert "<title>Board measures</title>" in page
    assert "<style>" in page
    assert "What to ask:" in page
    assert not [word for word in ("<script", "<link", "src=", "@import", "url(http") if word in page]
