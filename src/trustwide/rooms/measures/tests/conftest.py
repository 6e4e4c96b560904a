"""A ward of a trust, and who leads it."""

import pytest

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.models import Place


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation(group=make_group()))


@pytest.fixture
def lead(ward: Place) -> Person:
    return make_person("Lena", "team-leader", ward)
