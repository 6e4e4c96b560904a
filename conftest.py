"""What every test of the repository shares: its own data folder, no sockets beyond this machine, counts of cases."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.sockets import stay_on_this_machine

ENGINES = Path(__file__).parent / "src" / "trustwide" / "engines"

# The same cases each time, so that a failing run is about the change and not about luck; the soak explores.
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("soak" if os.environ.get("TRUSTWIDE_FULL") else "ci")


def only_engines(paths: list[str]) -> bool:
    """Whether a run names tests of engines alone; they know nothing of Django, so it stays out of their run."""
    asked = [Path(path.split("::")[0]).resolve() for path in paths]
    return bool(asked) and all(path == ENGINES or ENGINES in path.parents for path in asked)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings: a data folder of the run's own, never the one somebody works with."""
    stay_on_this_machine()
    if only_engines(config.args):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        return
    # Each process of a run has its own folder; nothing of it outlives the process.
    folder = tempfile.TemporaryDirectory(prefix="trustwide-tests-")
    config.add_cleanup(folder.cleanup)
    os.environ["TRUSTWIDE_DATA"] = folder.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustwide.house.settings"
    import django

    django.setup()
