"""Making the tables: Django's own `migrate`, without what takes most of its time on a new database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.core.management import call_command
from django.db.migrations.state import ModelState, ProjectState

from trustwide.rooms.commons.together import garbage_left

DJANGOS_OWN = ProjectState.add_model


def migrate() -> None:
    with new_models_alone(), garbage_left():
        call_command("migrate", verbosity=0)


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Within it, a model that a migration adds is made beside those that are there.

    Django makes anew, for each, every model that is joined to it however far off, which here are nearly all.
    """
    with patch.object(ProjectState, "add_model", _add_alone):
        yield


def _add_alone(state: ProjectState, added: ModelState) -> None:
    made = state.__dict__.pop("apps", None)  # where it is not there, Django makes nothing
    DJANGOS_OWN(state, added)
    if made is not None:
        state.__dict__["apps"] = made
        made.render_multiple([added])
