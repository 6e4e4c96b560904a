"""Setting up: where packages come from, what a lock says, and what a start does not do twice."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def steps() -> ModuleType:
    return fresh_copy("steps")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "setup"))
    return fresh_copy("check")


def fresh_copy(name: str) -> ModuleType:
    """One of setup/, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(f"setup_{name}", ROOT / "setup" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))


def wanted(requirements: list[object]) -> set[str]:
    return {re.split(r"[\[=<>~! ]", each)[0].lower() for each in requirements if isinstance(each, str)}


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = wanted(project["project"]["dependencies"]) | wanted(groups["setup"])
    assert run <= pins("requirements.lock").keys()
    assert run | wanted(groups["test"]) <= pins("requirements-test.lock").keys()
    print(f"{len(run)} for running, {len(wanted(groups['test']))} for tests")


def test_tests_run_on_the_versions_that_people_run() -> None:
    run, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: (version, test.get(name)) for name, version in run.items() if test.get(name) != version} == {}


def pip_says(where: str, name: str, value: str) -> str:
    """A line of `pip config list` about a setting that is named as among environment variables."""
    return f"{where}.{name.lower().replace('_', '-')}={value!r}\n"


def test_pip_settings_of_a_closed_network_reach_uv(steps: ModuleType) -> None:
    address, host = "https://inside.example/simple", "inside.example"
    said = pip_says("global", "INDEX_URL", address) + pip_says("install", "TRUSTED_HOST", host)
    settings = steps.translate(said + pip_says("global", "RETRIES", "9"))
    assert settings == {"UV_SYSTEM_CERTS": "1", "UV_DEFAULT_INDEX": address, "UV_INSECURE_HOST": host}


def test_an_extra_index_does_not_hide_the_other(steps: ModuleType) -> None:
    settings = steps.translate(pip_says(":env:", "EXTRA_INDEX_URL", "https://more.example"))
    assert settings["UV_INDEX"] == "https://more.example"
    assert settings["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_a_block_of_a_lock_is_one_package(steps: ModuleType) -> None:
    block = steps.block_of("uv", (ROOT / "requirements.lock").read_text())
    assert block.startswith("uv==")
    assert block.count("==") == 1
    assert all("--hash=sha256:" in line for line in block.splitlines()[1:])


def test_a_step_is_fresh_until_a_file_changes(steps: ModuleType, tmp_path: Path) -> None:
    steps.STAMPS = tmp_path / "stamps"
    file = tmp_path / "a.lock"
    file.write_text("one")
    assert not steps.is_fresh("a", [file])
    steps.mark_fresh("a", [file])
    assert steps.is_fresh("a", [file])
    file.write_text("two")
    assert not steps.is_fresh("a", [file])


def test_a_failed_step_says_what_failed_and_the_cure(steps: ModuleType) -> None:
    with pytest.raises(steps.Stopped, match=r"(?s)counting failed.*no such number.*Count again\."):
        steps.step("counting", sys.executable, "-c", "import sys; sys.exit('no such number')", cure="Count again.")


def test_a_step_beside_others_leaves_their_lines_whole(
    steps: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    wait = f"import pathlib, time\nwhile not pathlib.Path({str(begun)!r}).exists(): time.sleep(0.01)"
    with ThreadPoolExecutor() as beside:
        other = beside.submit(steps.step, "packing", sys.executable, "-c", f"open({str(begun)!r}, 'w')", cure="Again.")
        steps.step("waiting for it", sys.executable, "-c", wait, cure="Again.")
        other.result()
    told = [line.rpartition(" (")[0] for line in capsys.readouterr().out.splitlines()]
    assert sorted(told) == ["  packing … done", "  waiting for it … done"]


def test_what_stops_the_work_is_a_message_and_not_a_traceback(
    steps: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> int:
        raise OSError(28, "No space left on device")

    assert steps.main(full) == 1
    assert "No space left on device" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "test"])
def test_help_needs_nothing_installed(command: str, tmp_path: Path) -> None:
    done = subprocess.run([str(ROOT / command), "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--prepare" in done.stdout


@pytest.mark.parametrize("command", ["run", "test"])
def test_no_new_python_is_said_with_its_cure(command: str, tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to("/usr/bin/dirname")
    path = {"PATH": str(tmp_path)}
    done = subprocess.run(["/bin/sh", str(ROOT / command)], env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_what_is_started_keeps_what_it_compiled(steps: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    ask = [sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"]
    assert subprocess.run(ask, check=False).returncode == 1
    assert steps.main(lambda: subprocess.run(ask, check=False).returncode) == 0


#: Stories that break so many times before they are told to their end.
BREAKING = """
import pathlib
def test_told(): open("told", "a").write("t")
def test_breaks():
    open("broke", "a").write("b")
    assert len(pathlib.Path("broke").read_text()) > {times}
"""


@pytest.fixture
def breaking(checks: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[int], Path]:
    """Puts such stories in place of ours, and returns their folder."""

    def put(times: int) -> Path:
        monkeypatch.setattr(checks, "ROOT", tmp_path)
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        (tmp_path / "test_it.py").write_text(BREAKING.format(times=times))
        (tmp_path / "pytest.ini").write_text("[pytest]")
        return tmp_path

    return put


STORIES = ("pytest", "-q", "test_it.py")


@pytest.mark.parametrize(("times", "passed"), [(0, True), (1, True), (2, False)])
def test_a_journey_that_breaks_is_told_once_more_and_twice_is_a_failure(
    checks: ModuleType, breaking: Callable[[int], Path], times: int, passed: bool
) -> None:
    folder = breaking(times)
    name, well, _ = checks.check_journeys(STORIES, {})
    assert well is passed
    assert ("1 told a second time" in name) is (times > 0)
    assert len((folder / "told").read_text()) == 1
    assert len((folder / "broke").read_text()) == min(times, 1) + 1


@pytest.mark.parametrize(("times", "passed"), [(0, True), (1, False)])
def test_in_a_full_run_a_journey_that_breaks_once_is_a_failure(
    checks: ModuleType, breaking: Callable[[int], Path], times: int, passed: bool
) -> None:
    breaking(times)
    assert checks.check_journeys(STORIES, {"TRUSTWIDE_FULL": "1"})[1] is passed


@pytest.mark.parametrize(("times", "failed"), [(0, 0), (2, 2)])
def test_rounds_say_how_often_anything_failed(
    checks: ModuleType,
    breaking: Callable[[int], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    times: int,
    failed: int,
) -> None:
    breaking(times)
    monkeypatch.setattr(checks, "check_on_postgres", checks.check)
    told = {"PYTEST": ("pytest", "-q"), "THREE": (), "RACES": ("--version",)}
    for name, value in told.items():
        monkeypatch.setattr(checks, name, value)
    monkeypatch.setattr(checks, "JOURNEYS", "test_it.py")
    assert checks.told_of_rounds(checks.rounds(3, {})) == (1 if failed else 0)
    said = capsys.readouterr().out
    assert f"failed in {failed} of 3 rounds" in said.split("journeys in a browser")[-2].splitlines()[-1]
    assert "failed in 0 of 3 rounds" in said.split("races, SQLite")[-2].splitlines()[-1]


def test_the_seconds_of_parts_are_said_beside_what_they_may_take(
    checks: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "seconds"
    file.write_text("units and rooms 40.5\nhouse rules 200\nunits and rooms 60\n")
    assert checks.told([("lint", True, 1.0)], checks.seconds_in(file)) == 0
    said = capsys.readouterr().out
    assert "over     100.5 s  units and rooms, of 90 s" in said
    assert "within   200.0 s  house rules, of 300 s" in said


def test_what_is_raced_is_there(checks: ModuleType) -> None:
    assert [each for each in checks.RACES if not (ROOT / each).exists()] == []


def test_one_part_of_the_tests_can_be_asked_alone(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("check", "check_on_postgres"):
        monkeypatch.setattr(checks, each, lambda name, _command, _environment: (name, True, 0.0))
    monkeypatch.setattr(checks, "check_journeys", lambda *_: ("journeys", True, 0.0))
    every = [name for name, _passed, _took in checks.long_checks({})]
    alone = [[name for name, _passed, _took in checks.long_checks({}, part)] for part in checks.PARTS]
    assert alone == [[name] for name in every]
    assert len(every) == 4
