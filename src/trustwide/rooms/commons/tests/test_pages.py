"""The pages that every kind of record has: who may open them, what they keep, and what they never lose."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.makers import (
    make_directorate,
    make_group,
    make_measure,
    make_message,
    make_organisation,
    make_person,
    make_record,
    make_team,
)
from trustwide.engines.uploads import Accepted
from trustwide.rooms.commons import files, queries
from trustwide.rooms.commons.actions import attach_file, change_record, detach_file, move_record
from trustwide.rooms.commons.chores import take_files_away
from trustwide.rooms.commons.gates import address_of
from trustwide.rooms.commons.kinds import KINDS, kind_at
from trustwide.rooms.commons.models import Comment, File, Link, Notice, Record
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.roles import May
from trustwide.rooms.places.models import Place


@pytest.fixture
def ward(db: None) -> Place:
    return make_team(make_organisation(group=make_group()))


@pytest.fixture
def chief(ward: Place) -> Person:
    return make_person("Ces Hill", "executive", ward.organisation)


@pytest.fixture
def message(chief: Person, ward: Place) -> Record:
    return make_message(chief, ward.organisation)


def as_person(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def again(record: Record) -> Any:
    return type(record).objects.select_related("organisation").get(pk=record.pk)


def test_a_message_is_written_posted_and_read(client: Client, chief: Person, ward: Place) -> None:
    as_person(client, chief)
    fields = {
        "title": "Home by noon",
        "text": "The night nurse *saw* it.",
        "sharing": "organisation",
        "key": str(uuid7()),
    }
    answers = [client.post("/st-brides/messages/new/", {**fields, "place": "st-brides"}) for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1, "pressed twice, saved once"
    page = answers[0]["Location"]
    nurse = make_person("Bob", "staff", ward)
    assert as_person(client, nurse).get(page).status_code == 404, "a draft is its writer's"
    as_person(client, chief).post(f"{page}move/", {"stage": "posted", "version": "1"})
    assert "<em>saw</em>" in as_person(client, nurse).get(page).content.decode()
    assert "Home by noon" in client.get("/st-brides/messages/").content.decode()


def test_what_was_typed_is_kept(client: Client, chief: Person) -> None:
    answer = as_person(client, chief).post("/st-brides/messages/new/", {"title": "", "text": "A long story"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Give it a title" in page
    assert "A long story" in page
    assert not Record.objects.exists()


def test_strangers_get_404_and_insiders_403(client: Client, message: Record, ward: Place) -> None:
    home = address_of(message)
    pages = ["", "change/", "history/", "redact/"]
    expected = {"Bob": [200, 403, 200, 403], "Dan": [404] * 4, "Lee": [200, 200, 200, 200]}
    people = {
        "Bob": make_person("Bob", "staff", ward),
        "Dan": make_person("Dan", "administrator", make_organisation("Riverside")),
        "Lee": make_person("Lee", "improvement-lead", ward.organisation),
    }
    for name, person in people.items():
        as_person(client, person)
        assert [client.get(home + page).status_code for page in pages] == expected[name], name
    as_person(client, people["Dan"])
    for part in ("move/", "comments/", "links/", "files/"):
        assert client.post(home + part).status_code == 404
    as_person(client, people["Bob"])
    assert [client.post(home + part).status_code for part in ("move/", "links/", "comments/")] == [403, 403, 422]
    assert client.get("/st-brides/messages/new/").status_code == 403


def test_a_second_writer_sees_both_texts(client: Client, chief: Person, message: Record) -> None:
    page = f"{address_of(message)}change/"
    as_person(client, chief)
    fields = {"text": "Mine", "sharing": "organisation", "version": "1"}
    assert client.post(page, {**fields, "title": "First"}).status_code == 302
    answer = client.post(page, {**fields, "title": "Second", "text": "What I wrote"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in told for words in ("changed this while you were writing", "First", "Second", "What I wrote"))
    assert 'name="version" value="2"' in told
    assert again(message).title == "First"
    assert client.post(page, {**fields, "title": "Second", "version": "2"}).status_code == 302
    assert again(message).title == "Second"


def test_comments_tell_those_who_are_named(client: Client, chief: Person, message: Record, ward: Place) -> None:
    bob, sam = make_person("Bob", "staff", ward), make_person("Sam Castle", "staff", ward)
    make_person("Dan", "staff", make_organisation("Riverside"))
    as_person(client, bob).post(f"{address_of(message)}comments/", {"text": "Look @SamCastle and @Dan <b>here</b>"})
    assert set(Notice.objects.values_list("person__name", "what")) == {
        ("Ces Hill", "commented"),
        (sam.name, "mentioned"),
    }
    page = client.get(address_of(message)).content.decode()
    assert "<b>here" not in page
    assert "Told: Sam Castle<" in page
    assert "called @Dan, so nobody was told" in page
    assert "called @Dan" not in as_person(client, chief).get(address_of(message)).content.decode()  # who wrote it knows


def test_history_begins_where_the_reader_might_have_read(client: Client, chief: Person, ward: Place) -> None:
    trust = ward.organisation
    message = make_message(chief, trust, stage="draft", title="Ward 9 closes")
    change_record(by=chief, record=again(message), version=1, fields={"title": "Ward 9 moves"})
    move_record(by=chief, record=again(message), version=2, stage="posted")
    change_record(by=chief, record=again(message), version=3, fields={"title": "Good news"})
    change_record(by=chief, record=again(message), version=4, fields={"title": "For all", "sharing": "public"})
    readers = {
        chief: {"Ward 9 closes", "Ward 9 moves", "Good news", "For all"},
        make_person("Sam", "staff", ward): {"Ward 9 moves", "Good news", "For all"},
        make_person("Otto", "staff", make_organisation("Riverside")): {"For all"},
    }
    for reader, told in readers.items():
        page = as_person(client, reader).get(f"{address_of(message)}history/").content.decode()
        assert {title for title in readers[chief] if title in page} == told, reader


def test_places_of_one_name_are_told_apart(client: Client, ward: Place) -> None:
    trust = ward.organisation
    for directorate in ("Medicine", "Surgery"):
        make_team(make_directorate(trust, directorate), "Pharmacy")
    as_person(client, make_person("Ida", "manager", trust))
    page = client.get(f"/{trust.slug}/ideas/new/").content.decode()
    assert "Pharmacy (Medicine)" in page
    assert "Pharmacy (Surgery)" in page
    assert "Ward 7 (" not in page


def test_what_goes_on_is_counted_for_who_may_read_it(ward: Place) -> None:
    nurse, administrator = make_person("Bob", "staff", ward), make_person("Ada", "administrator", ward.organisation)
    make_record(KINDS["ideas.idea"], nurse, ward)
    Record.objects.update(stage="draft")
    assert [queries.count_open_at(each, ward) for each in (nurse, administrator)] == [1, 0]


def test_what_is_no_name_is_no_mention() -> None:
    assert queries.names_in("@SamCastle, @Ann-MarieO’Dea and (@Bob) at ann@nhs.net @10am") == {
        "SamCastle", "Ann-MarieO’Dea", "Bob",
    }  # fmt: skip


def test_links_show_from_both_ends_to_those_who_may_read_them(client: Client, chief: Person, message: Record) -> None:
    other = make_message(chief, message.organisation, title="Another one")
    hidden = make_message(chief, message.organisation, title="Hidden draft", stage="draft")
    as_person(client, chief)
    assert "Another one" in client.get(f"{address_of(message)}?join=nother").content.decode()
    for end in (other, hidden):
        client.post(f"{address_of(message)}links/", {"meaning": "contributes-to", "other": str(end.pk)})
    assert "Is helped by" in client.get(address_of(other)).content.decode()
    circle = client.post(f"{address_of(other)}links/", {"meaning": "contributes-to", "other": str(message.pk)})
    assert (circle.status_code, "circle" in circle.content.decode()) == (422, True)
    reader = as_person(client, make_person("Bob", "staff", message.organisation)).get(address_of(message))
    assert "Another one" in reader.content.decode()
    assert "Hidden draft" not in reader.content.decode()
    as_person(client, chief).post(f"{address_of(message)}links/{Link.objects.first().pk}/remove/")
    assert Link.objects.count() == 1


@pytest.mark.parametrize("other", ["", "x", "\x00", "00000000-0000-7000-8000-000000000000"])
def test_nothing_to_join_is_told(client: Client, chief: Person, message: Record, other: str) -> None:
    answer = as_person(client, chief).post(f"{address_of(message)}links/", {"meaning": "came-from", "other": other})
    assert answer.status_code == 422


def test_files_are_looked_into_and_kept_from_strangers(
    client: Client, chief: Person, message: Record, tmp_path: Any, settings: Any
) -> None:
    settings.DATA = tmp_path
    home = address_of(message)
    as_person(client, chief)
    wrong = client.post(f"{home}files/", {"file": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 50)})
    assert wrong.status_code == 422
    assert client.post(f"{home}files/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}).status_code == 302
    file = File.objects.get()
    answer = client.get(f"{home}files/{file.pk}/")
    assert answer.content == b"a,b\n1,2\n"
    assert answer["Content-Disposition"].startswith("attachment")
    assert as_person(Client(), make_person("Dan", "staff", make_organisation("Riverside"))).get(
        f"{home}files/{file.pk}/"
    ).status_code == 404  # fmt: skip
    kept = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert [each.name for each in kept] == [file.sha256]
    assert client.post(f"{home}files/{file.pk}/remove/").status_code == 302
    assert not File.objects.exists()


def test_bytes_go_when_no_record_names_them_and_nobody_is_about_to(
    ward: Place, message: Record, tmp_path: Path, settings: Any
) -> None:
    settings.DATA = tmp_path
    lead, an_hour_ago = make_person("Lena", "team-leader", ward), time.time() - files.LEFT_ALONE - 1
    template = Accepted("a.csv", "text/csv", b"the same template")
    attach_file(by=message.owner, record=message, file=template)
    kept = File.objects.get()
    stored = files.where(kept.sha256)
    for _still_named in range(2):
        os.utime(stored, (an_hour_ago, an_hour_ago))
        take_files_away.func()
        assert stored.exists()
    detach_file(by=message.owner, record=message, file=kept)
    files.keep(template.content)  # by somebody whose row is not there yet
    take_files_away.func()
    assert stored.exists(), "who is about to name it finds it"
    attach_file(by=lead, record=make_measure(lead, ward), file=template)
    File.objects.all().delete()
    os.utime(stored, (an_hour_ago, an_hour_ago))
    take_files_away.func()
    assert not stored.exists()


def test_lists_can_be_filtered_and_taken_away(client: Client, ward: Place) -> None:
    lead = make_person("Lena", "team-leader", ward)
    make_measure(lead, ward, title="=1+1")
    other = make_team(ward.organisation, "Ward 8")
    make_measure(make_person("Lou", "team-leader", other), other, title="Falls")
    as_person(client, lead)
    page = client.get("/st-brides/measures/?place=ward-8").content.decode()
    assert "Falls" in page
    assert "=1+1" not in page
    assert "Falls" not in client.get("/st-brides/measures/?mine=yes").content.decode()
    assert "'=1+1" in client.get("/st-brides/measures/export/").content.decode()
    assert client.get("/st-brides/measures/export/?format=xlsx").content[:2] == b"PK"
    for asked in ("?place=nowhere", "?stage=nothing", "?page=99", "?page=x", "?closed=%00&place=%00"):
        assert client.get(f"/st-brides/measures/{asked}").status_code == 200


def test_an_empty_list_teaches(client: Client, chief: Person) -> None:
    page = as_person(client, chief).get("/st-brides/messages/").content.decode()
    assert "Nothing here yet" in page
    assert "porters showed me" in page
    assert "Write a message" in page


def test_redaction_needs_a_choice(client: Client, message: Record) -> None:
    as_person(client, make_person("Lee", "improvement-lead", message.organisation))
    page = f"{address_of(message)}redact/"
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"field": ["text", "pk"]}).status_code == 302
    assert again(message).text == "[removed]"
    client.post(f"{address_of(message)}comments/", {"text": "NHS number here"})
    comment = Comment.objects.get()
    assert client.post(f"{address_of(message)}comments/{comment.pk}/redact/").status_code == 302
    assert Comment.objects.get().text == "[removed]"


def test_pages_ask_as_often_for_many(
    client: Client, chief: Person, message: Record, django_assert_max_num_queries: Any
) -> None:
    as_person(client, chief)
    pages = ["/st-brides/messages/", address_of(message), f"{address_of(message)}history/"]
    counts = []
    for size in (1, 30):
        for number in range(size):
            other = make_message(chief, message.organisation, title=f"Message {number}")
            client.post(f"{address_of(message)}comments/", {"text": f"Comment {number}"})
            client.post(f"{address_of(message)}links/", {"meaning": "came-from", "other": str(other.pk)})
        for page in pages:
            with django_assert_max_num_queries(15) as seen:
                assert client.get(page).status_code == 200
            counts.append(len(seen))
    assert counts[:3] == counts[3:]


def test_who_may_add_at_a_place_below_reaches_the_form(
    client: Client, ward: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service-user partner reads nothing else of the organisation; where they may add, the form is theirs."""
    partner, guest = (make_person(role, role, ward) for role in ("service-user-partner", "partner-guest"))
    page = "/st-brides/measures/new/"
    assert as_person(client, partner).get(page).status_code == 404, "analysts and leaders add measures"
    kind = kind_at("measures")
    monkeypatch.setitem(KINDS, kind.key, replace(kind, add=May.ADD))
    form = client.get(page)
    assert form.status_code == 200
    assert 'href="/"' in form.content.decode(), "the way back is not the list, which they may not read"
    said = {"improvement": "decrease", "chart": "xmr", "every": "month", "sharing": "team", "key": str(uuid7())}
    made = client.post(page, {"title": "Waiting", "place": ward.slug, **said})
    assert client.get(made["Location"]).status_code == 200
    assert client.get("/st-brides/measures/").status_code == 404
    assert as_person(client, guest).get(page).status_code == 404
    assert client.get("/nowhere/measures/new/").status_code == 404


def test_a_link_to_the_form_fills_it_and_what_is_sent_is_looked_at_all_the_same(client: Client, chief: Person) -> None:
    page = as_person(client, chief).get("/st-brides/messages/new/?title=A+good+week&stage=posted").content.decode()
    assert 'value="A good week"' in page
    number = "943 476 5919"
    sent = {"place": "st-brides", "title": number, "text": "Well done", "sharing": "organisation", "key": str(uuid7())}
    refused = client.post(f"/st-brides/messages/new/?title={number}", sent)
    assert refused.status_code == 422
    assert "could tell who a patient is" in refused.content.decode()
    assert "Leave the NHS number out" in refused.content.decode()


def test_all_that_could_tell_who_a_patient_is_is_said_in_one_sentence(client: Client, chief: Person) -> None:
    sent = {"title": "A good week", "place": "st-brides", "sharing": "organisation"}
    sent["text"] = "943 476 5919, born 12/03/1944, of SW1A 1AA"
    said = as_person(client, chief).post("/st-brides/messages/new/", sent).text.replace("&quot;", '"')
    assert "“943 476 5919”, “12/03/1944” and “SW1A 1AA” could tell who a patient is. Leave them out." in said


def test_a_kind_tells_more_in_its_spreadsheet(
    client: Client, chief: Person, message: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = kind_at("messages")
    assert kind
    more = (("How many letters", lambda record: len(record.title)),)
    monkeypatch.setitem(KINDS, kind.key, replace(kind, columns=more))
    lines = as_person(client, chief).get("/st-brides/messages/export/").content.decode().splitlines()
    assert lines[0].endswith("How many letters")
    assert lines[1].endswith(f",{len(message.title)}")


@pytest.mark.parametrize("part", ["comments/{}/redact/", "links/{}/remove/", "files/{}/remove/"])
def test_what_is_not_there_any_more_cannot_be_taken_away(client: Client, message: Record, part: str) -> None:
    as_person(client, make_person("Lee", "improvement-lead", message.organisation))
    assert client.post(address_of(message) + part.format(uuid7())).status_code == 404


def test_a_file_that_is_gone_says_so(client: Client, message: Record, chief: Person) -> None:
    home = address_of(message)
    as_person(client, chief).post(f"{home}files/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
    file = File.objects.get()
    assert client.get(f"{home}files/{uuid7()}/").status_code == 404
    files.where(file.sha256).unlink()
    assert client.get(f"{home}files/{file.pk}/").status_code == 404
