"""No check of the wall is there for show: without any single one of them, a test fails."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house_rules.wall import SOURCE, Removal, removals
from tests.migrated import GIVEN, kept_file

pytestmark = pytest.mark.seen_once  # a check is in the code, not in the database

ROOT = SOURCE.parents[1]
ROOMS = "src/trustwide/rooms"
#: The tests that are quick and hold the wall; the first that fails ends the run.
QUICK = (
    f"{ROOMS}/places/tests", f"{ROOMS}/commons/tests", f"{ROOMS}/measures/tests/test_measures.py",
    "tests/house_rules/test_refusals.py", "tests/house_rules/test_revocation.py",
)  # fmt: skip
#: The tests of what those do not reach, by the beginning of the file's path.
OTHERS = {
    "demo/": ("src/trustwide/demo/tests",),
    "rooms/measures/views.py": ("tests/house_rules/test_urls.py",),
    "rooms/devices/": (f"{ROOMS}/devices/tests",),
    "rooms/boards/": (f"{ROOMS}/boards/tests",),
    "rooms/purpose/": ("src/trustwide/rooms/purpose/tests",),
    "rooms/jobs/": (f"{ROOMS}/jobs/tests",),
    "rooms/notices/": (f"{ROOMS}/notices/tests",),
    "rooms/people/": ("tests/house_rules/test_urls.py",),
    **{
        f"rooms/{room}/": (f"{ROOMS}/{room}/tests",)
        for room in ("escalation", "decisions", "ideas", "experiments", "resources", "projects", "tools", "gains")
    },
}
SAMPLE = 1
#: What looks like a check and takes nothing away, and why.
NO_CHECK = {
    "for … if home.level == GROUP": "an organisation's own id among the groups opens nothing but itself",
    "if self.organisations": "spares a query: the partners of no organisation are none",
    "and: bool(self.organisations)": "spares a query: the partners of no organisation are none",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code and its tests in a place of their own, where they may be spoilt."""
    place = tmp_path_factory.mktemp("wall")
    unneeded = shutil.ignore_patterns("__pycache__", "node_modules")
    for folder in ("src/trustwide", "tests"):
        shutil.copytree(ROOT / folder, place / folder, ignore=unneeded)
    for file in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / file, place)
    return place


def own_database() -> dict[str, str]:
    """The same server as ours, and another database on it."""
    address = os.environ.get("TRUSTWIDE_DATABASE")
    return {"TRUSTWIDE_DATABASE": f"{address.rpartition('/')[0]}/wall"} if address else {}


def run(copy: Path, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TRUSTWIDE"))}
    environment = {**kept, **own_database(), "PYTHONPATH": str(copy / "src"), GIVEN: str(kept_file())}
    options = ("-q", "-x", "--no-header", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def without(copy: Path, removal: Removal) -> subprocess.CompletedProcess[str]:
    """Run the tests against the code without one check."""
    file = copy / "src" / "trustwide" / removal.file
    before = file.read_text(encoding="utf-8")
    tests = next((tests for start, tests in OTHERS.items() if removal.file.startswith(start)), QUICK)
    write(file, removal.source)
    try:
        return run(copy, tests)
    finally:
        write(file, before)


def write(file: Path, source: str) -> None:
    """Python may not see that a file of the same second and size has changed, so what it compiled goes too."""
    file.write_text(source, encoding="utf-8")
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()


def chosen(all_of_them: list[Removal]) -> list[Removal]:
    """All, in the long run; else a few from everywhere, the same ones each time, so that no day is red by itself."""
    if os.environ.get("TRUSTWIDE_FULL"):
        return all_of_them
    quick = [each for each in all_of_them if not each.file.startswith("demo/")]
    return sorted(quick, key=lambda each: hashlib.sha256(str(each).encode()).digest())[:SAMPLE]


def test_without_any_single_check_a_test_fails(copy: Path) -> None:
    checks = [each for each in removals() if str(each.what) not in NO_CHECK]
    survived = []
    for each in chosen(checks):
        done = without(copy, each)
        told = next((line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), "SURVIVED")
        print(f"{each}\n    {told[:150]}", flush=True)
        survived += [str(each)] if done.returncode == 0 else []
    print(f"{len(checks)} checks, {len(chosen(checks))} removed in turn, {len(survived)} survived")
    assert len(checks) > 50
    assert survived == [], "add a test, in the room concerned, that fails without these"


def test_control_with_every_check_the_tests_pass(copy: Path) -> None:
    """So that a failure above is because of what was removed."""
    others = [each for tests in OTHERS.values() for each in tests]
    done = run(copy, sorted({*QUICK, *others}) if os.environ.get("TRUSTWIDE_FULL") else QUICK[-2:-1])
    assert done.returncode == 0, done.stdout[-3000:]
