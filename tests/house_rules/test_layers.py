"""Imports go one way. `./test` runs the contracts; here they are shown to catch what they are for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.seen_once  # no database

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "src" / "trustwide" / "rooms"
TYPED = shutil.ignore_patterns("tests", "static", "data", "__pycache__", "migrations")
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code in a place of its own, where it may be spoilt."""
    place = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src" / "trustwide", place / "trustwide", ignore=TYPED)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    """Hold a copy against the contracts of its pyproject.toml."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(place)}
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


def contracts() -> list[dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_every_room_has_its_layer() -> None:
    layers = {name for contract in contracts() for name in contract.get("layers", [])}  # type: ignore[attr-defined]
    rooms = {f"trustwide.rooms.{folder.name}" for folder in ROOMS.iterdir() if (folder / "__init__.py").exists()}
    print(f"{len(rooms)} rooms in {len(layers)} layers")
    assert rooms
    assert rooms - layers == set()


def test_the_code_keeps_its_layers(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert f"Contracts: {len(contracts())} kept, 0 broken." in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("engines/spc/words.py", "import django.utils.timezone"),
        ("engines/spc/words.py", "from trustwide.rooms.measures import queries"),
        ("rooms/people/ids.py", "from trustwide.rooms.measures import models"),
        ("rooms/measures/forms.py", "from trustwide.house import settings"),
        ("design/pictures.py", "def late():\n    from trustwide.rooms.people import models"),
    ],
)
def test_control_an_import_against_the_stream_is_seen(module: str, line: str, copy: Path) -> None:
    file = copy / "trustwide" / module
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        done = lint(copy)
    finally:
        file.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout
