"""What every test of the repository shares: its own data folder, no sockets beyond this machine, counts of cases."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.emptying import let_tests_empty_the_audit
from tests.shares import WHOLE, in_share
from tests.sockets import stay_on_this_machine

HOUSE_RULES = Path(__file__).parent / "tests" / "house_rules"
PACKAGE = Path(__file__).parent / "src" / "trustwide"
ENGINES = PACKAGE / "engines"

#: The files that take most of a processor, the longest first.
LONG = (
    *("test_accessibility.py", "test_wall_mutations.py", "test_matrix.py", "test_canaries.py", "test_fuzz_forms.py"),
    *("test_demo.py", "test_urls.py", "test_refusals.py", "test_audit.py", "test_double_submit.py", "test_headers.py"),
    *("test_server_killed.py", "test_worker_killed.py", "test_stored_scripts.py", "test_queries.py"),
)

# The same cases each time, so that a failing run is about the change and not about luck; the soak explores.
settings.register_profile("ci", max_examples=40, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("soak" if os.environ.get("TRUSTWIDE_FULL") else "ci")


@pytest.hookimpl(wrapper=True, tryfirst=True)  # around pytest's own: it leaves out what is seen once, and has an order
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Leave to the other database what either answers for and is in the other's share; the long files first."""
    for item in items:
        if not asks_a_database(item):
            item.add_marker("seen_once")
    other = [each for each in items if for_either(each) and not in_share(one_of_them(each))]
    if other:
        config.hook.pytest_deselected(items=other)
        gone = set(other)
        items[:] = [each for each in items if each not in gone]
    yield
    in_their_turn(items)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """What the parts of the tests took, divided by the processes at work: `./test` holds it against what they may."""
    file = os.environ.get("TRUSTWIDE_SECONDS")
    if not file or hasattr(config, "workerinput"):  # who tells is the one to whom the processes report
        return
    seconds: Counter[str] = Counter()
    for each in (report for reports in terminalreporter.stats.values() for report in reports):
        if path := getattr(each, "nodeid", ""):
            seconds[part_of(path)] += getattr(each, "duration", 0)
    processes = getattr(config.option, "numprocesses", None) or 1
    with Path(file).open("a", encoding="utf-8") as told:
        told.writelines(f"{part} {took / processes:.2f}\n" for part, took in seconds.items())


def part_of(path: str) -> str:
    """Of which part a test is, by its file; the name of the folder where it is of none that has a budget."""
    if path.startswith("tests/house_rules/"):
        return "house rules"
    return path.split("/")[1] if path.startswith(("tests/journeys/", "tests/endurance/")) else "units and rooms"


def pytest_collection_finish() -> None:
    """What is there now stays until the end: no need to look through it, again and again, for what has gone."""
    gc.freeze()


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = any(map(item.get_closest_marker, ("django_db", "both_databases")))
    return marked or bool(fixtures & {"db", "transactional_db", "django_db_setup"})


def for_either(item: pytest.Item) -> bool:
    """What asks a database, unless it says that each has its own way of it; in a short run what is dear also then."""
    own = item.get_closest_marker("both_databases")
    if own and own.kwargs.get("dear") and not WHOLE:
        return True
    return asks_a_database(item) and not any(map(item.get_closest_marker, ("both_databases", "seen_once")))


def one_of_them(item: pytest.Item) -> str:
    """What says to which share a test belongs: its name; or its file, where one world serves the whole of it."""
    shares_a_world = HOUSE_RULES in item.path.parents and not hasattr(item, "callspec")
    return item.path.name if shares_a_world else item.nodeid


def in_their_turn(items: list[pytest.Item]) -> None:
    """The long files first, so that none is left to one core; in a file those of one scene together, so that it is set
    once; and last those that sum up the others."""
    files = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in items))}

    def turn(item: pytest.Item) -> tuple[int, bool, int, bool, str]:
        scene = getattr(item, "callspec", None) and item.callspec.params.get("scene")  # type: ignore[attr-defined]
        last = item.get_closest_marker("asked_last") is not None
        long = LONG.index(item.path.name) if item.path.name in LONG else len(LONG)
        return long, HOUSE_RULES not in item.path.parents, files[item.path], last, str(scene or "")

    items.sort(key=turn)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Before pytest makes the database: its tables are migrated once for all processes."""
    from tests.migrated import migrate_once

    migrate_once()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The tables, also where all tests that were chosen make a database of their own, a copy of this one: pytest's own
    fixture makes them only where one asks for `db`."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A database of this test's own, in which many write at once and what is committed stays."""
    from tests.house_rules.own_database import own_database

    with django_db_blocker.unblock(), own_database(tmp_path):
        yield


def only_engines(words: list[str]) -> bool:
    """Whether a command line names tests of engines alone, where Django has no business."""
    paths = [Path(word.split("::")[0]).resolve() for word in words if not word.startswith("-")]
    asked = [path for path in paths if path.exists()]
    return bool(asked) and all(path == ENGINES or ENGINES in path.parents for path in asked)


def set_up_django() -> None:
    """With a data folder of this process's own, never the one somebody works with; it goes when the process does."""
    folder = tempfile.TemporaryDirectory(prefix="trustwide-tests-")
    atexit.register(folder.cleanup)
    os.environ["TRUSTWIDE_DATA"] = folder.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustwide.house.settings"
    import django

    django.setup()
    let_tests_empty_the_audit()
    hash_quickly()
    keep_templates()


def keep_templates() -> None:
    """What Jinja compiled of a template is kept until the template changes: each process would compile all of them."""
    from django.template import engines
    from jinja2 import FileSystemBytecodeCache

    folder = Path(__file__).parent / ".pytest_cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    engines["jinja2"].env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def hash_quickly() -> None:
    """Passwords and PINs are hashed by the same method, with so little work that hundreds of tests may sign in."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


gc.set_threshold(50_000, 20, 50)  # of what a test makes, little goes in circles
# As this file is read, since the conftest files below it may import models before pytest is configured.
stay_on_this_machine()
if not only_engines(sys.argv[1:]):
    set_up_django()
