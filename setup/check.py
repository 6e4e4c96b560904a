"""`./test`: everything that must hold before a change lands, and the tools it needs."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import postgres
from front_end import set_up
from steps import BIN, ROOT, Stopped, apt_install, is_root, main, make_venv, say, step

SHELL = "chromium-headless-shell"  # Debian's Chromium with no window to draw, for half of the work
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = ("/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")  # fmt: skip
ROOMS = (
    "src/trustwide/rooms",
    "src/trustwide/house",
    "src/trustwide/design",
    "src/trustwide/demo",
    "tests",
    "--ignore=tests/journeys",
)
JOURNEYS = "tests/journeys"
NOT_TWICE = ("-m", "not seen_once")  # what is alike on every database
#: Of what either database can answer for, SQLite is asked two thirds: PostgreSQL takes half as long again.
FIRST, SECOND = ({"TRUSTWIDE_SHARE": share} for share in ("1-2/3", "3/3"))
AGAIN = ("--last-failed", "--last-failed-no-failures", "none")
BROKE = Path(".pytest_cache", "v", "cache", "lastfailed")
#: Of the tests; `--only` names one.
PARTS = ("engines", "sqlite", "postgresql", "journeys")
#: What many do at once, whose luck differs from one run to the next.
RACES = (
    *(f"tests/house_rules/test_{name}.py" for name in ("double_submit", "drop_ins", "jobs", "lost_updates")),
    *("src/trustwide/rooms/jobs/tests", "src/trustwide/rooms/resources/tests/test_pots.py"),
)
#: The seconds that a short run may spend on a part of the tests, by figure 33; `conftest.py` counts them.
BUDGETS = {"units and rooms": 90, "house rules": 300}
PYTEST = ("pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # conftest.py orders them
THREE = ("-n", "3")  # a story waits for its browser now and then

Done = tuple[str, bool, float]  # what was checked, whether it passed, in how many seconds


def work() -> int:
    parser = argparse.ArgumentParser(prog="./test", description="Check everything.")
    parser.add_argument("--prepare", action="store_true", help="only add the test tools to .venv")
    parser.add_argument("--full", action="store_true", help="the large counts too (three hours or more)")
    parser.add_argument("--only", choices=PARTS, help="of the tests, only this part; none of lint, types and layers")
    parser.add_argument("--repeat", type=int, metavar="N", help="only the journeys and the races, N times")
    options = parser.parse_args()
    for ending in (signal.SIGTERM, signal.SIGHUP):  # so that the servers we started are stopped too
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    say("Trustwide: setting up the tests")
    path = {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    with ThreadPoolExecutor() as beside:
        make_venv()  # first, for it may need a system package of its own
        browser = beside.submit(system_packages)
        set_up(with_tests=True)
        compiled = beside.submit(compile_charts)
        done = [] if options.prepare or options.only else [check(*each, path) for each in plain_checks()]
        environment = {"TRUSTWIDE_CHROMIUM": browser.result(), **path}
        compiled.result()
    if options.prepare:
        say("Ready. Run ./test")
        return 0
    if options.full:
        environment |= {"TRUSTWIDE_FULL": "1", "HYPOTHESIS_PROFILE": "soak"}
    if options.repeat:
        return told_of_rounds(rounds(options.repeat, environment))
    with counting_seconds() as file:
        done += long_checks(environment | {"TRUSTWIDE_SECONDS": str(file)}, options.only)
        return told(done, {} if options.full or options.only else seconds_in(file))


def compile_charts() -> None:
    warm = "from trustwide.engines.spc.kernel import prepare; prepare()"
    step("compiling the chart engine", BIN / "python", "-c", warm, cure="Run ./test again.")


def system_packages() -> str:
    """The browser, where it is; and PostgreSQL with it, where it may be installed: what needs it says if it is not."""
    browser = find_browser()
    with suppress(Stopped):
        postgres.find_programs()
    return browser


def find_browser() -> str:
    """Chromium, the one without windows if there is one; installed where we may."""
    if found := os.environ.get("TRUSTWIDE_CHROMIUM") or shutil.which(SHELL) or installed_shell():
        return found
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    if found := next((path for path in MAC_BROWSERS if Path(path).exists()), None):
        return found
    if is_root() and shutil.which("apt-get"):
        apt_install("chromium")
        return shutil.which("chromium") or ""
    raise Stopped(
        "the browser tests need Chromium. Type one of these, then run ./test again:\n\n"
        "    sudo apt-get install chromium            (Debian)\n"
        "    sudo snap install chromium               (Ubuntu)\n"
        "    brew install --cask chromium             (macOS)\n\n"
        "or name a Chrome that is there: TRUSTWIDE_CHROMIUM=/path/to/chrome ./test"
    )


def installed_shell() -> str | None:
    """Where it may be installed; where it cannot be had, Chromium itself does."""
    if is_root() and shutil.which("apt-get"):
        try:
            apt_install(SHELL)
        except Stopped:
            say(f"not to be had; {BROWSERS[0]} does")
    return shutil.which(SHELL)


def long_checks(environment: dict[str, str], only: str | None = None) -> Iterator[Done]:
    """Every test in turn, the others too when one fails; or one of PARTS."""
    engines, rooms = (*PYTEST, "--doctest-modules", "src/trustwide/engines"), (*PYTEST, *ROOMS)
    parts: dict[str, Callable[[], Done]] = {
        "engines": lambda: check("engines", engines, environment),
        "sqlite": lambda: check("rooms and house rules, SQLite", rooms, environment | FIRST),
        "postgresql": lambda: check_on_postgres(
            "rooms and house rules, PostgreSQL", (*rooms, *NOT_TWICE), environment | SECOND
        ),
        "journeys": lambda: check_journeys((*PYTEST, *THREE, JOURNEYS), environment),
    }
    for name in [only] if only else PARTS:
        yield parts[name]()


def told(done: list[Done], seconds: dict[str, float]) -> int:
    """What each check did, and what parts of the tests took beside what they may; how the program ends."""
    say("")
    for name, passed, took in done:
        say(f"  {'passed' if passed else 'FAILED'}  {took:6.1f} s  {name}")
    for part, most in BUDGETS.items() if seconds else ():
        took = seconds.get(part, 0)
        say(f"  {'within' if took <= most else 'over':6}  {took:6.1f} s  {part}, of {most} s")
    failed = sum(not passed for _, passed, _ in done)
    say(f"\n{len(done) - failed} passed, {failed} failed")
    return 1 if failed else 0


def plain_checks() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "lint", ("ruff", "check", ".")
    yield "format", ("ruff", "format", "--check", ".")
    yield "types", ("mypy",)
    yield "layers", ("lint-imports",)


def check_on_postgres(name: str, command: tuple[str, ...], environment: dict[str, str]) -> Done:
    """One check with a server beside it; a server that will not start is a check that failed."""
    try:
        with postgres.server() as address:
            return check(name, command, {**environment, "TRUSTWIDE_DATABASE": address})
    except Stopped as reason:
        say(f"\n== {name}: {reason}")
        return name, False, 0.0


def check_journeys(command: tuple[str, ...], environment: dict[str, str]) -> Done:
    """The stories in a browser. One that breaks is told a second time, and said to have been: the browser is another
    program, now and then too late for a reader who waits ten seconds. What breaks twice has failed; in a full run
    what broke once has, since it says how often stories break that should not."""
    name, passed, took = check("journeys in a browser", command, environment)
    if passed:
        return name, passed, took
    flaky = broken()
    again = check("journeys that broke, a second time", (*command, *AGAIN), environment)
    well = again[1] and "TRUSTWIDE_FULL" not in environment
    return f"{name}, {flaky} told a second time: see above why", well, took + again[2]


def broken() -> int:
    """How many tests of the last run failed, as pytest keeps it."""
    return len(json.loads((ROOT / BROKE).read_text())) if (ROOT / BROKE).exists() else 0


def rounds(times: int, environment: dict[str, str]) -> Iterator[list[Done]]:
    """The journeys, and the races on each database, so many times; each time in another order."""
    journeys, races = (*PYTEST, *THREE, JOURNEYS), (*PYTEST, *RACES)
    for number in range(1, times + 1):
        say(f"\n== round {number} of {times}")
        yield [
            check("journeys in a browser", journeys, environment),
            check("races, SQLite", races, environment),
            check_on_postgres("races, PostgreSQL", races, environment),
        ]


def told_of_rounds(found: Iterable[list[Done]]) -> int:
    """How often each check failed; how the program ends."""
    every = list(found)
    say("")
    for each in zip(*every, strict=True):
        failed, took = sum(not passed for _name, passed, _took in each), sum(took for _name, _passed, took in each)
        say(f"  failed in {failed} of {len(each)} rounds, {took:6.1f} s  {each[0][0]}")
    return 1 if any(not passed for done in every for _name, passed, _took in done) else 0


@contextmanager
def counting_seconds() -> Iterator[Path]:
    """A file in which each run of the tests tells what its parts took."""
    with tempfile.TemporaryDirectory(prefix="trustwide-seconds-") as folder:
        yield Path(folder, "seconds")


def seconds_in(file: Path) -> dict[str, float]:
    """What each part took in all runs together."""
    found: dict[str, float] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        part, _, took = line.rpartition(" ")
        found[part] = found.get(part, 0) + float(took)
    return found


def check(name: str, command: tuple[str, ...], environment: dict[str, str]) -> Done:
    say(f"\n== {name}: {' '.join(command)}")
    started = time.monotonic()
    program = (str(BIN / command[0]), *command[1:])
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **environment}, check=False)
    return name, done.returncode == 0, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main(work))
