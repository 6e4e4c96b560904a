"""Ids that sort by time, and accounts that are one a person."""

from __future__ import annotations

import time

import pytest
from django.db import IntegrityError

from trustwide.rooms.people import ids
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person


def test_ids_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_700_000_000_000_000_000, 1_700_000_000_050_000_000, 1_000_000))
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(moments))
    made = [uuid7() for _ in range(50)]
    assert made == sorted(made)
    assert [str(each) for each in made] == sorted(str(each) for each in made)


def test_an_id_is_a_uuid_of_version_7_with_the_time_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", (0, 0))  # another test of this process may have set the clock forward
    before = time.time_ns() // 1_000_000
    made = [uuid7() for _ in range(1000)]
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}
    assert all(before <= each.int >> 80 <= time.time_ns() // 1_000_000 for each in made)
    assert len(set(made)) == 1000


@pytest.mark.django_db
def test_an_address_is_one_persons_whatever_its_capitals() -> None:
    Person.objects.create_user("Sam@example.org", "Sam")
    with pytest.raises(IntegrityError):
        Person.objects.create_user("sAM@example.org", "Another Sam")


@pytest.mark.django_db
def test_people_are_found_whatever_the_capitals_of_their_address() -> None:
    sam = Person.objects.create_user("Sam@Example.org", "Sam")
    assert Person.objects.get_by_natural_key("SAM@example.org") == sam


@pytest.mark.django_db
def test_without_a_password_nobody_can_sign_in() -> None:
    sam = Person.objects.create_user("sam@example.org", "Sam")
    assert not sam.has_usable_password()
    assert not sam.check_password("")
