"""`trustwide check-document`, as a person or a program runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from trustwide.engines.matching.command import main

VALUES = (
    "value,behaviour\nKind,We treat every person with warmth\nKind,We comfort people\nOpen,We say when it went wrong\n"
)


@pytest.fixture
def values(tmp_path: Path) -> str:
    (tmp_path / "values.csv").write_text(VALUES, encoding="utf-8")
    return str(tmp_path / "values.csv")


def run(tmp_path: Path, values: str, content: bytes, *options: str) -> int:
    file = tmp_path / "text.txt"
    file.write_bytes(content)
    return main([str(file), "--values", values, *options])


def test_passages_of_each_value(tmp_path: Path, values: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    kind, improving = "You will comfort people who are frightened.", "You will take part in improvement projects."
    text = f"Car parking is charged.\n\n{kind} {improving}\n"
    assert run(tmp_path, values, text.encode(), "--format", "json") == 0
    made = json.loads(capfdbinary.readouterr().out)
    assert [each["value"] for each in made["values"]] == ["Kind"]
    (passage,) = made["values"][0]["passages"]
    assert passage == {"text": "You will comfort people who are frightened.", "start": 25, "end": 68}
    (support,) = made["support_for_improvement"]["passages"]
    assert text[support["start"] : support["end"]] == support["text"] == "You will take part in improvement projects."


def test_nothing_found_has_both_keys(tmp_path: Path, values: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for content in (b"", b"The unit is open from 8 am to 8 pm.\n"):
        assert run(tmp_path, values, content, "--format", "json") == 0
        assert json.loads(capfdbinary.readouterr().out) == {"values": [], "support_for_improvement": {"passages": []}}


def test_each_line_is_a_document(tmp_path: Path, values: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    content = b"Be kind to visitors.\r\n\nThis kind of pump is blue.\nStaff test their own ideas for improvement."
    assert run(tmp_path, values, content, "--lines", "--format", "json") == 0
    made = json.loads(capfdbinary.readouterr().out)
    assert [[each["value"] for each in one["values"]] for one in made] == [["Kind"], [], [], []]
    assert [len(one["support_for_improvement"]["passages"]) for one in made] == [0, 0, 0, 1]
    assert made[0]["values"][0]["passages"] == [{"text": "Be kind to visitors.", "start": 0, "end": 20}]
    assert run(tmp_path, values, b"", "--lines", "--format", "json") == 0
    assert json.loads(capfdbinary.readouterr().out) == []


def test_a_table_for_people(tmp_path: Path, values: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(tmp_path, values, b"Be kind to visitors.") == 0
    assert b"Kind: Be kind to visitors." in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,behaviour\nKind,x\n", "row 1: there is no column value"),
        ("value,value,behaviour\n", "row 1: there is more than one column value"),
        ("", "row 1: there is no column value"),
        ("value,behaviour\n", "has no values"),
        ("value,behaviour\nKind,x\n,We listen\n", "row 3, column value: it is empty"),
        ("value,behaviour\nKind,\n", "row 2, column behaviour: it is empty"),
        ("value,behaviour\nKind,We stop, look and listen\n", "row 2: there are more cells than columns"),
        ('value,behaviour\nKind,"We\n', "this is not CSV"),
        (f"value,behaviour\nKind,{'x' * 2000}\n", "row 2, column behaviour: longer than 1,000"),
        ("value,behaviour\n" + "".join(f"v{n},b\n" for n in range(40)), "row 32: more than 30 values"),
    ],
)
def test_a_bad_file_of_values_is_refused_by_row_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    (tmp_path / "bad.csv").write_text(content, encoding="utf-8")
    assert run(tmp_path, str(tmp_path / "bad.csv"), b"Text.") == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_what_cannot_be_read_is_refused(tmp_path: Path, values: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, values, b"\xff\xd8\xff\xe0 picture") == 2
    assert "holds a picture" in capsys.readouterr().err
    assert main([str(tmp_path / "none.docx"), "--values", values]) == 2
    assert "Check its name" in capsys.readouterr().err
    assert main([values, "--values", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
    (tmp_path / "latin.csv").write_bytes(b"value,behaviour\ncaf\xe9,x\n")
    assert main([values, "--values", str(tmp_path / "latin.csv")]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_it_reads_standard_input_and_needs_no_network(values: str) -> None:
    """In a process of its own, in which every socket is refused."""
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from trustwide.house.command_line import main\n"
        f"sys.exit(main(['check-document', '-', '--values', {values!r}, '--format', 'json']))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], input=b"You are kind to people.", capture_output=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(made.stdout)["values"][0]["value"] == "Kind"
