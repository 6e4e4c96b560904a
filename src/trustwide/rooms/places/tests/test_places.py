"""The tree without HTTP: what may stand where, and what is readable after it changed."""

from __future__ import annotations

import pytest

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import Reach


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


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
