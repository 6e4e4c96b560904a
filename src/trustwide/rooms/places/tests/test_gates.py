"""The gatekeeper of an organisation's pages: strangers, insiders without the right, and old names."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places import actions
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.gates import at_organisation
from trustwide.rooms.places.models import Partnership, Place
from trustwide.rooms.places.reach import Reach


@at_organisation
def page(request: HttpRequest, organisation: Place) -> HttpResponse:
    return HttpResponse(organisation.name)


@at_organisation(needs=May.PEOPLE)
def people(request: HttpRequest, organisation: Place) -> HttpResponse:
    return HttpResponse(organisation.name)


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


def ask(view: object, person: Person, slug: str) -> HttpResponse:
    request = RequestFactory().get(f"/{slug}/")
    request.user = person
    return view(request, slug)  # type: ignore[operator]


def test_insiders_come_in_and_strangers_find_nothing(trust: Place) -> None:
    nurse, stranger = make_person("Bob", "staff", make_team(trust)), make_person("Dan", "staff", make_organisation("R"))
    assert ask(page, nurse, trust.slug).content.decode() == trust.name
    for person, slug in ((stranger, trust.slug), (nurse, "no-such-trust")):
        with pytest.raises(Http404):
            ask(page, person, slug)


def test_a_page_that_needs_a_right_asks_for_it(trust: Place) -> None:
    assert ask(people, make_person("Ada", "administrator", trust), trust.slug).status_code == 200
    for name, place in (("Bob", trust), ("Ava", make_team(trust))):
        role = "administrator" if name == "Ava" else "staff"
        with pytest.raises(PermissionDenied):
            ask(people, make_person(name, role, place), trust.slug)


def test_an_old_name_leads_on_and_only_insiders(trust: Place) -> None:
    nurse, stranger = make_person("Bob", "staff", trust), make_person("Dan", "staff", make_organisation("Riverside"))
    actions.rename_place(by=None, place=trust, name="Willow")
    answer = ask(page, nurse, "st-brides")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/willow/")
    with pytest.raises(Http404):
        ask(page, stranger, "st-brides")


def test_whose_places_a_person_may_open(trust: Place) -> None:
    group = trust.parent
    sister, council, away = (
        make_organisation("Sister", group), make_organisation("Council", kind="council"), make_organisation("Away"),
    )  # fmt: skip
    ward, other_ward = make_team(trust), make_team(trust, "Ward 8")
    borough, other = (Partnership.objects.create(name=name, slug=name) for name in ("borough", "other"))
    for partnership, member in ((borough, trust), (borough, council), (other, away)):
        partnership.members.create(organisation=member, starts=today(), accepted_on=today())
    places = {"ward": ward, "other ward": other_ward, "trust": trust, "group": group, "sister": sister,
              "council": council, "away": away}  # fmt: skip

    def opens(role: str, place: Place) -> set[str]:
        reach = Reach.of(make_person(f"{role} {place.name}", role, place))
        return {name for name, each in places.items() if reach.can_read_place(each)}

    of_the_group = {"ward", "other ward", "trust", "group", "sister"}
    assert opens("staff", ward) == of_the_group | {"council"}
    assert opens("staff", sister) == of_the_group
    assert opens("executive", group) == of_the_group
    assert opens("staff", council) == {"council", "trust", "ward", "other ward"}
    assert opens("staff", away) == {"away"}, "organisations of no group have nothing in common by that"
    assert opens("partner-guest", ward) == {"ward"}


def test_the_tree_is_changed_only_where_one_holds_the_right(trust: Place) -> None:
    """An administrator of one part takes nothing out of another, and puts nothing in."""
    medicine, surgery = (
        actions.add_place(by=None, level="directorate", name=name, parent=trust) for name in ("Medicine", "Surgery")
    )
    ada = make_person("Ada", "administrator", medicine)
    mine, theirs = make_team(medicine), make_team(surgery, "Ward 8")
    nurse = make_person("Bob", "staff", theirs)
    refused = (
        lambda: actions.add_place(by=ada, level="group", name="Mine"),
        lambda: actions.add_place(by=ada, level="team", name="Mine", parent=surgery),
        lambda: actions.move_place(by=ada, place=mine, parent=surgery),
        lambda: actions.move_place(by=ada, place=theirs, parent=medicine),
        lambda: actions.merge_places(by=ada, place=theirs, into=mine),
        lambda: actions.merge_places(by=ada, place=mine, into=theirs),
        lambda: actions.close_place(by=ada, place=theirs),
        lambda: actions.reopen_place(by=ada, place=theirs),
        lambda: give_role(by=ada, person=nurse, role="manager", place=theirs),
        lambda: end_role(by=ada, held=nurse.roles.get()),
    )
    for act in refused:
        with pytest.raises(NotAllowed):
            act()
    give_role(by=ada, person=nurse, role="staff", place=mine)
    assert {each.name for each in Place.objects.open().within(medicine)} == {"Medicine", "Ward 7"}
