"""An installation begins with one command, all of it or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.beginning import begin
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

SAID = {
    "name": "St Bride's", "kind": "nhs-trust", "group": "Three Rivers", "ods_code": "RX1", "person_name": "Ada",
    "email": "ada@example.org", "password": "a long password",
}  # fmt: skip


def test_an_installation_begins(db: None) -> None:
    place, ada = begin(**SAID), Person.objects.get()
    assert (place.parent.name, place.slug, place.ods_code) == ("Three Rivers", "st-brides", "RX1")
    assert ada.check_password("a long password")
    assert reach_of(ada).may(May.PLACES, place)
    begin(**{**SAID, "name": "Riverside", "password": None})  # the same administrator, whose password stays
    assert Place.objects.filter(level="group").count() == Person.objects.count() == 1


@pytest.mark.parametrize(("field", "wrong"), [("password", "short"), ("email", "ada"), ("kind", "pub"), ("name", " ")])
def test_what_is_refused_leaves_nothing(db: None, field: str, wrong: str) -> None:
    with pytest.raises(ValidationError):
        begin(**{**SAID, field: wrong})
    assert Place.objects.count() == Person.objects.count() == 0
