"""`trustwide words`, as a person or a program runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trustwide.engines.words.command import main


def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], content: bytes, *options: str) -> str:
    file = tmp_path / "text.txt"
    file.write_bytes(content)
    assert main([str(file), *options]) == 0
    return capfdbinary.readouterr().out.decode()


def test_each_line_has_its_result(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    made = json.loads(run(tmp_path, capfdbinary, b"We need an app\n\nKPI\r\n", "--lines", "--format", "json"))
    assert [[each["kind"] for each in one["findings"]] for one in made] == [["solution"], [], ["jargon"]]
    assert made[1] == {"reading_age": None, "findings": []}
    assert set(made[0]["findings"][0]) == {"kind", "identifier", "text", "start", "end", "say_instead"}


@pytest.mark.parametrize("content", ["\ufeffKPI é".encode(), "KPI é".encode("utf-16"), "KPI é".encode()])
def test_marks_of_encodings_are_read(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], content: bytes) -> None:
    made = json.loads(run(tmp_path, capfdbinary, content, "--format", "json"))
    assert [(each["text"], each["start"]) for each in made["findings"]] == [("KPI", 0)]


def test_a_table_for_people(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "solution" in run(tmp_path, capfdbinary, b"We need an app")


@pytest.mark.parametrize("options", [(), ("--lines",)])
def test_an_empty_file_is_no_mistake(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], options: tuple[str, ...]
) -> None:
    made = json.loads(run(tmp_path, capfdbinary, b"", "--format", "json", *options))
    assert made == ([] if options else {"reading_age": None, "findings": []})


def test_what_cannot_be_read_is_refused_with_the_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    assert main([str(tmp_path / "latin.txt")]) == 2
    assert "UTF-8" in capsys.readouterr().err
    assert main([str(tmp_path / "none.txt")]) == 2
    assert "Check its name" in capsys.readouterr().err
