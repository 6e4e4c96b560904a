"""Small files, small functions, honest names, and no view that goes round its gatekeeper."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.seen_once  # no database

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "trustwide"
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE = 40, 400, 120
README_LINES = range(8, 16)
NAMES_OF_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "base", "misc", "common"}
ROUND_THE_GATE = {"objects", "_default_manager", "_base_manager", "raw", "extra", "cursor", "execute"}
ROUND_THE_GATE_NAMES = {"get_object_or_404", "get_list_or_404", "RawSQL", "connection", "connections"}


def python_files() -> list[Path]:
    files = [
        *SOURCE.rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "bench").rglob("*.py"),
        *(ROOT / "setup").rglob("*.py"),
        ROOT / "conftest.py",
    ]
    return [file for file in files if "migrations" not in file.parts]


def template_files() -> list[Path]:
    return [file for kind in ("*.jinja", "*.html", "*.typ") for file in SOURCE.rglob(kind)]


def rooms() -> list[Path]:
    return [folder for folder in (SOURCE / "rooms").iterdir() if (folder / "__init__.py").exists()]


def functions(source: str) -> list[tuple[str, int]]:
    """Each function's name and its lines, decorators aside."""
    found = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(each.name, (each.end_lineno or each.lineno) - each.lineno + 1) for each in found]


def round_the_gate(source: str) -> list[str]:
    """Where a view reads or writes by itself: managers, shortcuts and raw SQL."""
    found = []
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.Attribute) and each.attr in ROUND_THE_GATE:
            found.append(f"line {each.lineno}: .{each.attr}")
        names = [alias.name for alias in each.names] if isinstance(each, ast.ImportFrom) else []
        names += [each.id] if isinstance(each, ast.Name) else []
        found += [f"line {each.lineno}: {name}" for name in names if name in ROUND_THE_GATE_NAMES]  # type: ignore[attr-defined]
    return found


def tell(kind: str, sizes: dict[str, int], limit: int) -> dict[str, int]:
    """Print the ten largest and give back those over the limit."""
    largest = sorted(sizes.items(), key=lambda each: -each[1])
    print(f"{len(sizes)} {kind}, at most {limit} lines each; the ten largest:")
    for name, lines in largest[:10]:
        print(f"  {lines:4} {name}")
    assert sizes
    return {name: lines for name, lines in largest if lines > limit}


def lines_of(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    sizes = {
        f"{file.relative_to(ROOT)}:{name}": lines
        for file in python_files()
        for name, lines in functions(file.read_text(encoding="utf-8"))
    }
    assert tell("functions", sizes, LONGEST_FUNCTION) == {}


def test_files_are_short() -> None:
    sizes = {str(file.relative_to(ROOT)): lines_of(file) for file in python_files()}
    assert tell("files", sizes, LONGEST_FILE) == {}


def test_templates_are_short() -> None:
    sizes = {str(file.relative_to(ROOT)): lines_of(file) for file in template_files()}
    assert tell("templates", sizes, LONGEST_TEMPLATE) == {}


def test_control_long_ones_are_seen() -> None:
    assert functions("@wrap\ndef long():\n" + "    go()\n" * 50) == [("long", 51)]
    assert tell("files", {"a": 401, "b": 400}, 400) == {"a": 401}


def test_modules_have_names_that_say_something() -> None:
    names = {part for file in python_files() for part in (*file.relative_to(ROOT).parts[:-1], file.stem)}
    print(f"{len(names)} names of modules and folders")
    assert "views" in names
    assert names & NAMES_OF_NOTHING == set()


def test_views_read_and_write_through_the_gate() -> None:
    views = [file for file in SOURCE.rglob("views*") if file.suffix == ".py"]
    views += [file for folder in SOURCE.rglob("views") for file in folder.rglob("*.py")]
    print(f"{len(views)} files of views")
    assert views
    assert {str(file): found for file in views if (found := round_the_gate(file.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "Ward.objects.get(pk=1)",
        "Ward._default_manager.all()",
        "from django.shortcuts import get_object_or_404",
        "shortcuts.get_object_or_404(Ward)\nget_object_or_404(Ward)",
        "wards().raw('select 1')",
        "from django.db import connection",
    ],
)
def test_control_a_view_round_the_gate_is_seen(source: str) -> None:
    assert round_the_gate(source)
    assert round_the_gate("def page(request):\n    return render(request, 'x', {'wards': queries.wards()})") == []


def test_each_room_says_what_it_is_for() -> None:
    told = {room.name: lines_of(room / "README.md") if (room / "README.md").exists() else 0 for room in rooms()}
    print(f"{len(told)} rooms: {told}")
    assert told
    assert {name: lines for name, lines in told.items() if lines not in README_LINES} == {}


def uncommented(text: str) -> list[str]:
    """The dependencies of a project file whose line, or the line above, has no comment that says why."""
    project = tomllib.loads(text)
    groups = [project["project"]["dependencies"], *project["project"].get("optional-dependencies", {}).values()]
    groups += [*project.get("dependency-groups", {}).values(), project["build-system"]["requires"]]
    wanted = {name for group in groups for name in group if isinstance(name, str)}
    lines = text.splitlines()
    missing = []
    for place, line in enumerate(lines):
        names = set(re.findall(r'"([^"]+)"', line.partition("#")[0])) & wanted
        if names and "#" not in line and not lines[place - 1].lstrip().startswith("#"):
            missing += sorted(names)
    return missing


def test_each_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    print(f"{len(tomllib.loads(text)['project']['dependencies'])} dependencies at run time, fewer than 25")
    assert len(tomllib.loads(text)["project"]["dependencies"]) < 25
    assert uncommented(text) == []


def test_control_an_uncommented_dependency_is_seen() -> None:
    text = '[build-system]\n# builds\nrequires = ["a"]\n[project]\ndependencies = [\n  "b",  # why\n  "c",\n]\n'
    assert uncommented(text) == ["c"]
