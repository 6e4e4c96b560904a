"""What the README and its neighbours say can be typed and followed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples() -> list[tuple[str, str]]:
    """The README's commands and what it says they print."""
    found = re.findall(r"^    \$ \.venv/bin/trustwide (.*)\n((?:    (?!\$).*\n)*)", PAGES[0].read_text(), re.MULTILINE)
    return [(command, re.sub(r"^    ", "", said, flags=re.MULTILINE)) for command, said in found]


def broken_links(page: Path, text: str) -> list[str]:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    return [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize(("command", "said"), examples(), ids=lambda text: text[:12])
def test_examples_print_what_the_readme_says(command: str, said: str, tmp_path: Path) -> None:
    words = [str(ROOT / word) if word.startswith("docs/") else word for word in shlex.split(command)]
    program = [sys.executable, "-m", "trustwide.house.command_line", *words]
    done = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if said:
        assert done.stdout.strip() == said.strip()
    else:
        assert any(tmp_path.iterdir()), "it should have made a file"


def test_the_readme_has_both_examples() -> None:
    assert [command.split()[0] for command, _ in examples()] == ["spc", "report"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text(encoding="utf-8")) == []


def test_control_a_link_to_nothing_is_seen() -> None:
    assert broken_links(PAGES[0], "[x](docs/nothing.md) [y](README.md)") == ["docs/nothing.md"]


def test_files_that_contributing_names_are_there() -> None:
    named = re.findall(r"`((?:engines|rooms)/[\w/]+\.py|(?:src|tests|docs|setup)/[\w/.]+)`", PAGES[1].read_text())
    there = [(ROOT / name).exists() or (ROOT / "src" / "trustwide" / name).exists() for name in named]
    coming = {"tests/journeys"}
    assert len(named) > 8
    assert [name for name, is_there in zip(named, there, strict=True) if not is_there and name not in coming] == []
