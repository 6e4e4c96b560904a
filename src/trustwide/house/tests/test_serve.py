"""The server's start: a port that is taken is said with a cure."""

from __future__ import annotations

import socket

import pytest

from trustwide.house import command_line, serve
from trustwide.house.wsgi import application


def test_a_port_that_is_taken_is_refused_with_a_cure(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port), "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} cannot be used" in said
    assert f"--port {port + 1}" in said


@pytest.mark.parametrize("port", ["65535", "65536"])
def test_another_port_is_one_that_there_is(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, serve.LAST_PORT))
        taken.listen()
        assert serve.main(["--port", port, "--no-browser"]) == 1
    assert "--port 8001" in capsys.readouterr().err


def test_the_server_answers_to_this_machine_alone() -> None:
    assert serve.HOST == "127.0.0.1"


@pytest.mark.django_db
def test_the_first_page_is_made_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("trustwide.rooms.measures.comparison_page.page_for", asked.append)
    serve._warm(application)
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_first_page_that_fails_does_not_stop_the_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_asked: object) -> None:
        raise RuntimeError("made to fail by a test")

    monkeypatch.setattr("trustwide.rooms.measures.comparison_page.page_for", fail)
    serve._warm(application)
    assert "made to fail by a test" in caplog.text


@pytest.mark.parametrize(("words", "code"), [([], 2), (["sing"], 2), (["--help"], 0)])
def test_the_command_lists_what_it_can_do(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(words) == code
    said = capsys.readouterr().err
    assert all(name in said for name in command_line.COMMANDS)
