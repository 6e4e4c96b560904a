"""Who holds no role any more: the account is closed some weeks later, and open again to whoever is asked in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.makers import make_invitation, make_organisation, make_person, make_team
from trustwide.rooms.people import clock
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.people.retention import YEAR, leavers, pseudonymise_leavers
from trustwide.rooms.places import actions_people, people_sheet
from trustwide.rooms.places.actions_roles import give_role
from trustwide.rooms.places.models import Place, RoleHeld


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def ago(**time: int) -> date:
    return clock.today() - timedelta(**time)


def worked(trust: Place, *, until: date) -> Person:
    """Sam, who came long ago and whose role is over after that day."""
    sam = make_person("Sam", "staff", trust)
    RoleHeld.objects.filter(person=sam).update(starts=ago(weeks=99), ends=until)
    return sam


def test_who_leaves_by_file_is_closed_some_weeks_later_and_forgotten_in_the_end(trust: Place, ada: Person) -> None:
    sam, browser = worked(trust, until=ago(days=-9)), Client()
    browser.force_login(sam)
    plan = people_sheet.plan_of(ada, trust, f"email,action\n{sam.email},leave\n".encode(), "a.csv")
    people_sheet.carry_out(by=ada, organisation=trust, plan=plan)
    assert (actions_people.close_left(), again(sam).is_active) == (0, True)
    with clock.at(timezone.now() + actions_people.LEFT_AFTER + timedelta(days=1)):
        assert (actions_people.close_left(), actions_people.close_left()) == (1, 0)
    gone = again(sam)
    assert (gone.is_active, timezone.localdate(gone.left_at)) == (False, ago(days=1)), "they left on their last day"
    assert browser.get("/me/").status_code == 302
    assert AuditRow.objects.get(verb="disabled").by is None
    assert list(leavers(timezone.now() + timedelta(days=1))) == [gone]
    assert pseudonymise_leavers(timezone.now() + 2 * YEAR) == 1
    assert again(sam).name == "Someone who left"


@pytest.mark.parametrize(
    ("weeks", "stays"),
    [(9, ""), (7, "so short a while"), *((9, why) for why in ("a role", "a role to come", "elsewhere", "invited"))],
)
def test_who_may_be_back_keeps_the_account(trust: Place, ada: Person, weeks: int, stays: str) -> None:
    sam = worked(trust, until=ago(weeks=weeks))
    if stays == "elsewhere":
        give_role(by=None, person=sam, role="staff", place=make_organisation("Elsewhere"))
    elif stays.startswith("a role"):
        starts = ago(days=-300 if stays == "a role to come" else 0)
        give_role(by=None, person=sam, role="improver", place=trust, starts=starts)
    elif stays == "invited":
        make_invitation(ada, trust, sam.email.upper())
    assert actions_people.close_left() == (0 if stays else 1)
    assert again(sam).is_active == bool(stays)


def test_who_never_held_a_role_is_no_leaver(trust: Place) -> None:
    nobody = make_person("Nobody")
    assert (actions_people.close_left(), again(nobody).is_active) == (0, True)


@pytest.mark.parametrize("by_file", [False, True])
def test_who_left_and_is_asked_in_elsewhere_finds_the_account_open(trust: Place, by_file: bool) -> None:
    """The new trust cannot open it by hand: it looks after none of the roles of before."""
    sam, beta = worked(trust, until=ago(weeks=20)), make_organisation("Beta")
    ward, bea = make_team(beta, "Ward 9"), make_person("Bea", "administrator", beta)
    assert actions_people.close_left() == 1
    if by_file:
        rows = f"name,email,role,place\nSam,{sam.email},staff,Ward 9\n"
        plan = people_sheet.plan_of(bea, beta, rows.encode(), "a.csv")
        people_sheet.carry_out(by=bea, organisation=beta, plan=plan, address="https://example.org/token/")
    else:
        browser, link = Client(), make_invitation(bea, ward, sam.email)
        browser.force_login(again(sam))
        assert browser.post(link).status_code == 302
        assert again(sam).roles.filter(place=ward).exists()
    assert (again(sam).is_active, again(sam).left_at) == (True, None)
    assert actions_people.close_left() == 0


def test_who_was_shut_out_is_not_let_in_by_another_trust(trust: Place, ada: Person) -> None:
    """Their roles still run, so an open account would be one of the first trust again."""
    sam, beta = make_person("Sam", "staff", trust), make_organisation("Beta")
    actions_people.close_account(by=ada, person=sam)
    make_invitation(make_person("Bea", "administrator", beta), beta, sam.email)
    assert not again(sam).is_active
