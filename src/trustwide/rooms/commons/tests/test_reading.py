"""Who reads what: by role, by place, by how a record is shared."""

from __future__ import annotations

import pytest

from tests.makers import (
    make_directorate,
    make_group,
    make_measure,
    make_message,
    make_organisation,
    make_person,
    make_team,
    read_by,
)
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Partnership, Place


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


def test_who_reads_what(trust: Place) -> None:
    group = trust.parent
    sister, council = make_organisation("Riverside", group), make_organisation("Council", kind="council")
    away = make_organisation("Far away")
    ward, writer = make_team(trust), make_person("Alice", "executive", trust)
    borough = Partnership.objects.create(name="Borough", slug="borough")
    for member in (trust, council):
        borough.members.create(organisation=member, starts=today(), accepted_on=today())
    for sharing in ("team", "organisation", "group", "partners", "public"):
        make_message(writer, trust, title=sharing, sharing=sharing)
    people = {
        "a nurse of the trust": make_person("Bob", "staff", ward),
        "its manager": make_person("Man", "manager", trust),
        "the sister trust": make_person("Sis", "staff", sister),
        "the group": make_person("Gil", "executive", group),
        "the council": make_person("Cou", "staff", council),
        "a guest of the ward": make_person("Gus", "partner-guest", ward),
        "far away": make_person("Far", "staff", away),
    }
    organisation = {"organisation", "group", "partners", "public"}
    assert {name: read_by(person) for name, person in people.items()} == {
        "a nurse of the trust": organisation,
        "its manager": organisation | {"team"},
        "the sister trust": {"group", "partners", "public"},
        "the group": {"group", "partners", "public"},
        "the council": {"partners", "public"},
        "a guest of the ward": {"public"},
        "far away": {"public"},
    }


@pytest.mark.parametrize(
    ("role", "above"), [("staff", True), ("service-user-partner", False), ("partner-guest", False)]
)
def test_what_is_only_a_teams_is_for_it_and_its_own_above(trust: Place, role: str, above: bool) -> None:
    medicine = make_directorate(trust)
    ward = make_team(medicine)
    leader = make_person("Ruby", "team-leader", ward)
    for sharing in ("team", "organisation"):
        make_measure(leader, ward, sharing, sharing=sharing)
    for place, reads in ((ward, True), (medicine, above)):
        person = make_person(f"Bob of {place.name}", role, place)
        assert read_by(person) == ({"team", "organisation"} if reads else {"organisation"})
        give_role(by=None, person=person, role="staff", place=place)
        assert read_by(Person.objects.get(pk=person.pk)) == {"team", "organisation"}, (
            "whoever has more roles reads more"
        )


def test_the_next_request_is_refused(trust: Place) -> None:
    nurse = make_person("Bob", "staff", trust)
    make_message(make_person("Alice", "executive", trust), trust)
    assert read_by(nurse)
    end_role(by=None, held=nurse.roles.get())
    assert not read_by(nurse)
    give_role(by=None, person=nurse, role="staff", place=trust)
    nurse.is_active = False
    nurse.save()
    assert not read_by(nurse)
