"""The tree without HTTP: what may stand where, and what is readable after it changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.makers import make_directorate, make_group, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions, queries
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import Reach
from trustwide.rooms.places.tree import PlaceRefused


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
    with pytest.raises(PlaceRefused):
        actions.add_place(by=None, level=level, name="Wrong", parent=parent)


def test_a_branch_never_stands_under_itself(trust: Place) -> None:
    medicine = actions.add_place(by=None, level="directorate", name="Medicine", parent=trust)
    service = actions.add_place(by=None, level="service", name="Elderly care", parent=medicine)
    with pytest.raises(PlaceRefused):
        actions.move_place(by=None, place=medicine, parent=service)


def test_a_closed_place_ends_its_roles(trust: Place) -> None:
    ward = make_team(trust)
    nurse = make_person("Bob", "staff", ward)
    with pytest.raises(PlaceRefused):
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


def roles_at(place: Place) -> list[tuple[str, str, date, date | None]]:
    return [(each.person.name, each.role, each.starts, each.ends) for each in place.roles.select_related("person")]


def test_roles_go_on_where_a_place_was_merged_into(trust: Place) -> None:
    """From the day of the merge to the same last day, on days when they are not held there yet; all told in audit."""
    now, soon, late = today(), today() + timedelta(days=9), today() + timedelta(days=20)
    seven, eight = make_team(trust, "Ward 7"), make_team(trust, "Ward 8")
    Place.objects.filter(pk__in=[seven.pk, eight.pk]).update(opened_on="2020-01-01")
    seven, eight = Place.objects.get(pk=seven.pk), Place.objects.get(pk=eight.pk)
    bob, cat, dan, eve, fay = (make_person(name) for name in ("Bob", "Cat", "Dan", "Eve", "Fay"))
    week_ago = now - timedelta(days=7)
    for person, place, starts, ends in (
        (bob, seven, week_ago, None),
        (cat, seven, week_ago, soon),
        (dan, seven, week_ago, None),
        (dan, eight, week_ago, None),  # holds it there already
        (eve, seven, late, None),  # begins later
        (fay, seven, week_ago, None),
        (fay, eight, soon, late),  # holds it there for some days
    ):
        give_role(by=None, person=person, role="staff", place=place, starts=starts, ends=ends)
    gone = give_role(by=None, person=make_person("Gus"), role="staff", place=seven, starts=week_ago)
    end_role(by=None, held=gone)
    actions.merge_places(by=None, place=seven, into=eight)
    day = timedelta(days=1)
    assert sorted(roles_at(eight), key=lambda each: (each[0], each[2])) == [
        ("Bob", "staff", now, None),
        ("Cat", "staff", now, soon),
        ("Dan", "staff", week_ago, None),
        ("Eve", "staff", late, None),
        ("Fay", "staff", now, soon - day),
        ("Fay", "staff", soon, late),
        ("Fay", "staff", late + day, None),
    ]
    assert {(name, ends) for name, _role, _starts, ends in roles_at(seven)} == {
        ("Bob", now), ("Cat", now), ("Dan", now), ("Fay", now), ("Gus", now - day),
    }  # fmt: skip
    there = [str(each.pk) for each in eight.roles.all()]
    assert AuditRow.objects.filter(verb="gave-role", thing__in=there).count() == 7
    assert AuditRow.objects.filter(verb="ended-role").count() == 6


def test_who_works_at_the_place_that_carries_on_reaches_what_stands_at_the_merged_one(trust: Place) -> None:
    six, seven, eight = (make_team(trust, name) for name in ("Ward 6", "Ward 7", "Ward 8"))
    nurse = make_person("Bob", "staff", six)
    actions.merge_places(by=None, place=six, into=seven)
    actions.merge_places(by=None, place=Place.objects.get(pk=seven.pk), into=eight)
    closed = [Place.objects.get(pk=each.pk) for each in (six, seven)]
    assert [each.parent for each in closed] == [eight, eight]
    assert all(Reach.of(nurse).may(May.ADD, each) for each in closed)


def test_a_merge_back_in_time_begins_when_both_places_were_there(trust: Place) -> None:
    seven, eight = make_team(trust, "Ward 7"), make_team(trust, "Ward 8")
    Place.objects.filter(pk=seven.pk).update(opened_on="2020-01-01")
    with pytest.raises(PlaceRefused) as refusal:
        actions.merge_places(by=None, place=Place.objects.get(pk=seven.pk), into=eight, on=today() - timedelta(days=1))
    assert refusal.value.field == "on"


def test_no_two_places_of_one_name_beside_each_other(trust: Place) -> None:
    medicine, surgery = make_directorate(trust, "Medicine"), make_directorate(trust, "Surgery")
    seven, eight = make_team(medicine, "Ward 7"), make_team(medicine, "Ward 8")
    other = make_team(surgery, "ward  8")
    for field, act in {
        "name": lambda: actions.rename_place(by=None, place=seven, name="ward 8 "),
        "name ": lambda: make_team(medicine, "Ward  7"),
        "parent": lambda: actions.move_place(by=None, place=eight, parent=surgery),
        "into": lambda: actions.merge_places(by=None, place=medicine, into=surgery),
    }.items():
        with pytest.raises(PlaceRefused) as refusal:
            act()
        assert refusal.value.field == field.strip()
    actions.close_place(by=None, place=other)
    actions.move_place(by=None, place=eight, parent=surgery)  # one that is closed stands in nobody's way


def test_a_place_stands_where_what_is_above_it_was_moved_meanwhile(trust: Place) -> None:
    medicine, surgery = make_directorate(trust, "Medicine"), make_directorate(trust, "Surgery")
    elderly = actions.add_place(by=None, level="service", name="Elderly care", parent=medicine)
    ward = make_team(medicine)
    once, twice, again = (Place.objects.get(pk=elderly.pk) for _form in range(3))  # as forms open elsewhere have it
    actions.move_place(by=None, place=elderly, parent=surgery)
    actions.move_place(by=None, place=ward, parent=once)
    new = actions.add_place(by=None, level="team", name="Ward 8", parent=twice)
    for each in (ward, new):
        assert surgery.holds(Place.objects.get(pk=each.pk))
    of_medicine = make_person("Sue", "administrator", medicine)
    with pytest.raises(NotAllowed):
        actions.add_place(by=of_medicine, level="team", name="Ward 9", parent=again)


def test_the_same_name_again_is_no_change(trust: Place) -> None:
    ward = make_team(trust, "Ward 7")
    actions.rename_place(by=None, place=ward, name=" Ward 7 ")
    assert not ward.changes.filter(change="renamed").exists()
    assert (ward.slug, AuditRow.objects.filter(verb="renamed").count()) == ("ward-7", 0)
