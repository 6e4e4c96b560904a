"""The tables are as the models say, and each app's changes to them stand in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

Step = tuple[str, str]


def forks(steps: Iterable[tuple[Step, Step]]) -> list[Step]:
    """The migrations that two others of their app follow; `steps` are (migration, the one it follows)."""
    followed = Counter(before for after, before in steps if after[0] == before[0])
    return [step for step, times in followed.items() if times > 1]


@pytest.mark.django_db
def test_models_have_their_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_control_a_model_without_its_migration_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    field = apps.get_model("measures", "MeasureSet")._meta.get_field("title")
    assert isinstance(field, models.CharField)
    monkeypatch.setattr(field, "max_length", 7)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_are_linear() -> None:
    loader = MigrationLoader(connection)
    steps = [(key, before) for key, each in loader.disk_migrations.items() for before in each.dependencies]
    print(f"{len(loader.disk_migrations)} migrations")
    assert loader.disk_migrations
    assert loader.detect_conflicts() == {}
    assert forks(steps) == []


def test_control_a_fork_is_seen() -> None:
    first, second, other = ("room", "0001"), ("room", "0002"), ("room", "0002_other")
    assert forks([(second, first), (other, first)]) == [first]
