"""The tree without HTTP: what may stand where, and what is readable after it changed."""

from __future__ import annotations

import pytest

from tests.makers import make_group, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons.models import Record
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.models import Partnership, Place
from trustwide.rooms.places.reach import Reach, today


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


def read_by(person: object) -> set[str]:
    person.__dict__.pop("_reach", None)  # as the next request would find it
    return set(Record.objects.visible_to(person).values_list("title", flat=True))


def test_an_old_name_leads_to_the_new(trust: Place) -> None:
    ward = make_team(trust, "Ward 7")
    actions.rename_place(by=None, place=ward, name="Willow")
    assert queries.place_at(trust, "ward-7") == queries.place_at(trust, "willow") == ward
    assert make_team(trust, "Ward 7").slug == "ward-7-2"  # the old address goes on leading to Willow


def test_a_branch_moves_whole(trust: Place) -> None:
    medicine, surgery = (
        actions.add_place(by=None, level="directorate", name=name, parent=trust) for name in ("Medicine", "Surgery")
    )
    service = actions.add_place(by=None, level="service", name="Elderly care", parent=medicine)
    ward = make_team(service)
    actions.move_place(by=None, place=service, parent=surgery)
    assert set(Place.objects.within(surgery)) == {surgery, service, ward}
    assert [each.name for each in Place.objects.above(Place.objects.get(pk=ward.pk))] == [
        "Three Rivers", "St Bride's", "Surgery", "Elderly care", "Ward 7",
    ]  # fmt: skip


@pytest.mark.parametrize(("level", "under"), [("organisation", "team"), ("team", "team"), ("service", None)])
def test_a_place_stands_under_a_higher_one(trust: Place, level: str, under: str | None) -> None:
    parent = make_team(trust) if under else None
    with pytest.raises(actions.PlaceRefused):
        actions.add_place(by=None, level=level, name="Wrong", parent=parent)


def test_a_branch_never_stands_under_itself(trust: Place) -> None:
    medicine = actions.add_place(by=None, level="directorate", name="Medicine", parent=trust)
    service = actions.add_place(by=None, level="service", name="Elderly care", parent=medicine)
    with pytest.raises(actions.PlaceRefused):
        actions.move_place(by=None, place=medicine, parent=service)


def test_a_closed_place_ends_its_roles(trust: Place) -> None:
    ward = make_team(trust)
    nurse = make_person("Bob", "staff", ward)
    with pytest.raises(actions.PlaceRefused):
        actions.close_place(by=None, place=trust)
    actions.close_place(by=None, place=ward)
    assert Reach.of(nurse).roles == ()


def test_only_an_administrator_changes_the_tree(trust: Place) -> None:
    ward = make_team(trust)
    administrator, nurse = make_person("Ada", "administrator", trust), make_person("Bob", "staff", ward)
    actions.rename_place(by=administrator, place=ward, name="Willow")
    with pytest.raises(NotAllowed):
        actions.rename_place(by=nurse, place=ward, name="Oak")
    elsewhere = make_team(make_organisation("Riverside"))
    with pytest.raises(NotAllowed):
        actions.rename_place(by=administrator, place=elsewhere, name="Oak")
    assert AuditRow.objects.filter(by=administrator, verb="renamed").count() == 1


def test_who_reads_what(trust: Place) -> None:
    group = trust.parent
    sister, council = make_organisation("Riverside", group), make_organisation("Council", kind="council")
    away = make_organisation("Far away")
    ward, writer = make_team(trust), make_person("Alice", "executive", trust)
    borough = Partnership.objects.create(name="Borough", slug="borough")
    for member in (trust, council):
        borough.members.create(organisation=member, starts=today())
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


def test_the_next_request_is_refused(trust: Place) -> None:
    nurse = make_person("Bob", "staff", trust)
    make_message(make_person("Alice", "executive", trust), trust)
    assert read_by(nurse)
    actions.end_role(by=None, held=nurse.roles.get())
    assert not read_by(nurse)
    actions.give_role(by=None, person=nurse, role="staff", place=trust)
    nurse.is_active = False
    nurse.save()
    assert not read_by(nurse)
