"""What every test of the repository shares: its own data folder, no sockets beyond this machine, counts of cases."""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.emptying import let_tests_empty_the_audit
from tests.shares import in_share
from tests.sockets import stay_on_this_machine

HOUSE_RULES = Path(__file__).parent / "tests" / "house_rules"
ENGINES = Path(__file__).parent / "src" / "trustwide" / "engines"

# The same cases each time, so that a failing run is about the change and not about luck; the soak explores.
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("soak" if os.environ.get("TRUSTWIDE_FULL") else "ci")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to the other database what is marked for either and is in the other's share; the long files first."""
    other = [each for each in items if each.get_closest_marker("either_database") and not in_share(each.nodeid)]
    if other:
        config.hook.pytest_deselected(items=other)
        gone = set(other)
        items[:] = [each for each in items if each not in gone]
    items.sort(key=lambda each: HOUSE_RULES not in each.path.parents)  # so that no long file is left to one core


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


def hash_quickly() -> None:
    """Passwords and PINs are hashed by the same method, with so little work that hundreds of tests may sign in."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


# As this file is read, since the conftest files below it may import models before pytest is configured.
stay_on_this_machine()
if not only_engines(sys.argv[1:]):
    set_up_django()
