"""A scanner is asked as clamd is, and its silence is never taken for a yes."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.virus_scanner import NAME, VIRUS, virus_scanner
from trustwide.engines.uploads import NotScanned, virus_in

PARTS = [b"a" * 70_000, b"", b"the end"]


@pytest.mark.parametrize("by_path", [False, True], ids=["host and port", "path"])
def test_what_is_in_a_file_is_told_by_its_name(by_path: bool, tmp_path: Path) -> None:
    with virus_scanner(tmp_path if by_path else None) as scanner:
        assert virus_in(PARTS, scanner.address) == ""
        assert virus_in([*PARTS, VIRUS], scanner.address) == NAME
        assert virus_in([VIRUS[:5], VIRUS[5:]], scanner.address) == NAME  # whole, though it came in two parts
        assert scanner.seen == [b"".join(PARTS), b"".join(PARTS) + VIRUS, VIRUS]


@pytest.mark.parametrize(
    "says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"UNKNOWN COMMAND\0", b"OK"]
)
def test_any_other_answer_is_none(says: bytes) -> None:
    with virus_scanner() as scanner:
        scanner.says = says
        with pytest.raises(NotScanned, match="did not look at the file"):
            virus_in(PARTS, scanner.address)


def test_a_scanner_that_is_away_is_told(tmp_path: Path) -> None:
    for nowhere in ("127.0.0.1:1", str(tmp_path / "none.ctl"), "no port"):
        with pytest.raises(NotScanned, match="cannot be reached"):
            virus_in(PARTS, nowhere)


def test_a_scanner_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotScanned, match="Timeout"):
        virus_in(PARTS, f"127.0.0.1:{silent.getsockname()[1]}", seconds=0.1)
