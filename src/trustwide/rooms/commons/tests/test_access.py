"""Who may do what to a record: each predicate held against the table of roles, and against places and owners."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.makers import make_group, make_measure, make_message, make_organisation, make_person, make_team
from trustwide.engines.uploads import Accepted
from trustwide.rooms.commons import access, actions, queries
from trustwide.rooms.commons.kinds import KINDS
from trustwide.rooms.commons.models import File, Link, Record
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import ROLES, May
from trustwide.rooms.places.actions import close_place
from trustwide.rooms.places.actions_partnership import agree, ask_in, make_partnership
from trustwide.rooms.places.actions_roles import end_role
from trustwide.rooms.places.models import Place
from trustwide.rooms.places.reach import reach_of

MESSAGE, MEASURE = KINDS["purpose.message"], KINDS["measures.measure"]


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_its_line_says(trust: Place, role: str) -> None:
    may, ward = ROLES[role].may, make_team(trust)
    record = make_measure(make_person("Mia", "team-leader", ward), ward)
    here, elsewhere = make_person("Here", role, trust), make_person("There", role, make_team(trust, "Ward 8"))
    predicates = {
        May.CHANGE: access.can_change, May.COMMENT: access.can_comment, May.REDACT: access.can_redact,
        May.AUDIT: access.can_see_audit,
    }  # fmt: skip
    for right, predicate in predicates.items():
        assert predicate(here, record) is (right in may), right
        assert predicate(elsewhere, record) is (right is May.COMMENT and right in may), right
    assert access.can_add(here, MEASURE, ward) is (May.MEASURE in may)
    assert not access.can_add(elsewhere, MEASURE, ward)


def test_a_kind_stands_at_its_levels_and_at_open_places(trust: Place) -> None:
    chief, ward = make_person("Alice", "executive", trust), make_team(trust)
    assert access.can_add(chief, MESSAGE, trust)
    assert not access.can_add(chief, MESSAGE, ward), "a message is of an organisation"
    assert access.can_add(chief, MEASURE, ward)
    close_place(by=None, place=ward)
    assert not access.can_add(chief, MEASURE, ward)


def test_an_owner_changes_it_while_they_work_there(trust: Place) -> None:
    ward = make_team(trust)
    owner, writer = make_person("Owen", "staff", ward), make_person("Ann", "analyst", ward)
    other, guest = make_person("Oda", "staff", ward), make_person("Gus", "partner-guest", ward)
    record = make_measure(writer, ward, owner=owner)
    assert [access.can_change(each, record) for each in (owner, writer, other)] == [True, True, False]
    end_role(by=None, held=owner.roles.get())
    assert not access.can_change(fresh(owner), record)
    actions.change_record(by=writer, record=record, version=1, fields={"owner": guest})
    assert not access.can_change(guest, record), "a guest who is made the owner comments, no more"


def test_nobody_comments_on_what_they_cannot_read(trust: Place) -> None:
    message = make_message(make_person("Alice", "executive", trust), trust)
    stranger = make_person("Dan", "staff", make_organisation("Riverside"))
    with pytest.raises(NotAllowed):
        actions.comment_on(by=stranger, record=message, text="Here I am")


def test_nobody_comments_without_a_role(trust: Place) -> None:
    message = make_message(make_person("Alice", "executive", trust), trust, sharing="public")
    with pytest.raises(NotAllowed):
        actions.comment_on(by=make_person("Nia"), record=message, text="Here I am")


def test_nobody_joins_to_what_they_cannot_read(trust: Place) -> None:
    ours = make_message(make_person("Alice", "executive", trust), trust)
    far = make_organisation("Riverside")
    theirs = make_message(make_person("Rita", "executive", far), far)
    with pytest.raises(NotAllowed):
        actions.link_records(by=ours.owner, start=ours, meaning="came-from", end=theirs)
    assert not Link.objects.exists()


def test_a_kind_may_close_the_comments_of_a_record(trust: Place) -> None:
    chief = make_person("Chief", "executive", trust)
    open_one = make_message(chief, trust)
    closed = make_message(chief, trust, comments_open=False)
    assert [access.can_comment(chief, each) for each in (open_one, closed)] == [True, False]
    with pytest.raises(NotAllowed):
        actions.comment_on(by=fresh(chief), record=closed, text="Too late")


def test_a_visitor_who_is_not_signed_in_reads_what_is_public_and_no_draft(trust: Place) -> None:
    chief, visitor = make_person("Chief", "executive", trust), AnonymousUser()
    make_message(chief, trust, title="For staff")
    make_message(chief, trust, title="Not yet", sharing="public", stage="draft")
    make_message(chief, trust, title="For all", sharing="public")
    assert [each.title for each in Record.objects.visible_to(visitor)] == ["For all"]
    assert not reach_of(visitor).can_read_place(trust)


def test_a_new_record_may_help_another_that_its_writer_reads(trust: Place) -> None:
    chief = make_person("Chief", "executive", trust)
    upper = make_measure(chief, trust)
    number = actions.add_record(by=chief, kind=MEASURE, place=trust, fields={"title": "Below"}, helps=upper)
    assert Link.objects.get(start=number).end_id == upper.pk
    elsewhere = make_organisation("Elsewhere")
    hidden = make_measure(make_person("Else", "executive", elsewhere), elsewhere)
    with pytest.raises(NotAllowed):
        actions.add_record(by=chief, kind=MEASURE, place=trust, fields={"title": "Beside"}, helps=hidden)
    assert not Record.objects.filter(title="Beside").exists()


def test_whoever_does_the_work_together_may_change_it(trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    ward = make_team(trust)
    measure = make_measure(make_person("Mia", "team-leader", ward), ward)
    elsewhere = make_person("Sam", "staff", make_team(trust, "Ward 8"))
    guest = make_person("Lee", "partner-guest", ward)
    assert not access.can_change(elsewhere, measure)
    together = replace(MEASURE, team=lambda person, record: record.pk == measure.pk)
    monkeypatch.setitem(KINDS, MEASURE.key, together)
    assert access.can_change(elsewhere, measure)
    assert not access.can_change(guest, measure), "a role that adds nothing changes nothing"


def attached(by: Person, record: Record) -> File:
    return File.objects.get(pk=actions.attach_file(by=by, record=record, file=Accepted("a.csv", "text/csv", b"a,b")))


def test_whoever_comments_attaches_and_takes_their_own_away(trust: Place) -> None:
    ward = make_team(trust)
    record = make_measure(make_person("Mia", "team-leader", ward), ward)
    nurse, porter = make_person("Ann", "staff", ward), make_person("Sam", "staff", ward)
    file = attached(nurse, record)
    with pytest.raises(NotAllowed):
        actions.detach_file(by=porter, record=record, file=file)
    actions.detach_file(by=nurse, record=record, file=file)
    with pytest.raises(NotAllowed):
        attached(make_person("Dan", "staff", make_organisation("Riverside")), record)
    assert not File.objects.exists()


def test_whoever_reads_only_what_is_public_attaches_nothing(trust: Place, client: Client) -> None:
    record = make_message(make_person("Alice", "executive", trust), trust, sharing="public")
    partner, other = make_organisation("Beta"), make_organisation("Riverside")
    partnership = make_partnership(by=None, organisation=trust, name="Borough")
    agree(by=None, member=ask_in(by=None, organisation=trust, partnership=partnership, other="Beta"))
    stranger, page = make_person("Dan", "staff", other), f"/{trust.slug}/messages/{record.pk}/"
    guest = make_person("Lee", "partner-guest", make_team(trust))
    for no in (stranger, guest):
        client.force_login(no)
        shown = client.get(page).text
        assert ("Attach it" in shown, f"{page}comments/" in shown) == (False, True), "they may comment"
        sent = SimpleUploadedFile("a.csv", b"a,b")
        assert client.post(f"{page}files/", {"file": sent}).status_code == 403
        with pytest.raises(NotAllowed):
            attached(no, record)
    assert not File.objects.exists()
    for yes in (make_person("Ann", "staff", trust), make_person("Bo", "staff", partner)):
        client.force_login(yes)
        assert "Attach it" in client.get(page).text
        assert attached(yes, record)


@pytest.mark.parametrize("role", ["manager", "administrator"], ids=["who changes it", "who blanks it out"])
def test_some_take_away_what_others_attached(trust: Place, role: str) -> None:
    ward = make_team(trust)
    record = make_measure(make_person("Mia", "team-leader", ward), ward)
    file = attached(make_person("Ann", "staff", ward), record)
    actions.detach_file(by=make_person("Ada", role, trust), record=record, file=file)
    assert not File.objects.exists()


def test_whoever_changes_it_attaches_where_comments_are_closed(trust: Place) -> None:
    chief = make_person("Alice", "executive", trust)
    closed = make_message(chief, trust, comments_open=False)
    assert attached(chief, closed)
    with pytest.raises(NotAllowed):
        attached(make_person("Ann", "staff", trust), closed)


def test_nothing_is_offered_that_they_may_not_read(trust: Place) -> None:
    ward = make_team(trust)
    ours = make_measure(make_person("Mia", "team-leader", ward), ward)
    colleague = make_person("Ann", "staff", ward)
    stranger = make_person("Dan", "staff", make_organisation("Riverside"))
    for person, found in ((colleague, [ours.pk]), (stranger, [])):
        assert [each.pk for each in queries.records_to_link(person, Record(), ours.title)] == found
        assert [each.pk for each in queries.open_records_at(person, ward)] == found
        assert [each.pk for each in queries.records_in(person, trust, MEASURE, {})] == found
        assert bool(queries.readable_record(person, str(ours.pk))) is bool(found)
    assert queries.whole_record(colleague, ours).pk == ours.pk
    with pytest.raises(MEASURE.model.DoesNotExist):
        queries.whole_record(stranger, ours)
