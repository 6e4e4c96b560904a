"""`./test`: everything that must hold before a change lands, and the tools it needs."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
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
NOT_TWICE = ("-m", "not seen_once")  # what is alike on every database
#: Of what either database can answer for, SQLite is asked two thirds: PostgreSQL takes half as long again.
FIRST, SECOND = ({"TRUSTWIDE_SHARE": share} for share in ("1-2/3", "3/3"))
AGAIN = ("--last-failed", "--last-failed-no-failures", "none")
PYTEST = ("pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # conftest.py orders them
THREE = ("-n", "3")  # a story waits for its browser now and then

Done = tuple[str, bool, float]  # what was checked, whether it passed, in how many seconds


def work() -> int:
    parser = argparse.ArgumentParser(prog="./test", description="Check everything.")
    parser.add_argument("--prepare", action="store_true", help="only add the test tools to .venv")
    parser.add_argument("--full", action="store_true", help="the large counts too (an hour or so)")
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
        done = [] if options.prepare else [check(*each, path) for each in plain_checks()]
        environment = {"TRUSTWIDE_CHROMIUM": browser.result(), **path}
        compiled.result()
    if options.prepare:
        say("Ready. Run ./test")
        return 0
    if options.full:
        environment |= {"TRUSTWIDE_FULL": "1", "HYPOTHESIS_PROFILE": "soak"}
    return told([*done, *long_checks(environment)])


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


def long_checks(environment: dict[str, str]) -> Iterator[Done]:
    """Every test in turn, the others too when one fails."""
    yield check("engines", (*PYTEST, "--doctest-modules", "src/trustwide/engines"), environment)
    if any((ROOT / "bench").rglob("test_*.py")):
        yield check("benchmarks", (*PYTEST, "bench"), environment)
    rooms = (*PYTEST, *ROOMS)
    yield check("rooms and house rules, SQLite", rooms, environment | FIRST)
    yield check_on_postgres("rooms and house rules, PostgreSQL", (*rooms, *NOT_TWICE), environment | SECOND)
    if (ROOT / "tests" / "journeys").is_dir():
        yield check_journeys((*PYTEST, *THREE, "tests/journeys"), environment)


def told(done: list[Done]) -> int:
    """What each check did; how the program ends."""
    say("")
    for name, passed, took in done:
        say(f"  {'passed' if passed else 'FAILED'}  {took:6.1f} s  {name}")
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
    program, now and then too late for a reader who waits ten seconds. What breaks twice has failed."""
    name, passed, took = check("journeys in a browser", command, environment)
    if passed:
        return name, passed, took
    again = check("journeys that broke, a second time", (*command, *AGAIN), environment)
    return f"{name}, some the second time: see above why", again[1], took + again[2]


def check(name: str, command: tuple[str, ...], environment: dict[str, str]) -> Done:
    say(f"\n== {name}: {' '.join(command)}")
    started = time.monotonic()
    program = (str(BIN / command[0]), *command[1:])
    done = subprocess.run(program, cwd=ROOT, env={**os.environ, **environment}, check=False)
    return name, done.returncode == 0, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main(work))
