"""People in a file: joiners, changes and leavers are told first, then made once; what comes out changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.makers import make_directorate, make_group, make_organisation, make_person, make_team
from trustwide.engines.sheets import read, write_csv, write_xlsx
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.clock import today
from trustwide.rooms.people.identity_actions import save_identity_provider
from trustwide.rooms.people.models import AuditRow, Invitation, Person
from trustwide.rooms.people.roles import ROLES
from trustwide.rooms.places import actions, actions_people, people_sheet
from trustwide.rooms.places.actions_roles import end_role, give_role
from trustwide.rooms.places.models import Place, RoleHeld
from trustwide.rooms.places.tests.test_place_sheet import plan_shown

HEAD = "name,email,role,place,starts,ends,action\n"
SEND = "/st-brides/people/import/"
NAMES = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(["=1+1", "'=1", "O'Hara", "Åsa", "+1"]))
NAMES = NAMES.filter(lambda text: text.strip() and text.isprintable())


@pytest.fixture
def trust(db: None) -> Place:
    trust = make_organisation()
    make_team(make_directorate(trust), "Ward 7")
    return trust


@pytest.fixture
def ada(trust: Place) -> Person:
    return make_person("Ada", "administrator", trust)


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def planned(trust: Place, by: Person | None, text: str | bytes, name: str = "a.csv") -> people_sheet.PeoplePlan:
    return people_sheet.plan_of(by, trust, text if isinstance(text, bytes) else text.encode(), name)


def made(trust: Place, by: Person, rows: str, **asked: Any) -> people_sheet.PeoplePlan:
    plan = planned(trust, by, HEAD + rows)
    assert plan.errors == []
    people_sheet.carry_out(by=by, organisation=trust, plan=plan, address="https://example.org/welcome/token/", **asked)
    return plan


@settings(
    max_examples=max(40, settings.default.max_examples // 10),  # each makes a sheet and reads it back
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(people=st.lists(st.tuples(NAMES, st.sampled_from(sorted(ROLES)), st.booleans(), st.integers(0, 40)), max_size=5))
def test_what_comes_out_changes_nothing(trust: Place, ada: Person, people: list[tuple[str, str, bool, int]]) -> None:
    ward = Place.objects.get(slug="ward-7")
    RoleHeld.objects.exclude(person=ada).delete()
    for number, (name, role, ends, days) in enumerate(people):
        person, _new = Person.objects.update_or_create(email=f"p{number}@example.org", defaults={"name": name})
        last = today() + timedelta(days=days) if ends else None
        give_role(by=None, person=person, role=role, place=ward, ends=last)
    table = people_sheet.table_of(trust)
    assert len(table) == len(people) + 2
    for content, file in ((write_csv(table).encode(), "a.csv"), (write_xlsx(table), "a.xlsx")):
        plan = planned(trust, ada, content, file)
        assert (plan.words, plan.problems) == ([], [])


def test_join_change_and_leave(trust: Place, ada: Person) -> None:
    ward = Place.objects.get(slug="ward-7")
    bob, cat, dan = (make_person(name, "staff", ward) for name in ("Bob", "Cat", "Dan"))
    last = today() + timedelta(days=30)
    rows = (
        f"Jo Hill,JO@example.org,Team leader,ward 7,,{last},join\n"
        f"Robert,bob@example.org,staff,Ward 7,,{last:%d/%m/%Y},change\n"
        "Cat,cat@example.org,,,,,leave\n"
        f",dan@example.org,staff,#ward-7,,{last},leaver\n"
    )
    plan = made(trust, ada, rows)
    print(plan.words)
    assert len(plan.words) == 5
    jo = Person.objects.get(email="jo@example.org")
    assert (jo.name, jo.has_usable_password()) == ("Jo Hill", False)
    assert [(each.role, each.ends) for each in jo.roles.all()] == [("team-leader", last)]
    assert (again(bob).name, bob.roles.get().ends, dan.roles.get().ends) == ("Robert", last, last)
    assert not cat.roles.exists(), "it began today, so it was never held"
    told = AuditRow.objects.filter(by=ada).values_list("verb", flat=True)
    assert sorted(told) == ["changed", "changed-role", "ended-role", "ended-role", "gave-role", "opened-account"]
    assert planned(trust, again(ada), write_csv(people_sheet.table_of(trust))).words == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Jo,not an address,staff,Ward 7,,,join", "email"),
        ("Jo,jo@example.org,boss,Ward 7,,,join", "role"),
        ("Jo,jo@example.org,staff,Nowhere,,,join", "place"),
        ("Jo,jo@example.org,staff,,,,join", "place"),
        ("Jo,jo@example.org,staff,Ward 8,,,join", "place"),
        ("Jo,jo@example.org,staff,Ward 7,soon,,join", "starts"),
        ("Jo,jo@example.org,staff,Ward 7,,2001-01-01,join", "ends"),
        ("Jo,jo@example.org,staff,Ward 7,,,hop", "action"),
        (",jo@example.org,staff,Ward 7,,,join", "name"),
        ("Jo,jo@example.org,staff,Ward 7,,,change", "action"),
        ("Jo,jo@example.org,,,,,leave", "email"),
        ("Bob,bob@example.org,staff,Ward 7,,2099-01-01,join", "action"),
        ("Bob,bob@example.org,staff,Ward 7,2050-01-01,2049-01-01,change", "ends"),
        ("Ada,ada@example.org,,,,,leave", "role"),
        ("Ada,ada@example.org,administrator,St Bride's,,2099-01-01,change", "ends"),
    ],
)
def test_problems_name_row_column_and_cure(trust: Place, ada: Person, row: str, column: str) -> None:
    ward = Place.objects.get(slug="ward-7")
    make_person("Bob", "staff", ward)
    closed = make_team(trust, "Ward 8")
    actions.close_place(by=None, place=closed)
    good = "Kit,kit@example.org,staff,Ward 7,,,join\n"
    plan = planned(trust, ada, HEAD + good + row + "\n")
    assert [(each.row, each.column) for each in plan.errors] == [(3, column)]
    assert plan.errors[0].message
    assert plan.errors[0].cure
    people_sheet.carry_out(by=ada, organisation=trust, plan=plan)
    assert not Person.objects.filter(email="kit@example.org").exists(), "nothing is half saved"


def test_the_same_row_twice_is_told(trust: Place, ada: Person) -> None:
    row = "Jo,jo@example.org,staff,Ward 7,,,join\n"
    assert [each.row for each in planned(trust, ada, HEAD + row + row).errors] == [3]


def test_headers_are_forgiven(trust: Place, ada: Person) -> None:
    text = "Full name;E-mail address;Role;Team;Start date\nJo;jo@example.org;Team leader;WARD 7;1/2/2026\n"
    plan = planned(trust, ada, text)
    assert plan.problems == []
    assert [each.starts for each in plan.gives] == [date(2026, 2, 1)]


def test_a_file_is_looked_at_then_used_once(trust: Place, ada: Person, client: Client) -> None:
    client.force_login(ada)
    file = SimpleUploadedFile("a.csv", (HEAD + "Jo Hill,jo@example.org,staff,Ward 7,,,join\n").encode())
    look = client.post(SEND, {"file": file})["Location"]
    page = client.get(look).text
    assert "Jo Hill (jo@example.org) joins" in page
    assert "1 person is new here" in page
    assert not Person.objects.filter(email="jo@example.org").exists()
    shown = plan_shown(page)
    make_person("Jo Hill", "manager", Place.objects.get(slug="ward-7"))
    Person.objects.filter(name="Jo Hill").update(email="jo@example.org")
    Person.objects.filter(email="jo@example.org").update(name="Joanna")
    late = client.post(look, {"shown": shown})
    assert late.status_code == 409
    assert "Something changed since you looked" in late.text
    assert RoleHeld.objects.filter(role="staff").count() == 0
    answers = [client.post(look, {"shown": plan_shown(late.text)}).status_code for _ in range(2)]
    assert answers == [302, 404]
    assert RoleHeld.objects.filter(role="staff").count() == 1


def test_who_is_invited_holds_the_roles_once_they_used_a_link(trust: Place, ada: Person, client: Client) -> None:
    later = today() + timedelta(days=9)
    rows = f"Jo,jo@example.org,staff,Ward 7,{later},,join\nJo,jo@example.org,improver,Medicine,,,join\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())
        made(trust, ada, rows, invite=True)
    assert len(mail.outbox) == 1, "one letter a person"
    assert not Person.objects.filter(email="jo@example.org").exists()
    assert planned(trust, ada, HEAD + rows).words == [], "they are asked already"
    until = today() + timedelta(days=16)
    assert f"before {until.day} {until:%B %Y}" in mail.outbox[0].body
    assert {localdate(each.ends_at) for each in Invitation.objects.all()} == {until}, "their work mailbox opens then"
    link = next(word for word in mail.outbox[0].body.split() if "/welcome/" in word)
    answer = client.post(link.removeprefix("https://example.org"), {"name": "Jo", "password": "a long enough one 7"})
    assert answer.status_code == 302
    held = Person.objects.get(email="jo@example.org").roles.all()
    assert {each.role: each.starts for each in held} == {"staff": later, "improver": today()}


def test_an_account_of_elsewhere_says_yes_itself_and_is_not_told_apart(trust: Place, ada: Person) -> None:
    elsewhere = make_organisation("Elsewhere")
    make_person("Known", "staff", elsewhere)
    rows = "Kay,known@example.org,staff,Ward 7,,,join\nJo,jo@example.org,staff,Ward 7,,,join\n"
    plan = made(trust, ada, rows)
    first, second = plan.words
    assert first.replace("Row 2: Kay (known@", "Row 3: Jo (jo@") == second
    assert not RoleHeld.objects.filter(person__email="known@example.org", place__organisation=trust).exists()
    assert Invitation.objects.filter(email="known@example.org").count() == 1
    assert Person.objects.get(email="known@example.org").name == "Known"


def look_at(trust: Place, ada: Person, client: Client, emails: list[str]) -> tuple[str, str]:
    """The address of the page that tells what a file of joiners would do, and the page."""
    client.force_login(ada)
    rows = "".join(f"Jo,{email},staff,Ward 7,,,join\n" for email in emails)
    look = client.post(SEND, {"file": SimpleUploadedFile("a.csv", (HEAD + rows).encode())})["Location"]
    return look, client.get(look).text


def speak_for(organisation: Place, domain: str) -> None:
    """The organisation has a sign-in of its own."""
    told = {"name": organisation.name, "server_url": "https://sign-in.example.org", "client_id": "x"}
    save_identity_provider(organisation=organisation.pk, slug=organisation.slug, domains=[domain], **told)


def test_beside_another_organisation_nobody_gets_an_account_unasked(trust: Place, ada: Person, client: Client) -> None:
    """Else an administrator could take the address of another trust's person, and close the account."""
    beta = make_organisation("Beta")
    speak_for(beta, "beta.example")
    look, page = look_at(trust, ada, client, ["ben@beta.example", "jo@example.org"])
    assert "Each of them gets an invitation by e-mail" in page
    assert 'name="invite"' not in page
    assert client.post(look, {"shown": plan_shown(page)}).status_code == 302
    assert not Person.objects.filter(name="Jo").exists()
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("whose", ["its own", "its group's"])
def test_where_the_organisations_sign_in_speaks_for_an_address_an_account_is_opened(
    db: None, client: Client, whose: str
) -> None:
    group = make_group()
    trust = make_organisation(group=group)
    make_team(trust, "Ward 7")
    make_organisation("Beta", group)
    assert people_sheet.Known(group, None).may_open("jo@example.org"), "a group is alone with its own"
    speak_for(trust if whose == "its own" else group, "st-brides.example")
    ada = make_person("Ada", "administrator", trust)
    look, page = look_at(trust, ada, client, ["jo@st-brides.example", "kit@below.st-brides.example"])
    assert "1 of them gets an invitation in any case" in page
    assert 'name="invite"' in page
    assert client.post(look, {"shown": plan_shown(page)}).status_code == 302
    assert RoleHeld.objects.get(person__email="jo@st-brides.example").role == "staff"
    assert Invitation.objects.get().email == "kit@below.st-brides.example"


def test_who_is_alone_here_needs_no_sign_in_of_their_own(trust: Place, ada: Person, client: Client) -> None:
    """A small trust on an installation of its own: there is nobody whose people it could shut out."""
    _look, page = look_at(trust, ada, client, ["jo@example.org"])
    assert "their accounts are opened now" in page
    assert "invitation in any case" not in page


def test_a_name_that_another_organisation_knows_stays(trust: Place, ada: Person) -> None:
    bob = make_person("Bob", "staff", Place.objects.get(slug="ward-7"))
    give_role(by=None, person=bob, role="staff", place=make_organisation("Elsewhere"))
    plan = made(trust, ada, "Robert,bob@example.org,staff,Ward 7,,,\n")
    assert [each.warning for each in plan.problems] == [True]
    assert again(bob).name == "Bob"


def test_only_roles_of_the_organisation_are_touched(trust: Place, ada: Person) -> None:
    other = make_person("Oz", "staff", make_organisation("Elsewhere"))
    held, by = other.roles.select_related("place").get(), again(ada)
    with pytest.raises(NotAllowed):
        actions_people.end_roles(by=by, organisation=trust, roles=[held], days=[today()])
    nurse = make_person("Nora", "staff", trust)
    with pytest.raises(NotAllowed):
        actions_people.change_roles(by=nurse, organisation=trust, roles=[nurse.roles.select_related("place").get()])


def test_who_may_send_and_take_out(trust: Place, ada: Person, client: Client) -> None:
    client.force_login(make_person("Nora", "staff", trust))
    assert [client.get(page).status_code for page in (SEND, "/st-brides/people/export/")] == [403, 403]
    client.force_login(ada)
    out = client.get("/st-brides/people/export/?format=xlsx")
    with read(BytesIO(out.content), name="a.xlsx") as table:
        assert tuple(table.headers) == people_sheet.COLUMNS


def test_who_sent_a_file_and_looks_after_nobody_now_is_refused_it(trust: Place, ada: Person, client: Client) -> None:
    client.force_login(ada)
    rows = f"{HEAD}Jo Hill,jo@example.org,staff,Ward 7,,,join\n".encode()
    look = client.post(SEND, {"file": SimpleUploadedFile("a.csv", rows)})["Location"]
    give_role(by=None, person=ada, role="staff", place=trust)
    assert client.get(look).status_code == 200
    end_role(by=None, held=ada.roles.get(role="administrator"))
    assert client.get(look).status_code == 403


def test_four_times_the_rows_ask_at_most_four_times_as_often(trust: Place, ada: Person) -> None:
    asked = []
    for start, size in ((0, 400), (10_000, 1_600)):
        rows = "".join(f"P {n},p{n}@example.org,staff,Ward 7,,,join\n" for n in range(start, start + size))
        with CaptureQueriesContext(connection) as seen:
            made(trust, ada, rows)
        asked.append(len(seen))
        print(f"{size} joiners: {len(seen)} queries")
    made(trust, ada, "".join(f",p{n}@example.org,,,,,leave\n" for n in range(10_000, 11_600)))
    assert RoleHeld.objects.filter(role="staff").count() == 400
    assert asked[1] <= 4 * asked[0]
    assert asked[1] < 1_600 / 4  # SQLite takes some eighty rows a statement
