"""What is taken from a person is gone on their next request, whatever page or session they have open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.house_rules.lookalikes import Trust, Trusts, make_trust, make_trusts
from tests.kinds_asked import some_kinds
from tests.makers import make_directorate, make_numbers, make_record, make_team
from trustwide.rooms.commons import actions as commons
from trustwide.rooms.commons.kinds import KINDS, Kind
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places import actions
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Partnership, PartnershipMember
from trustwide.rooms.places.reach import reach_of

pytestmark = pytest.mark.both_databases(dear=True)  # each asks for what may be read in its own way

LATER = datetime(2027, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def trusts(db: None) -> Trusts:
    return make_trusts()


@pytest.fixture
def ours(db: None) -> Trust:
    return make_trust()


def next_request(person: Person) -> Person:
    """The person as the next request finds them."""
    return Person.objects.get(pk=person.pk)


def read_by(person: Person, trust: Trust) -> set[str]:
    """The kinds of the trust's records that the person reads."""
    visible = Record.objects.visible_to(person).filter(organisation=trust.organisation)
    return set(visible.values_list("kind", flat=True))


def share(trust: Trust, sharing: str) -> None:
    for record in trust.records.values():
        fresh = type(record).objects.select_related("place", "owner").get(pk=record.pk)
        by = trust.who_may_change(KINDS[record.kind])
        commons.change_record(by=by, record=fresh, version=fresh.version, fields={"sharing": sharing})


def refused_at_once(person: Person, trust: Trust, take_away: Callable[[], object], *, kept_reads: bool = True) -> int:
    """Take it away; the next request reads nothing, while the reach of the one before still would: the control.

    Where the database is asked about the places themselves, even a reach that was kept reads no more.
    """
    kept = next_request(person)
    before = read_by(kept, trust)
    assert before, "there was nothing to take away"
    take_away()
    assert read_by(next_request(person), trust) == set()
    assert read_by(kept, trust) == (before if kept_reads else set()), (
        "control: a reach that is kept from one request to the next still reads"
    )
    return len(before)


def test_a_role_that_ended(ours: Trust) -> None:
    for person in ours.people.values():
        held = person.roles.get()
        refused_at_once(person, ours, lambda held=held: end_role(by=None, held=held))
    print(f"{len(ROLES)} roles ended: each read before, none after")


def test_a_person_who_is_disabled(ours: Trust) -> None:
    for person in ours.people.values():
        one = Person.objects.filter(pk=person.pk)
        refused_at_once(person, ours, lambda one=one: one.update(is_active=False))
    print(f"{len(ours.people)} people disabled, one of each role: each read before, none after")


def test_the_last_day_of_a_role_is_the_last(ours: Trust) -> None:
    """A role holds to the end of its last day where people work, and not an hour of the next."""
    person = ours.people["staff"]
    with time_machine.travel(LATER, tick=False):
        end_role(by=None, held=person.roles.get(), on=today())
        assert read_by(next_request(person), ours)
    moments = {"22:59 UTC, one minute to midnight in June": (22, 59, True), "23:00 UTC, midnight": (23, 0, False)}
    for said, (hour, minute, reads) in moments.items():
        with time_machine.travel(LATER.replace(hour=hour, minute=minute), tick=False):
            assert bool(read_by(next_request(person), ours)) is reads, said


def test_a_reach_does_not_outlive_its_day(ours: Trust) -> None:
    """Even within one request, or a task that runs past midnight."""
    person = next_request(ours.people["staff"])
    with time_machine.travel(LATER, tick=False):
        end_role(by=None, held=person.roles.get(), on=today())
        assert read_by(person, ours)
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        assert not read_by(person, ours)


def test_a_role_that_has_not_begun(ours: Trust) -> None:
    person = Person.objects.create_user("new@example.org", "New")
    give_role(by=None, person=person, role="staff", place=ours.ward, starts=today() + timedelta(days=1))
    assert not read_by(person, ours)


def test_a_place_that_closed(ours: Trust) -> None:
    person, ward = ours.people["staff"], ours.ward
    count = refused_at_once(person, ours, lambda: actions.close_place(by=None, place=ward))
    print(f"{count} kinds read before the ward closed, 0 after")


def test_a_place_that_moved(ours: Trust) -> None:
    """Those above the old place no longer read the ward's own things; those above the new one do."""
    old, new = (make_directorate(ours.organisation, name) for name in ("Medicine", "Surgery"))
    actions.move_place(by=None, place=ours.ward, parent=old)
    share(ours, "team")
    managers = [Person.objects.create_user(f"{place.slug}@example.org", place.name) for place in (old, new)]
    for manager, place in zip(managers, (old, new), strict=True):
        give_role(by=None, person=manager, role="manager", place=place)
    ward = type(ours.ward).objects.get(pk=ours.ward.pk)
    count = refused_at_once(
        managers[0], ours, lambda: actions.move_place(by=None, place=ward, parent=new), kept_reads=False
    )
    assert len(read_by(next_request(managers[1]), ours)) == count


def test_places_that_merged(ours: Trust) -> None:
    """Its people read on, by the roles that go on; those above the old place no longer read the ward's own things."""
    old, new = (make_directorate(ours.organisation, name) for name in ("Medicine", "Surgery"))
    actions.move_place(by=None, place=ours.ward, parent=old)
    share(ours, "team")
    manager = Person.objects.create_user("old@example.org", "Old")
    give_role(by=None, person=manager, role="manager", place=old)
    nurse, into = ours.people["staff"], make_team(new, "Ward 8")
    ward = type(ours.ward).objects.get(pk=ours.ward.pk)
    read_before = read_by(next_request(nurse), ours)
    refused_at_once(manager, ours, lambda: actions.merge_places(by=None, place=ward, into=into), kept_reads=False)
    assert read_by(next_request(nurse), ours) == read_before


def test_a_partnership_that_ended(trusts: Trusts) -> None:
    borough = Partnership.objects.create(name="Borough", slug="borough")
    for trust in (trusts.ours, trusts.other):
        borough.members.create(
            organisation=trust.organisation, starts=today() - timedelta(days=9), accepted_on=today() - timedelta(days=9)
        )
    share(trusts.other, "partners")
    ended = PartnershipMember.objects.filter(organisation=trusts.other.organisation)
    before = today() - timedelta(days=1)
    for role in ("staff", "executive"):
        ended.update(ends=None)
        count = refused_at_once(
            trusts.ours.people[role], trusts.other, lambda: ended.update(ends=before), kept_reads=False
        )
        assert not reach_of(next_request(trusts.ours.people[role])).can_read_place(trusts.other.organisation)
        print(f"{role}: {count} of a partner's kinds read before the partnership ended, 0 after")


@pytest.mark.parametrize(("before", "after"), [("group", "organisation"), ("public", "team"), ("partners", "team")])
def test_sharing_that_was_narrowed(trusts: Trusts, before: str, after: str) -> None:
    """A record is asked for anew each time, so here even a reach that was kept reads it no more."""
    share(trusts.ours, before)
    person = next_request(trusts.sister.people["staff"])
    assert read_by(person, trusts.ours) == set(KINDS)
    share(trusts.ours, after)
    assert read_by(person, trusts.ours) == read_by(next_request(person), trusts.ours) == set()


@pytest.mark.parametrize("kind", some_kinds("drafts"), ids=lambda kind: kind.key)
def test_what_was_posted_and_is_a_draft(ours: Trust, kind: Kind) -> None:
    """A draft is its writer's and its owner's alone; kinds that have none are as they are."""
    if "draft" not in {stage.key for stage in kind.stages}:
        return
    writer = ours.who_may_change(kind)
    draft = make_record(kind, writer, ours.place_for(kind), stage="draft")
    readers = [each for each in ours.people.values() if Record.objects.visible_to(each).filter(pk=draft.pk)]
    assert readers == [writer]


def numbers_page(trust: Trust) -> str:
    return f"/{trust.organisation.slug}/measures/{trust.records['measures.measure'].pk}/numbers/"


@pytest.mark.parametrize("way", ["role", "disabled", "place", "end of the role"])
def test_a_page_that_is_open(ours: Trust, way: str) -> None:
    """The page that was just shown is refused, to look at and to save, with nothing written."""
    leader, measure = ours.people["team-leader"], ours.records["measures.measure"]
    client = Client()
    client.force_login(leader)
    page = numbers_page(ours)
    assert client.get(page).status_code == 200
    ways = {
        "role": lambda: end_role(by=None, held=leader.roles.get()),
        "disabled": lambda: Person.objects.filter(pk=leader.pk).update(is_active=False),
        "place": lambda: actions.close_place(by=None, place=ours.ward),
        "end of the role": lambda: leader.roles.update(
            starts=today() - timedelta(days=9), ends=today() - timedelta(days=1)
        ),
    }
    ways[way]()
    refused = 302 if way == "disabled" else 404  # a disabled person is signed out; to the others the trust is strange
    answers = [client.get(page), client.post(page, {"pasted": "1/1/2025 5"})]
    print(f"{way}: was 200, the next two requests {[each.status_code for each in answers]}")
    assert [each.status_code for each in answers] == [refused, refused]
    assert all(each.headers.get("Location", "/sign-in/").startswith("/sign-in/") for each in answers)
    assert not measure.observations.exists()


def test_a_right_that_was_taken_and_the_reading_that_stays(ours: Trust) -> None:
    leader, measure = ours.people["team-leader"], ours.records["measures.measure"]
    give_role(by=None, person=leader, role="staff", place=ours.ward)
    client = Client()
    client.force_login(leader)
    assert client.get(numbers_page(ours)).status_code == 200
    end_role(by=None, held=leader.roles.get(role="team-leader"))
    assert client.get(numbers_page(ours)).status_code == 403
    assert not reach_of(next_request(leader)).may(May.MEASURE, measure.place)
    with pytest.raises(commons.NotAllowed):
        make_numbers(next_request(leader), measure, [1])
