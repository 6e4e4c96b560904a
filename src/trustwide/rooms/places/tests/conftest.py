"""An organisation and its administrator; a file that needs more makes its own."""

from __future__ import annotations

import pytest

from tests.makers import make_organisation, make_person
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation()


@pytest.fixture
def ada(trust: Place) -> Person:
    return make_person("Ada", "administrator", trust)
