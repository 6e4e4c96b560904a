"""What a load of much does together, it does as if it were done one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.people.acts import acts_together
from trustwide.rooms.people.clock import at, today
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Partnership, PartnershipMember, Place, RoleHeld
from trustwide.rooms.places.reach import Reach, kept_reaches, reach_of


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation())


def afresh(person: Person) -> Person:
    """Another copy of the person, as the next act would load it."""
    return Person.objects.get(pk=person.pk)


def test_a_kept_reach_is_forgotten_with_a_new_role(ward: Place, django_assert_num_queries: Any) -> None:
    person = make_person("Bob", "staff", ward)
    with kept_reaches():
        assert not reach_of(afresh(person)).may(May.DEVICES, ward)
        copy = afresh(person)
        with django_assert_num_queries(0):
            reach_of(copy)
        give_role(by=None, person=person, role="team-leader", place=ward)
        assert reach_of(afresh(person)).may(May.DEVICES, ward)
    other = afresh(person)
    with django_assert_num_queries(1):
        reach_of(other)


def test_a_kept_reach_is_of_its_day(ward: Place, django_assert_num_queries: Any) -> None:
    """One for all days on which the same roles and memberships run, and no other."""
    bob, home = make_person("Bob", "staff", ward), ward.organisation
    tarn = Partnership.objects.create(name="Tarnbrook", slug="tarnbrook")
    first, agreed, left = (today() + timedelta(days=each) for each in (0, 10, 20))
    with kept_reaches():
        make_member = tarn.members.create
        make_member(organisation=home, starts=first, accepted_on=first)
        other = make_member(organisation=make_organisation("Riverside"), starts=first, accepted_on=agreed)
        RoleHeld.objects.filter(person=bob).update(ends=left)
        found = [_on(bob, each) for each in (first, agreed, left, left + timedelta(days=1))]
        with django_assert_num_queries(0):
            assert [_on(bob, first + timedelta(days=each)) for each in (9, 19)] == found[:2]
        assert found[1] is found[2]
        assert [_partners_of(each, other) for each in found] == [False, True, True, False]
        assert [each.may_anywhere(May.ADD) for each in found] == [True, True, True, False]


def _on(person: Person, day: date) -> Reach:
    with at(datetime.combine(day, time(12), UTC)):
        return reach_of(afresh_without_asking(person))


def afresh_without_asking(person: Person) -> Person:
    return Person(pk=person.pk, email=person.email, name=person.name)


def _partners_of(reach: Reach, member: PartnershipMember) -> bool:
    return reach.can_read_place(member.organisation)


def test_audit_rows_are_written_together_in_their_order(ward: Place) -> None:
    before = AuditRow.objects.count()
    with acts_together():
        actions.rename_place(by=None, place=ward, name="Ward 8")
        give_role(by=None, person=make_person("Bob"), role="staff", place=ward)
        assert AuditRow.objects.count() == before
    told = list(AuditRow.objects.values_list("verb", flat=True)[before:])
    assert told == ["renamed", "gave-role"]
    actions.rename_place(by=None, place=ward, name="Ward 9")
    assert AuditRow.objects.count() == before + 3


def test_a_load_that_fails_leaves_nothing(ward: Place) -> None:
    before = AuditRow.objects.count()
    with pytest.raises(ZeroDivisionError):
        _load_in_part(ward)
    assert Place.objects.get(pk=ward.pk).name == "Ward 7"
    actions.rename_place(by=None, place=Place.objects.get(pk=ward.pk), name="Ward 9")
    assert list(AuditRow.objects.values_list("verb", flat=True)[before:]) == ["renamed"]


def _load_in_part(ward: Place) -> None:
    with acts_together():
        actions.rename_place(by=None, place=ward, name="Ward 8")
        1 / 0  # noqa: B018 (something goes wrong)
